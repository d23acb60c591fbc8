from odoo import models
from odoo.tools import format_date


class HotelLoyaltyPosting(models.Model):
    """Points given or taken by somebody of the hotel."""

    _name = "hotel.loyalty.posting"
    _inherit = ["hotel.loyalty.posting", "hotel.loyalty.approval.mixin"]
    _changing_fields = frozenset({"state", "approver_id", "decided_at", "refusal"})

    def _describe_request(self, lang):
        posting = self.with_context(lang=lang)
        return posting.env._(
            "%(points)+d points for %(guest)s", points=self.points, guest=self.card_id.sudo().partner_id.name or ""
        )

    def _after_posted(self):
        result = super()._after_posted()
        self.filtered(lambda posting: posting.kind == "adjust")._tell_member("adjusted")
        return result

    def _get_notice_expiry(self):
        """Return until when the points live, in the member's language; for templates.

        :rtype: str
        """
        return format_date(self.env, self.expiry_date) if self.expiry_date else ""
