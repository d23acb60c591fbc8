from odoo import api, fields, models
from odoo.exceptions import ValidationError

RELATION_KINDS = [
    ("company", "Company"),
    ("agency", "Travel Agency"),
    ("family", "Family"),
    ("assistant", "Assistant"),
    ("companion", "Travels With"),
]


class HotelGuestRelation(models.Model):
    """A guest and somebody who matters for his or her stays."""

    _name = "hotel.guest.relation"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Guest Relation"
    _order = "partner_id, kind, id"

    _guest_fields = ("partner_id", "related_partner_id")

    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, index=True, ondelete="cascade"
    )
    related_partner_id = fields.Many2one(
        "res.partner", string="Related To", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(RELATION_KINDS, required=True)
    note = fields.Char()

    _once = models.UniqueIndex(
        "(partner_id, related_partner_id, kind)", "This relation is noted already."
    )

    @api.constrains("partner_id", "related_partner_id")
    def _check_not_self(self):
        for relation in self:
            if relation.partner_id == relation.related_partner_id:
                raise ValidationError(self.env._("A guest is not related to himself or herself."))
