"""A booking as coupons see it, before it is made and afterwards."""

from odoo import api, fields, models

from ...booking import Booking, Room
from ...discounts import Charge


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    reward_use_ids = fields.One2many(
        "hotel.reward.use", "reservation_id", string="Coupons and Points", groups="base.group_user"
    )

    # ---- what is not booked yet -------------------------------------------------------------

    @api.model
    def _get_wanted_booking(self, terms):
        """Return what somebody wants to book as coupons see it, at today's prices.

        :param BookingTerms terms: as for ``_book``
        :rtype: booking.Booking
        :raises BookingError: it is not for sale
        """
        hotel = self.env["hotel.property"].sudo().browse(terms.property_id)
        booker = self.env["res.partner"].sudo().browse(terms.partner_id or ())
        quote = self.env["hotel.quote"].with_context(hotel_online=self._is_online(terms))
        charges = []
        for number, wish in enumerate(terms.rooms):
            if wish.nights:
                offer = quote._price(hotel, wish, booker)
                charges += self._get_offer_charges(number, wish, offer, booker)
        guests = booker.browse({wish.guest_id for wish in terms.rooms if wish.guest_id})
        rooms = tuple(
            Room(
                wish.room_type_id, wish.arrival_date, wish.departure_date, wish.rate_plan_id, wish.adults, wish.children
            )
            for wish in terms.rooms
        )
        owner_ids, today = self._get_owner_ids(booker | guests), hotel._get_local_today()
        return Booking(hotel.id, owner_ids, today, tuple(charges), rooms, terms.channel)

    @api.model
    def _get_offer_charges(self, number, wish, offer, booker):
        """Return the nights of an offer.

        :param int number: of the room
        :param pricing.Offer offer: what it costs
        :rtype: list[discounts.Charge]
        """
        product = self.env["hotel.room.type"].sudo().browse(wish.room_type_id).product_id
        currency = self.env["res.currency"].browse(offer.currency_id)
        fixed = self._get_fixed_tax_of(product, booker)
        return [
            Charge(
                (number, night.date),
                round((night.gross - fixed) / currency.rounding),
                product.id,
                round(night.net / currency.rounding),
            )
            for night in offer.nights
        ]

    @api.model
    def _get_fixed_tax_of(self, product, booker):
        """Return what a night costs in taxes of a fixed amount: these are never reduced.

        :rtype: float
        """
        taxes = product.taxes_id._filter_taxes_by_company(self.env.company)
        if not taxes.flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type == "fixed"):
            return 0.0
        position = self.env["account.fiscal.position"].sudo()._get_fiscal_position(booker) if booker else None
        taxes = position.map_tax(taxes) if position else taxes
        fixed = taxes.flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type == "fixed")
        return sum(fixed.mapped("amount"))

    @api.model
    def _get_owner_ids(self, guests):
        """Return whose personal coupons a booking for these guests may use: theirs, and their company's.

        :rtype: frozenset[int]
        """
        return frozenset((guests | guests.commercial_partner_id).ids)

    # ---- what is booked ---------------------------------------------------------------------

    def _get_booking(self):
        """Return this booking as coupons see it; with sudo.

        :rtype: booking.Booking
        """
        self.ensure_one()
        stays = self._get_live_stays()
        rooms = tuple(
            Room(
                (stay.booked_room_type_id or stay.room_type_id).id,
                stay.arrival_date,
                stay.departure_date,
                stay.rate_plan_id.id,
                stay.adults,
                stay.children,
            )
            for stay in stays
        )
        return Booking(
            self.property_id.id,
            self._get_owner_ids(self.partner_id | stays.partner_id),
            self.property_id._get_local_today(),
            tuple(self._get_charged_nights()._get_hotel_charges()),
            rooms,
            self.channel_id.code or "",
            self.id,
        )

    def _get_charged_nights(self):
        """Return the nights that stand on folios, in the order of their dates; with sudo.

        :rtype: sale.order.line
        """
        self.ensure_one()
        nights = [("hotel_is_night", "=", True), ("hotel_stay_id", "in", self.stay_ids.ids)]
        return self.env["sale.order.line"].search(
            [*nights, ("order_id.state", "!=", "cancel")], order="hotel_service_date, hotel_stay_id, id"
        )
