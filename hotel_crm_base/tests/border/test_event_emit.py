"""Facts become events: for those who listen, where they listen, and with nothing personal in them."""

import json

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .event_common import EventCase

URL = "https://pms.example.com/events"


@tagged("post_install", "-at_install")
class TestEventEmit(EventCase):
    def _kinds(self, subscription):
        return self._told(subscription).kind_id.mapped("code")

    def _data(self, subscription):
        return [json.loads(told.payload)["data"] for told in self._told(subscription)]

    def test_a_stay_is_told_when_it_begins_ends_or_is_cancelled(self):
        receiver = self._subscribe(URL, "stay.checked_in", "stay.checked_out", "stay.cancelled")
        stay, other = self._make_stay(self.guest), self._make_stay(self.guest, arrival=self.hotel.business_date)
        self.assertFalse(self._told(receiver))
        stay.state = "in_house"
        stay.state = "departed"
        other.state = "cancelled"
        self.assertEqual(
            self._told(receiver).kind_id.mapped("code"), ["stay.checked_in", "stay.checked_out", "stay.cancelled"]
        )
        self.assertEqual([data["state"] for data in self._data(receiver)], ["in_house", "departed", "cancelled"])
        event = json.loads(self._told(receiver)[0].payload)
        self.assertEqual(event["kind"], "stay.checked_in")
        self.assertEqual(event["property"], "HARB")
        self.assertEqual(event["data"]["guest_id"], self.guest.id)
        self.assertEqual(event["id"], self._told(receiver)[0].event_id)

    def test_consumption_and_its_reversal_are_told(self):
        receiver = self._subscribe(URL, "consumption.posted")
        line = self._make_consumption(self.guest)
        reversal = line.action_reverse("wrong table")
        self.assertEqual([data["consumption_id"] for data in self._data(receiver)], [line.id, reversal.id])
        self.assertEqual(self._data(receiver)[1]["reversal_of_id"], line.id)

    def test_a_guest_is_told_made_changed_merged_and_erased(self):
        receiver = self._subscribe(URL, "guest.created", "guest.changed", "guest.merged", "guest.erased")
        guest, double = self._make_guest("Rui Pinto"), self._make_guest("Rui Pinto")
        guest.city = "Porto"
        self.assertEqual(len(self._told(receiver)), 3)
        self.env["hotel.merge"]._merge_guests(guest, double)
        merged = self._told(receiver).filtered(lambda told: told.kind_id.code == "guest.merged")
        self.assertEqual(
            json.loads(merged.payload)["data"], {"guest_id": guest.id, "merged_guest_id": double.id}
        )
        guest._hotel_erase()
        erased = self._told(receiver).filtered(lambda told: told.kind_id.code == "guest.erased")
        self.assertIn(guest.id, erased.mapped("record_number"))

    def test_consent_and_preferences_are_changes_of_the_guest_and_a_stay_is_none(self):
        receiver = self._subscribe(URL, "guest.changed")
        self._make_stay(self.guest)
        self._make_consumption(self.guest)
        self.assertFalse(self._told(receiver))
        self.guest.hotel_record_consent("offer", "email", "given")
        self.assertEqual(self._told(receiver).mapped("record_number"), self.guest.ids)

    def test_a_deleted_guest_is_told(self):
        receiver = self._subscribe(URL, "guest.erased")
        guest = self._make_guest("Nobody Yet")
        number = guest.id
        guest.unlink()
        self.assertEqual(self._told(receiver).mapped("record_number"), [number])

    def test_guests_loaded_in_bulk_are_told(self):
        receiver = self._subscribe(URL, "guest.created")
        rows = [{"source_ref": f"E{number}", "name": f"Guest {number}"} for number in range(5)]
        self.env["hotel.bulk.loader"]._load_guests(rows, "pms")
        self.assertEqual(len(self._told(receiver)), 5)

    def test_the_number_of_queries_does_not_grow_with_the_events(self):
        self._subscribe(URL, "consumption.posted")
        few, many = self._lines(3), self._lines(60)
        for lines in (few, many):
            self.env.invalidate_all()
            with self.assertQueryCount(8):
                self.env["hotel.event.delivery"]._hotel_emit("consumption.posted", lines)

    def _lines(self, count):
        lines = self.env["hotel.consumption"].create(
            [
                {"partner_id": self.guest.id, "property_id": self.hotel.id, "description": "Tea", "amount_gross": 1.0}
                for _number in range(count)
            ]
        )
        self.env["hotel.event.delivery"].search([]).unlink()
        return lines

    def test_within_one_transaction_a_guest_is_told_once(self):
        receiver = self._subscribe(URL, "guest.changed")
        self.guest.city = "Porto"
        self.guest.street = "Rua Direita 1"
        self.assertEqual(len(self._told(receiver)), 1)

    def test_everybody_is_told_what_is_theirs_and_no_more(self):
        sister = self._make_property(name="Harbour Annex", code="ANNE")
        everywhere = self._subscribe(URL, "stay.checked_in")
        annex = self._subscribe(URL, "stay.checked_in", property_ids=sister.ids)
        abroad = self._subscribe(URL, "stay.checked_in", company_id=self.other_company.id)
        silent = self._subscribe(URL, "stay.checked_in", active=False)
        deaf = self._subscribe(URL, "stay.cancelled")
        for hotel in (self.hotel, sister, self.other_hotel):
            self._make_stay(self.guest, hotel=hotel).state = "in_house"
        self.assertEqual(len(self._told(everywhere)), 2)
        self.assertEqual(self._told(annex).property_id, sister)
        self.assertEqual(self._told(abroad).property_id, self.other_hotel)
        self.assertFalse(self._told(silent) | self._told(deaf))

    def test_a_guest_of_one_company_is_not_told_to_another(self):
        ours = self._subscribe(URL, "guest.created")
        theirs = self._subscribe(URL, "guest.created", company_id=self.other_company.id)
        self._make_guest("Rui Pinto", company_id=self.hotel.company_id.id)
        self._make_guest("Zoe Lima")
        self.assertEqual((len(self._told(ours)), len(self._told(theirs))), (2, 1))

    def test_nothing_personal_is_told(self):
        every = self.env["hotel.event.kind"].search([]).mapped("code")
        receiver = self._subscribe(URL, *every)
        secrets = {"name": "Zacarias Quaresma", "email": "zq@example.com", "phone": "+351913333333", "city": "Qwerty"}
        guest = self._make_guest(**secrets)
        self._make_stay(guest).state = "in_house"
        self._make_consumption(guest, description="Champagne", amount=1234.56)
        told = "\n".join(self._told(receiver).mapped("payload"))
        for secret in (*secrets.values(), "Zacarias", "Champagne", "1234.56", guest.hotel_guest_code):
            self.assertNotIn(secret, told)
        self.assertGreaterEqual(len(self._told(receiver)), 3)

    def test_what_is_undone_is_not_told(self):
        receiver = self._subscribe(URL, "guest.created")
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._make_guest("Rui Pinto")
            raise ZeroDivisionError
        self.assertFalse(self._told(receiver))

    def test_whoever_causes_a_fact_needs_no_rights_on_events(self):
        receiver = self._subscribe(URL, "guest.created", "stay.checked_in")
        clerk = self._make_user("front_office")
        guest = self.env["res.partner"].with_user(clerk).create({"name": "Rui Pinto", "is_hotel_guest": True})
        self._make_stay(guest).with_user(clerk).state = "in_house"
        self.assertEqual(len(self._told(receiver)), 2)

    def test_a_guest_changing_his_own_data_is_told(self):
        receiver = self._subscribe(URL, "guest.changed")
        portal = new_test_user(self.env, login="a_guest", groups="base.group_portal", partner_id=self.guest.id)
        self.guest.with_user(portal).sudo().write({"city": "Porto"})
        self.assertEqual(len(self._told(receiver)), 1)

    def test_what_was_told_is_never_changed(self):
        receiver = self._subscribe(URL, "guest.created")
        self._make_guest("Rui Pinto")
        for name, value in (("payload", "{}"), ("event_id", "x"), ("record_number", 1)):
            with self.assertRaises(UserError):
                self._told(receiver).write({name: value})
