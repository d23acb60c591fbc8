from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HotelRoomClosure(models.Model):
    """Nights on which a room cannot be let: out of order."""

    _name = "hotel.room.closure"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Room out of Order"
    _order = "start_date desc, id desc"
    _rec_name = "room_id"

    room_id = fields.Many2one("hotel.room", required=True, ondelete="cascade")
    room_type_id = fields.Many2one(related="room_id.room_type_id", store=True, index=True)
    property_id = fields.Many2one(related="room_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    start_date = fields.Date(required=True, help="The first night that the room is not let.")
    end_date = fields.Date(required=True, help="The day from which the room is let again.")
    reason = fields.Char(required=True)

    _dates_ordered = models.Constraint(
        "CHECK (end_date > start_date)", "A room is out of order for one night at least."
    )
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH =,
           daterange(start_date, end_date, '[)') WITH &&)""",
        "This room is out of order already on some of these nights.",
    )

    @api.constrains("room_id", "start_date", "end_date")
    def _check_room_free(self):
        """A room with guests of these nights is moved first; nobody loses the room unseen."""
        for closure in self:
            # whoever closes rooms need not see the guests in them
            stay = self.env["hotel.stay"].sudo().search(
                [
                    ("room_id", "=", closure.room_id.id),
                    ("state", "in", ("held", "booked", "in_house")),
                    ("arrival_date", "<", closure.end_date),
                    ("departure_date", ">", closure.start_date),
                ],
                limit=1,
            )
            if stay:
                raise ValidationError(
                    self.env._(
                        "Room %(room)s is given to a stay from %(arrival)s to %(departure)s:"
                        " give that stay another room first.",
                        room=closure.room_id.name,
                        arrival=format_date(self.env, stay.arrival_date),
                        departure=format_date(self.env, stay.departure_date),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        closures = super().create(vals_list)
        closures._refresh_inventory()
        return closures

    def write(self, vals):
        if not {"room_id", "start_date", "end_date"} & set(vals):
            return super().write(vals)
        spans = self._get_spans()
        result = super().write(vals)
        self._refresh_inventory(spans)
        return result

    def unlink(self):
        spans = self._get_spans()
        result = super().unlink()
        self.browse()._refresh_inventory(spans)
        return result

    def _get_spans(self):
        """Return the room types and nights meant, as ``[(room type, first, day after the last)]``."""
        return [(closure.room_type_id, closure.start_date, closure.end_date) for closure in self]

    def _refresh_inventory(self, spans=()):
        """Count the rooms of these closures' nights anew, and of nights that they have left.

        :param list spans: what ``_get_spans`` said before
        """
        spans = [*spans, *self._get_spans()]
        if spans:
            room_types = self.env["hotel.room.type"].union(*(room_type for room_type, _first, _last in spans))
            self.env["hotel.inventory"].sudo()._refresh(
                room_types, min(first for _type, first, _last in spans), max(last for _type, _first, last in spans)
            )
