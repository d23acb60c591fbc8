"""Makers of coupons and of the programmes that they belong to."""

from datetime import date

from odoo import Command

from odoo.addons.hotel_crm_base.terms import BookingTerms, RoomWish
from odoo.addons.hotel_crm_base.tests.booking.folio_common import FolioCase, FolioMakers

from ..ledger.loyalty_common import LoyaltyMakers


class CouponMakers(FolioMakers, LoyaltyMakers):
    @classmethod
    def _make_coupons(cls, discount=10.0, **values):
        """Return a programme of coupons: ten per cent off all nights unless it is said otherwise."""
        reward = {"reward_type": "discount", "discount_mode": "percent", "discount": discount}
        reward |= {"discount_applicability": "order", "required_points": 1, **values.pop("reward", {})}
        return cls.env["loyalty.program"].create(
            {
                "name": "Ten Off",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "reward_ids": [Command.clear(), Command.create(reward)],
                "communication_plan_ids": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _make_coupon(cls, program=None, guest=None, **values):
        """Return a coupon, of a guest or of whoever has it."""
        program = program or cls._make_coupons()
        return cls.env["loyalty.card"].with_context(loyalty_no_mail=True).create(
            {"program_id": program.id, "points": 1, "partner_id": guest.id if guest else False, **values}
        )

    @classmethod
    def _make_shared_code(cls, code="SUMMER", discount=20.0, rule=None, **values):
        """Return a programme with one code for everybody."""
        program = cls._make_coupons(discount, name="Summer", **{"program_type": "promo_code", **values})
        program.rule_ids = [Command.clear(), Command.create({"mode": "with_code", "code": code, **(rule or {})})]
        program.trigger = "with_code"
        return program

    @classmethod
    def _make_held(cls, guest=None, **values):
        """Return a booking whose rooms are held, with its folio."""
        reservation = cls._make_reservation(guest=guest, state="held", **values)
        reservation._sync_folio()
        return reservation

    @classmethod
    def _make_terms(cls, guest=None, code="", nights=2, **values):
        """Return terms of a booking by the guest, as a page asks for it."""
        arrival = values.pop("arrival", cls.hotel.business_date)
        wish = RoomWish(cls.room_type.id, arrival, arrival.fromordinal(arrival.toordinal() + nights))
        return BookingTerms(cls.hotel.id, (wish,), partner_id=(guest or cls.guest).id, code=code, **values)

    def _get_discount(self, reservation):
        """Return what the lines of discounts take off, with tax."""
        lines = reservation.folio_ids.order_line.filtered("hotel_use_id")
        return reservation.currency_id.round(-sum(lines.mapped("price_total")))


class CouponCase(CouponMakers, FolioCase):
    """A hotel in dollars with 15 % tax on top, a guest, another guest, and coupons of ten per cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_guest = cls._make_guest("Rui Pinto", email="rui@example.com")
        cls.hotel.business_date = date(2026, 5, 1)
        cls.room_type.product_id.list_price = 100.0
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.program = cls._make_program()
        cls.coupons = cls._make_coupons()
