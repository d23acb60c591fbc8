from odoo import models


class HotelLoyaltyGrant(models.Model):
    """A tier given by somebody of the hotel."""

    _name = "hotel.loyalty.grant"
    _inherit = ["hotel.loyalty.grant", "hotel.loyalty.approval.mixin"]
    _changing_fields = frozenset({"state", "approver_id", "decided_at", "refusal"})

    def _describe_request(self, lang):
        grant = self.with_context(lang=lang)
        return grant.env._(
            "%(tier)s for %(guest)s", tier=grant.tier_id.sudo().name, guest=self.card_id.sudo().partner_id.name or ""
        )

    def _after_posted(self):
        result = super()._after_posted()
        self._tell_member("granted")
        return result
