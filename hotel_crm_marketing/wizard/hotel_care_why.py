from odoo import api, fields, models
from odoo.tools import format_date

#: messages that did not leave are shown so far back
DAYS = 90


class HotelCareWhy(models.TransientModel):
    """A question of staff: why did this guest get nothing?"""

    _name = "hotel.care.why"
    _description = "Why Did This Guest Get Nothing?"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, domain="[('is_hotel_guest', '=', True)]")
    rule_id = fields.Many2one("hotel.care.rule", help="Empty: all rules that are running.")
    campaign_id = fields.Many2one(
        "utm.campaign",
        string="Activity",
        domain="[('hotel_kind', '!=', False)]",
        help="Empty: all that are published.",
    )
    answer = fields.Html(compute="_compute_answer")

    @api.depends("partner_id", "rule_id", "campaign_id")
    def _compute_answer(self):
        for wizard in self:
            wizard.answer = wizard._get_answer() if wizard.partner_id else False

    def _get_answer(self):
        """Return what rules, activities and the gate say of the guest, as HTML; the user has to see all of them."""
        guest = self.partner_id
        guest.check_access("read")
        is_one = self.rule_id or self.campaign_id
        rules = self.rule_id if is_one else self.rule_id.search([("state", "=", "running")])
        campaigns = self.campaign_id if is_one else self.campaign_id._find_hotel_explained()
        rules.check_access("read")
        campaigns.check_access("read")
        values = {
            "campaigns": [(campaign.title, campaign._explain_hotel(guest)) for campaign in campaigns],
            "rules": [(rule.name, rule._explain(guest)) for rule in rules],
            "messages": [] if is_one else self._get_silent_messages(guest),
        }
        return self.env["ir.qweb"]._render("hotel_crm_marketing.care_why_answer", values)

    def _get_silent_messages(self, guest):
        """Return what lately did not leave, of all purposes: (day, purpose and channel, reason)."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS)
        domain = [("partner_id", "=", guest.id), ("state", "in", ("refused", "failed")), ("create_date", ">=", since)]
        messages = self.env["hotel.message"].search(domain, limit=10)
        labels = messages.fields_get(["purpose", "channel"], ["selection"])
        purposes, channels = (dict(labels[name]["selection"]) for name in ("purpose", "channel"))
        return [
            (
                format_date(self.env, message.create_date),
                f"{purposes[message.purpose]} · {channels[message.channel]}",
                message.reason or "",
            )
            for message in messages
        ]
