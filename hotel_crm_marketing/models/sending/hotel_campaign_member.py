"""The audience of an activity: who is told, who is not so that we can compare, and what became of it."""

from odoo import api, fields, models

from ..care.care_options import BATCH


class HotelCampaignMember(models.Model):
    """One guest of the audience of an activity."""

    _name = "hotel.campaign.member"
    # Odoo keeps traces of mailings to models with a log only
    _inherit = ["mail.thread"]
    _description = "Guest of an Audience"
    _rec_name = "partner_id"
    _mailing_enabled = True

    campaign_id = fields.Many2one("utm.campaign", string="Activity", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, readonly=True, index=True, ondelete="cascade"
    )
    is_holdout = fields.Boolean(string="Control Group", readonly=True, help="Told nothing, to compare with.")
    variant = fields.Selection([("a", "A"), ("b", "B")], readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("asked", "Given to the Gate"), ("refused", "Refused")],
        required=True,
        default="waiting",
        readonly=True,
    )
    channel = fields.Selection([("email", "E-mail"), ("sms", "SMS")], readonly=True)
    message_id = fields.Many2one("hotel.message", readonly=True, index="btree_not_null", ondelete="set null")
    message_state = fields.Selection(related="message_id.state", string="State of the Message")
    reason = fields.Char(related="message_id.reason", string="Why Not")
    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True, ondelete="set null")

    _once = models.UniqueIndex("(campaign_id, partner_id)", "This guest belongs to the audience already.")
    _waiting_idx = models.Index("(campaign_id, id) WHERE state = 'waiting' AND NOT is_holdout")

    def _is_hotel_message_outdated(self, message):
        """Hook of the gate: what was stopped does not leave, nor what is over.

        :rtype: bool
        """
        campaign = self.campaign_id
        return (
            not self or campaign.hotel_send_state == "stopped" or campaign.hotel_state not in ("published", "running")
        )

    @api.model
    def _cron_tell(self, batch=BATCH):
        """Put audiences through the gate, a part of them per transaction."""
        cron = self.env["ir.cron"]
        for campaign in self.env["utm.campaign"].search([("hotel_send_state", "=", "drawing")]):
            campaign._draw_hotel_audience()
            cron._commit_progress()
        campaigns = self.env["utm.campaign"].search([("hotel_send_state", "=", "sending")])
        cron._commit_progress(remaining=sum(campaigns.mapped("hotel_waiting_count")))
        for campaign in campaigns:
            campaign._free_hotel_messages()
            while members := campaign._take_hotel_members(batch):
                campaign._tell_hotel_members(members)
                if not cron._commit_progress(len(members)):
                    return
            campaign._finish_hotel_sending()

    # ---- what texts say -------------------------------------------------------------------------

    def _get_mail_body(self):
        """Return the body of the e-mail, in the language of the environment; it is no template.

        :rtype: Markup
        """
        campaign = self.campaign_id
        lang = self.partner_id.lang or self.env.lang
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "hotel_crm_marketing.campaign_mail",
                {
                    "member": self,
                    "campaign": campaign.with_context(lang=lang),
                    "content": campaign._get_hotel_content(self),
                },
            )
        )

    def _get_sms_text(self):
        """Return the text of the SMS.

        :rtype: str
        """
        campaign = self.campaign_id.with_context(lang=self.partner_id.lang or self.env.lang)
        parts = [campaign.hotel_sms_text or campaign.hotel_summary or "", self.card_id.code, campaign.hotel_page_url]
        return " ".join(part for part in parts if part)
