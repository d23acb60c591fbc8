from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase
from odoo.addons.hotel_crm_base.tests.specification import open_view

TODAY = date(2026, 5, 1)
PAGE_QUERIES = 47  # with all addons; one is of the open cases, one of guests merged into this one, one of the company


@tagged("post_install", "-at_install")
class TestGuestPage(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = TODAY
        cls.form = cls.env.ref("hotel_crm_base.res_partner_view_form_hotel_guest")
        cls.clerk = cls._make_user("front_office")
        cls.outlet = cls._make_outlet(cls.hotel)
        cls.kind = cls.env.ref("hotel_crm_base.hotel_service_kind_luggage", raise_if_not_found=False)
        cls.kind = cls.kind or cls.env["hotel.service.kind"].search([], limit=1)

    @classmethod
    def _make_busy_guest(cls, times):
        """A guest with as many stays, charges and services, one of each on every page."""
        guest = cls._make_guest(
            name=f"Guest {times}",
            hotel_vip_code_id=cls.env.ref("hotel_crm_base.hotel_vip_code_v1").id,
            hotel_nationality_id=cls.env.ref("base.cn").id,
            hotel_preference_ids=[
                Command.create({"preference_id": preference.id})
                for preference in cls.env["hotel.preference"].search([], limit=3)
            ],
        )
        room = cls._make_room(cls.room_type)
        for number in range(times):
            stay = cls._make_stay(
                guest,
                arrival=TODAY - timedelta(days=3 * number + 3),
                state="departed",
                room_type_id=cls.room_type.id,
                room_id=room.id,
                channel_id=cls.env.ref("hotel_crm_base.hotel_channel_web").id,
            )
            cls._make_consumption(guest, stay_id=stay.id, outlet_id=cls.outlet.id)
            cls.env["hotel.service.record"].create(
                {"partner_id": guest.id, "property_id": cls.hotel.id, "kind_id": cls.kind.id}
            )
            cls.env["hotel.consent"].create(
                {"partner_id": guest.id, "purpose": "offer", "state": "given"}
            )
        return guest

    def _open_page(self, guest, user):
        """Read the page as the client does; return the number of queries and the values."""
        specification = open_view(guest.with_user(user).browse(), self.form.id, "form")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        values = guest.with_user(user).with_context(bin_size=True).web_read(specification)[0]
        return self.env.cr.sql_log_count - before, values

    def test_the_page_takes_as_many_queries_for_two_hundred_stays_as_for_one(self):
        few, many = self._make_busy_guest(1), self._make_busy_guest(200)
        self._open_page(few, self.clerk)  # fills the caches of access rules
        queries_few, _values = self._open_page(few, self.clerk)
        queries_many, values = self._open_page(many, self.clerk)
        self.assertEqual(queries_many, queries_few)
        self.assertLessEqual(queries_many, PAGE_QUERIES)
        full = [line for line in values["hotel_stay_ids"] if "arrival_date" in line]
        self.assertEqual((len(values["hotel_stay_ids"]), len(full)), (200, 10))

    def test_flags_name_block_vip_and_allergies(self):
        allergy = self.env["hotel.preference"].search([("category_id.is_alert", "=", True)], limit=1)
        guest = self._make_guest(
            hotel_vip_code_id=self.env.ref("hotel_crm_base.hotel_vip_code_v1").id,
            hotel_block_reason="damage",
            hotel_preference_ids=[Command.create({"preference_id": allergy.id, "note": "badly"})],
        )
        _count, values = self._open_page(guest, self.clerk)
        self.assertEqual([level for level, _text in values["hotel_flags"]], ["danger", "info", "warning"])
        self.assertIn("badly", values["hotel_flags"][2][1])
        self.assertEqual(values["hotel_flags"][0][1], "Blocked: Damage")

    def test_the_page_says_where_the_guest_is_or_when_he_comes(self):
        guest = self._make_guest()
        self.assertFalse(guest.hotel_presence)
        self._make_stay(guest, arrival=TODAY + timedelta(days=40))
        near = self._make_stay(guest, arrival=TODAY + timedelta(days=4))
        self._make_stay(guest, arrival=TODAY - timedelta(days=9))  # never closed
        guest.invalidate_recordset()
        self.assertEqual(guest.hotel_presence_stay_id, near)
        self.assertIn("Arrives on", guest.hotel_presence)
        room = self._make_room(self.room_type, name="204")
        here = self._make_stay(guest, arrival=TODAY, state="in_house", room_id=room.id)
        guest.invalidate_recordset()
        self.assertEqual(guest.hotel_presence_stay_id, here)
        self.assertIn("room 204", guest.hotel_presence)
        domain = [("id", "=", guest.id), ("hotel_is_in_house", "=", True)]
        self.assertEqual(self.env["res.partner"].search(domain), guest)
        stranger = self._make_user("front_office", self.other_hotel)
        self.assertFalse(guest.with_user(stranger).hotel_presence)

    def test_managers_and_approvers_block_with_a_reason_and_lift_the_block(self):
        guest = self._make_guest()
        blocks = self.env["hotel.guest.block"]
        for role in ("manager", "finance+approver"):
            user = self._make_user(role)
            form = Form(blocks.with_user(user).with_context(default_partner_id=guest.id))
            form.reason = "conduct"
            form.note = "Smoked in the room"
            form.save().action_block()
            self.assertTrue(guest.hotel_is_blocked)
            self.assertIn("Smoked", guest.message_ids[0].body)
            self.assertEqual(guest.message_ids[0].author_id, user.partner_id)
            guest.with_user(user).action_hotel_unblock()
            self.assertFalse(guest.hotel_is_blocked or guest.hotel_block_note)
        with self.assertRaises(AccessError):
            blocks.with_user(self.clerk).create({"partner_id": guest.id, "reason": "other", "note": "x"})
        guest.hotel_block_reason = "conduct"
        with self.assertRaises(AccessError):
            guest.with_user(self.clerk).action_hotel_unblock()

    def test_a_link_to_a_guest_opens_the_page_of_the_guest(self):
        guest, contact = self._make_guest(), self.env["res.partner"].create({"name": "Supplier"})
        self.assertEqual(guest.with_user(self.clerk).get_formview_id(), self.form.id)
        self.assertFalse(contact.with_user(self.clerk).get_formview_id())

    def test_guests_are_found_by_property_and_channel_of_their_stays(self):
        web, agency = (self.env.ref(f"hotel_crm_base.hotel_channel_{code}") for code in ("web", "agency"))
        here, there, nowhere = (self._make_guest(name=name) for name in ("Here", "There", "Nowhere"))
        self._make_stay(here, state="departed", channel_id=web.id)
        self._make_stay(there, self.other_hotel, state="departed", channel_id=agency.id)
        self._make_stay(nowhere, state="cancelled")
        all_guests = here | there | nowhere

        def find(name, operator, value):
            return all_guests.search([("id", "in", all_guests.ids), (name, operator, value)])

        self.assertEqual(find("hotel_stayed_property_ids", "in", self.hotel.ids), here)
        self.assertEqual(find("hotel_stayed_property_ids", "not in", self.hotel.ids), there | nowhere)
        self.assertEqual(find("hotel_stayed_property_ids", "ilike", "Mountain"), there)
        self.assertEqual(find("hotel_stayed_property_ids", "=", False), nowhere)
        self.assertEqual(find("hotel_stayed_property_ids", "!=", False), here | there)
        self.assertEqual(find("hotel_booked_channel_ids", "=", web.id), here)
        self.assertEqual(find("hotel_booked_channel_ids", "!=", web.id), there | nowhere)
        found = all_guests.with_user(self.clerk).search(
            [("id", "in", all_guests.ids), ("hotel_stayed_property_ids", "!=", False)]
        )
        self.assertEqual(found, here)
        self.assertEqual(here.hotel_stayed_property_ids, self.hotel)
        self.assertEqual(there.hotel_booked_channel_ids, agency)
