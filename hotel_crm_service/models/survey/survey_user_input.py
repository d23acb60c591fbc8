"""Answers of guests: bound to a stay, counted once they are complete."""

from odoo import api, fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    hotel_stay_id = fields.Many2one(
        "hotel.stay", string="Stay", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    hotel_rule_id = fields.Many2one(
        "hotel.survey.rule", string="Sent By", index="btree_not_null", readonly=True, ondelete="set null"
    )
    hotel_occasion = fields.Selection(related="hotel_rule_id.occasion", store=True)
    hotel_invited_at = fields.Datetime(string="Invited", readonly=True)
    hotel_reminded_at = fields.Datetime(string="Reminded", readonly=True)
    hotel_answer_ids = fields.One2many("hotel.survey.answer", "user_input_id", string="Counted As")

    _hotel_once = models.UniqueIndex(
        "(survey_id, hotel_stay_id) WHERE hotel_stay_id IS NOT NULL", "There is one link for each stay."
    )
    _hotel_asked_idx = models.Index("(partner_id, hotel_invited_at) WHERE hotel_invited_at IS NOT NULL")

    def _is_hotel_staff(self):
        """Return whether somebody of the hotel has answered: to try it, not as a guest.

        :rtype: bool
        """
        return any(user._is_internal() for user in self.partner_id.user_ids)

    def _is_hotel_message_outdated(self, message):
        """Return whether there is nothing to ask any more; the gate asks before it leaves.

        :rtype: bool
        """
        is_late = bool(self.deadline) and self.deadline <= fields.Datetime.now()
        return self.state == "done" or is_late or self.hotel_stay_id.state in ("cancelled", "no_show")

    def _get_hotel_url(self):
        """Return the whole address of the survey, for a message: of its page in the guest's language.

        :rtype: str
        """
        lang = self.lang_id
        if not lang:
            # the page to which this leads depends on what the guest's browser says
            return f"{self.get_base_url()}{self.get_start_url()}"
        default = self.env["ir.default"].sudo()._get("res.partner", "lang")
        prefix = "" if lang.code == default else f"/{lang.url_code}"
        return f"{self.get_base_url()}{prefix}/survey/{self.survey_id.access_token}/{self.access_token}"

    @api.autovacuum
    def _gc_hotel_links(self, limit=5000):
        """Forget links that were never opened and are long out of date."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=400)
        old = self.search(
            [("hotel_invited_at", "<", before), ("state", "=", "new"), ("survey_id.survey_type", "=", "hotel")],
            limit=limit,
        )
        old.unlink()
        return len(old), len(old) == limit
