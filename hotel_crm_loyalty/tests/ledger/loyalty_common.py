"""Makers of members and of what happens to them; the only place where tests of loyalty build records."""

from datetime import date, timedelta

from odoo.addons.hotel_crm_base.tests.common import HotelCase, HotelMakers


class LoyaltyMakers(HotelMakers):
    @classmethod
    def _make_program(cls, code="hotel_club", **values):
        """Return a programme that comes with the addon; the one of the installation where there is one."""
        programs = cls.env["loyalty.program"]
        found = programs.search([("hotel_code", "=", code), ("hotel_managed", "=", True)])
        program = found or programs._hotel_load(code)
        program.write(values)
        return program

    @classmethod
    def _make_member(cls, guest=None, program=None, joined=None):
        """Return the card of a guest who joined a programme on a day."""
        guest = guest or cls._make_guest()
        return (program or cls.program)._hotel_join(guest, on=joined or date(2026, 1, 1))

    @classmethod
    def _make_departed(cls, guest, departure, nights=2, spend=0, kind="room", hotel=None, **values):
        """Return a stay that has ended, with what was charged for it net of tax."""
        hotel = hotel or cls.hotel
        stay = cls._make_stay(guest, hotel, departure - timedelta(days=nights), nights, state="departed", **values)
        if spend:
            cls._make_charge(guest, spend, departure, kind, hotel=hotel, stay_id=stay.id)
        return stay

    @classmethod
    def _make_charge(cls, guest, amount, day, kind="food", hotel=None, **values):
        return cls._make_consumption(
            guest, hotel, amount, amount_net=amount, business_date=day, kind=kind, **values
        )


class LoyaltyCase(LoyaltyMakers, HotelCase):
    """Two hotels, and the example programme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program()
