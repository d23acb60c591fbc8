from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .hotel_reservation_money import MONEY

KINDS = [
    ("failed", "Could Not Be Done"),
    ("no_show", "No-Show"),
    ("arrival", "Arrival Not Come"),
    ("departure", "Departure Not Gone"),
    ("held", "Room Held"),
    ("balance", "Open Balance"),
    ("dirty", "Room Dirty"),
]
#: how long after the departure a balance is still the desk's
BALANCE_DAYS = 30


class HotelDayEndItem(models.Model):
    """One thing that was open when a business day ended."""

    _name = "hotel.day.end.item"
    _description = "Open at the Day's End"
    _order = "day_end_id, sequence, id"
    _rec_name = "kind"

    day_end_id = fields.Many2one("hotel.day.end", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="day_end_id.property_id", store=True, index=True)
    company_id = fields.Many2one(related="day_end_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="cascade")
    reservation_id = fields.Many2one("hotel.reservation", index="btree_not_null", ondelete="cascade")
    room_id = fields.Many2one("hotel.room", ondelete="cascade")
    partner_name = fields.Char(string="Guest", compute="_compute_partner_name")
    amount = fields.Monetary(groups=MONEY)
    currency_id = fields.Many2one(related="property_id.currency_id")
    note = fields.Char()

    @api.depends("kind")
    def _compute_sequence(self):
        order = [kind for kind, _label in KINDS]
        for item in self:
            item.sequence = order.index(item.kind) if item.kind else 0

    @api.depends("stay_id", "reservation_id")
    def _compute_partner_name(self):
        for item in self:
            guest = item.stay_id.partner_id or item.reservation_id.partner_id
            item.partner_name = guest.name or ""

    @api.model
    def _note_open(self, day_end):
        """Write down what is open at this moment.

        :param hotel.day.end day_end: with sudo
        """
        self.create([{"day_end_id": day_end.id, **vals} for vals in self._get_open(day_end.property_id, day_end.date)])

    @api.model
    def _get_open(self, hotel, day):
        """Return what is open at a property at the end of a day, as values of items.

        :rtype: list[dict]
        """
        rows = []
        for kind, domain in self._get_stay_domains(hotel, day).items():
            rows += [
                {
                    "kind": kind,
                    "stay_id": stay.id,
                    "reservation_id": stay.reservation_id.id,
                    "room_id": stay.room_id.id,
                }
                for stay in self.env["hotel.stay"].search(domain, order="room_id, id")
            ]
        return rows + self._get_open_balances(hotel, day) + self._get_dirty_rooms(hotel)

    @api.model
    def _get_stay_domains(self, hotel, day):
        """Return which stays are listed, by the kind of item.

        :rtype: dict[str, Domain]
        """
        here = Domain("property_id", "=", hotel.id)
        due = here & Domain("arrival_date", "<=", day)
        return {
            "no_show": here & Domain("state", "=", "no_show") & Domain("arrival_date", "=", day),
            "arrival": due & Domain("state", "=", "booked"),
            "departure": here & Domain("state", "=", "in_house") & Domain("departure_date", "<=", day),
            "held": due & Domain("state", "=", "held"),
        }

    @api.model
    def _get_open_balances(self, hotel, day):
        """Return the reservations in house, or lately gone, that are not paid.

        :rtype: list[dict]
        """
        gone = Domain("state", "in", ("checked_out", "no_show"))
        lately = Domain("departure_date", ">=", day - timedelta(days=BALANCE_DAYS))
        states = Domain("state", "=", "in_house") | (gone & lately)
        reservations = self.env["hotel.reservation"].search(Domain("property_id", "=", hotel.id) & states)
        return [
            {
                "kind": "balance",
                "reservation_id": reservation.id,
                "room_id": reservation.stay_ids.room_id[:1].id,
                "amount": reservation.balance,
            }
            for reservation in reservations
            if not reservation.currency_id.is_zero(reservation.balance)
        ]

    @api.model
    def _get_dirty_rooms(self, hotel):
        rooms = self.env["hotel.room"].search(
            [("property_id", "=", hotel.id), ("housekeeping_state", "=", "dirty")]
        )
        return [{"kind": "dirty", "room_id": room.id} for room in rooms]
