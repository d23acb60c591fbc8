"""Makers: the only place where tests build records."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

ROLES = (
    "front_office",
    "food_beverage",
    "housekeeping",
    "finance",
    "marketing",
    "service",
    "call_agent",
    "call_supervisor",
    "manager",
    "admin",
)


class HotelMakers:
    """Makers for all that happens in hotels, on the environment ``env`` of the class."""

    # Pages that only read are counted for the limit on a connection of its own, which the replica that Odoo's
    # tests pretend to have does not allow; tests/production asks a real one.
    _registry_readonly_enabled = False

    @classmethod
    def _make_hotels(cls):
        """Make two properties of two companies."""
        cls.hotel = cls._make_property(name="Harbour Hotel", code="HARB", tz="Europe/Lisbon")
        cls.room_type = cls._make_room_type(cls.hotel)
        cls.other_company = cls.env["res.company"].create({"name": "Other Hotels"})
        cls.other_hotel = cls._make_property(
            name="Mountain Lodge", code="MOUN", tz="Asia/Shanghai", company_id=cls.other_company.id
        )

    @classmethod
    def _make_property(cls, **values):
        number = cls.env["hotel.property"].search_count([]) + 1
        return cls.env["hotel.property"].create(
            {"name": f"Hotel {number}", "code": f"T{number}", "tz": "UTC", **values}
        )

    @classmethod
    def _make_room_type(cls, hotel, **values):
        number = cls.env["hotel.room.type"].search_count([("property_id", "=", hotel.id)]) + 1
        return cls.env["hotel.room.type"].create(
            {"name": f"Double {number}", "code": f"D{number}", "property_id": hotel.id, **values}
        )

    @classmethod
    def _make_room(cls, room_type, **values):
        number = cls.env["hotel.room"].search_count([]) + 101
        return cls.env["hotel.room"].create(
            {
                "name": str(number),
                "property_id": room_type.property_id.id,
                "room_type_id": room_type.id,
                **values,
            }
        )

    @classmethod
    def _make_outlet(cls, hotel, **values):
        number = cls.env["hotel.outlet"].search_count([("property_id", "=", hotel.id)]) + 1
        return cls.env["hotel.outlet"].create(
            {
                "name": f"Outlet {number}",
                "code": f"O{number}",
                "kind": "restaurant",
                "property_id": hotel.id,
                **values,
            }
        )

    @classmethod
    def _make_guest(cls, name="Ana Costa", **values):
        return cls.env["res.partner"].create({"name": name, "is_hotel_guest": True, **values})

    @classmethod
    def _make_stay(cls, guest=None, hotel=None, arrival=None, nights=2, **values):
        hotel = hotel or cls.hotel
        arrival = arrival or date(2026, 5, 1)
        return cls.env["hotel.stay"].create(
            {
                "partner_id": guest.id if guest else False,
                "property_id": hotel.id,
                "arrival_date": arrival,
                "departure_date": arrival + timedelta(days=nights),
                "rate": 100.0,
                **values,
            }
        )

    @classmethod
    def _make_consumption(cls, guest, hotel=None, amount=50.0, **values):
        hotel = hotel or cls.hotel
        return cls.env["hotel.consumption"].create(
            {
                "partner_id": guest.id,
                "property_id": hotel.id,
                "description": "Dinner",
                "kind": "food",
                "amount_gross": amount,
                **values,
            }
        )

    @classmethod
    def _make_document(cls, guest, number, kind="cn_id", **values):
        return cls.env["hotel.guest.document"].create(
            {"partner_id": guest.id, "document_type": kind, "number": number, **values}
        )

    @classmethod
    def _make_user(cls, role, hotels=None, **values):
        """Make a user of one role (name of the group without ``group_``) who sees these hotels.

        Side groups are named after a plus sign: ``front_office+identity``.
        """
        groups = ",".join(f"hotel_crm_base.group_{name}" for name in role.split("+"))
        hotels = cls.hotel if hotels is None else hotels
        companies = hotels.company_id or cls.env.company
        login = values.pop("login", f"{role}_{cls.env['res.users'].search_count([])}")
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            context={"no_reset_password": True},  # nobody reads the invitation
            company_id=companies[:1].id,
            company_ids=[Command.set(companies.ids)],
            hotel_property_ids=[Command.set(hotels.ids)],
            **values,
        )

    def _patch_today(self, hotel, day):
        """Let the business date of a property be this day."""
        hotel.business_date = day

    def _patch(self, target, attribute, value):
        """Replace an attribute until the end of the test."""
        patcher = patch.object(target, attribute, value)
        self.addCleanup(patcher.stop)
        return patcher.start()


class HotelCase(HotelMakers, TransactionCase):
    """Two properties of two companies, and makers for all that happens in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_hotels()
