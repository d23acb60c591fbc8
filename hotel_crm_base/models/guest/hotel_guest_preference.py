from odoo import fields, models


class HotelGuestPreference(models.Model):
    """One guest prefers this, as we know from that source."""

    _name = "hotel.guest.preference"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Guest Preference"
    _order = "partner_id, category_id, id"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    preference_id = fields.Many2one("hotel.preference", required=True, ondelete="restrict")
    category_id = fields.Many2one(related="preference_id.category_id", store=True, index=True)
    is_alert = fields.Boolean(related="category_id.is_alert")
    note = fields.Char()
    source = fields.Selection(
        [
            ("guest", "Told by the Guest"),
            ("staff", "Seen by Staff"),
            ("booking", "Booking"),
            ("import", "Import"),
        ],
        default="guest",
        required=True,
    )
    noted_date = fields.Date(string="Noted On", default=fields.Date.context_today)

    _once = models.UniqueIndex(
        "(partner_id, preference_id)", "This preference is noted already for this guest."
    )
