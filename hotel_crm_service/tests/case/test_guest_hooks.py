"""What others learn of a guest's cases: marketing, the desk, the next hotel, the guest."""

from odoo.tests import tagged

from ..case_common import ServiceCase


@tagged("post_install", "-at_install")
class TestGuestHooks(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")

    def _get_flags(self, user=None):
        return self.guest.with_user(user or self.clerk)._get_hotel_flags()

    def test_the_desk_has_a_button_for_whoever_takes_cases_in(self):
        for role, expected in (("front_office", ["case"]), ("finance", [])):
            tools = self.env["hotel.front.desk"].with_user(self._make_user(role)).get_setup()["tools"]
            self.assertEqual([tool["key"] for tool in tools], expected)
            for tool in tools:
                self.assertEqual(self.env.ref(tool["action"]).res_model, "hotel.case")

    def test_marketing_is_silent_while_a_complaint_is_open(self):
        case = self._make_case(partner_id=self.guest.id)
        self._make_case(kind="praise", partner_id=self._make_guest("Rui").id)
        self.assertTrue(self.guest._get_hotel_contact_block("offer"))
        self.assertFalse(self.guest._get_hotel_contact_block("transaction"))
        self.assertFalse(self.guest._get_hotel_contact_block("survey"))
        case.action_solve()
        self.assertFalse(self.guest._get_hotel_contact_block("offer"))

    def test_thousands_are_asked_with_as_many_queries_as_two(self):
        guests = self.env["res.partner"].create([{"name": str(n), "is_hotel_guest": True} for n in range(40)])
        self._make_case(partner_id=guests[3].id)
        guests[:2]._get_hotel_contact_blocks("greeting")
        counts = []
        for few in (guests[:5], guests):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(list(few._get_hotel_contact_blocks("greeting")), guests[3].ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_the_desk_sees_open_cases_and_is_told_at_the_next_arrival_until_it_has_taken_note(self):
        case = self._make_case("Cold shower", partner_id=self.guest.id)
        [(level, text)] = self._get_flags()
        self.assertEqual(level, "danger")
        self.assertIn("Cold shower", text)
        case.with_user(self.clerk).action_solve()
        [(level, text)] = self._get_flags()
        self.assertEqual((level, "Last time" in text), ("warning", True))
        case.with_user(self.clerk).action_acknowledge()
        self.assertEqual((self._get_flags(), case.acknowledged_by_id), ([], self.clerk))

    def test_a_list_of_guests_asks_once_for_all(self):
        guests = self.env["res.partner"].create([{"name": str(n), "is_hotel_guest": True} for n in range(30)])
        for guest in guests:
            self._make_case(partner_id=guest.id)
        counts = []
        for some in (guests[:3], guests):
            mine = some.with_user(self.clerk)
            self.env.flush_all()
            self.env.invalidate_all()
            mine.hotel_preference_ids.preference_id.fetch(["name"])
            before = self.env.cr.sql_log_count
            self.assertTrue(all(guest._get_hotel_flags() for guest in mine))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_another_hotel_learns_that_there_is_a_case_not_what_it_says(self):
        case = self._make_case("Cold shower", partner_id=self.guest.id)
        [(_level, text)] = self._get_flags(self._make_user("front_office", self.other_hotel))
        self.assertIn(case.name, text)
        self.assertNotIn("Cold shower", text)

    def test_a_request_that_is_done_is_on_the_guests_page_once(self):
        kind = self.env.ref("hotel_crm_base.hotel_service_kind_luggage")
        case = self._make_case("Two bags", kind="request", partner_id=self.guest.id, service_kind_id=kind.id)
        maid = self._make_user("housekeeping")
        self.housekeeping.user_ids = maid
        case.department_id = self.housekeeping
        case.with_user(maid).action_take()
        case.with_user(maid).action_solve()
        record = self.guest.hotel_service_record_ids
        self.assertEqual((record.kind_id, record.user_id, record.note), (kind, maid, "Two bags"))
        case.action_reopen()
        case.action_solve()
        self.assertEqual(self.guest.hotel_service_record_ids, record)
        self.assertFalse(case.is_alert)

    def test_cases_move_with_a_merge(self):
        self.assertEqual(self.env["res.partner"]._hotel_merge_map()["hotel.case"], "partner_id")

    def test_what_a_guest_said_is_copied_for_and_erased_at_his_or_her_wish(self):
        case = self._make_case("Cold shower", partner_id=self.guest.id, contact_email="x@example.com")
        case._hear_guest("Still cold")
        case._add_pictures([b"x"])
        [row] = self.guest._hotel_export()["Cases"]
        self.assertEqual((row["text"], row["number"]), ("Cold shower", case.name))
        self.assertIn("Still cold", row["talk"][0])
        self.guest._hotel_anonymize()
        kept = (case.subject, case.description, case.contact_email, case.message_ids.mapped("body"))
        self.assertNotIn("old", str(kept))
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", case._name), ("res_id", "=", case.id)]))
        self.assertEqual(case.kind, "complaint")
