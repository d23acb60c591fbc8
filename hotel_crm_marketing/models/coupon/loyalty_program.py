"""Conditions of coupons, asked by loyalty whenever a code is typed, booked or changed."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_list

from odoo.addons.hotel_crm_loyalty.models.coupon.hotel_reward_use import LIVE

from ...coupon_conditions import Conditions, Stay, find_problem


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_room_type_ids = fields.Many2many("hotel.room.type", string="Room Types", help="Empty: all.")
    hotel_least_nights = fields.Integer(string="At Least Nights")
    hotel_most_nights = fields.Integer(string="At Most Nights", help="0: as many as you like.")
    hotel_stay_from = fields.Date(string="First Night from")
    hotel_stay_until = fields.Date(string="Last Night until")
    hotel_weekdays = fields.Char(string="Weekdays", help="Evenings of the nights. Empty: all.")
    hotel_least_amount = fields.Monetary(
        string="At Least for", help="What all nights cost with tax, in the currency of the programme."
    )
    hotel_is_stackable = fields.Boolean(string="With Other Coupons", default=True)
    hotel_asked_tier_ids = fields.Many2many(
        "hotel.loyalty.tier", "hotel_program_asked_tier_rel", string="Members of Tiers", help="Empty: everybody."
    )
    hotel_is_for_new = fields.Boolean(
        string="New Guests Only", help="Who has not stayed at a hotel of the company yet."
    )
    hotel_campaign_ids = fields.One2many("utm.campaign", "hotel_program_id", string="Activities")

    @api.constrains("hotel_weekdays", "hotel_least_nights", "hotel_most_nights", "hotel_stay_from", "hotel_stay_until")
    def _check_hotel_booking_conditions(self):
        for program in self:
            least, most = program.hotel_least_nights, program.hotel_most_nights
            if least < 0 or most < 0 or (most and most < least):
                raise ValidationError(self.env._("There are no such numbers of nights."))
            if (
                program.hotel_stay_from
                and program.hotel_stay_until
                and program.hotel_stay_from > program.hotel_stay_until
            ):
                raise ValidationError(self.env._("The dates of the stay end before they begin."))
            if set(program.hotel_weekdays or "") - set("1234567"):
                raise ValidationError(self.env._("Weekdays are numbers from 1 to 7."))

    def _check_hotel_conditions(self, booking):
        """Ask the conditions of this programme; those on the guest only when the code comes to the booking."""
        problem = super()._check_hotel_conditions(booking)
        if problem:
            return problem
        program = self.sudo()  # who books has no rights on programmes
        rooms = [Stay(room.room_type_id, room.arrival_date, room.departure_date) for room in booking.rooms]
        code = find_problem(program._get_hotel_conditions(booking), rooms, booking.total)
        if code:
            return program._say_hotel_problem(code)
        return program._get_hotel_guest_problem(booking)

    def _get_hotel_conditions(self, booking):
        """Return what a booking has to be like, in the smallest coins of its hotel.

        :rtype: Conditions
        """
        currency = self.env["hotel.property"].sudo().browse(booking.property_id).currency_id
        least = self.currency_id._convert(
            self.hotel_least_amount, currency, self.company_id or self.env.company, booking.day
        )
        return Conditions(
            frozenset(self.hotel_room_type_ids.ids),
            self.hotel_least_nights,
            self.hotel_most_nights,
            self.hotel_stay_from or None,
            self.hotel_stay_until or None,
            self.hotel_weekdays or "",
            round(least / currency.rounding),
        )

    def _say_hotel_problem(self, code):
        """Return which condition is not fulfilled, as a sentence for the booker.

        :param str code: of ``coupon_conditions``
        :rtype: str
        """
        if code == "room_type":
            names = format_list(self.env, self.hotel_room_type_ids.mapped("name"))
            return self.env._("This code is for these rooms: %s.", names)
        if code == "least_nights":
            return self.env._("This code is for stays of %s nights and more.", self.hotel_least_nights)
        if code == "most_nights":
            return self.env._("This code is for stays of up to %s nights.", self.hotel_most_nights)
        if code == "dates":
            return self.env._(
                "This code is for nights from %(first)s to %(last)s.",
                first=format_date(self.env, self.hotel_stay_from) if self.hotel_stay_from else "…",
                last=format_date(self.env, self.hotel_stay_until) if self.hotel_stay_until else "…",
            )
        if code == "weekdays":
            return self.env._("This code is for other days of the week.")
        return self.env._("This code is for bookings of %s and more.", self.currency_id.format(self.hotel_least_amount))

    # ---- the guest, and other coupons -----------------------------------------------------------

    def _get_hotel_guest_problem(self, booking):
        """Return what keeps this guest from bringing the code to a booking; not asked of a code that is there.

        :rtype: str
        """
        uses = self.env["hotel.reward.use"].sudo()
        if booking.reservation_id:
            here = [("reservation_id", "=", booking.reservation_id), ("state", "in", LIVE)]
            uses = uses.search(here).filtered(lambda use: use.kind in ("coupon", "code"))
            if self in uses.program_id:
                return ""
        others = uses.program_id - self
        if others and not (self.hotel_is_stackable and all(others.mapped("hotel_is_stackable"))):
            return self.env._("This code cannot be used together with another one.")
        if self.hotel_asked_tier_ids and not self._has_hotel_tier(booking):
            return self.env._("This code is for members of a certain tier. Log in first if you are one.")
        if self.hotel_is_for_new and self._has_stayed_before(booking):
            return self.env._("This code is for guests who stay with us for the first time.")
        return ""

    def _has_hotel_tier(self, booking):
        domain = [
            ("partner_id", "in", list(booking.partner_ids)),
            ("hotel_tier_id", "in", self.hotel_asked_tier_ids.ids),
        ]
        return bool(self.env["loyalty.card"].search_count([("hotel_managed", "=", True), *domain], limit=1))

    def _has_stayed_before(self, booking):
        hotel = self.env["hotel.property"].browse(booking.property_id)
        domain = [
            ("partner_id", "in", list(booking.partner_ids)),
            ("company_id", "=", hotel.company_id.id),
            ("state", "in", ("in_house", "departed")),
            ("reservation_id", "!=", booking.reservation_id or 0),
        ]
        return bool(self.env["hotel.stay"].search_count(domain, limit=1))
