from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..case_common import ServiceCase


@tagged("post_install", "-at_install")
class TestCase(ServiceCase):
    def test_the_first_words_are_the_subject_and_long_texts_are_cut(self):
        case = self._make_case("  The shower\n is cold  ")
        self.assertEqual((case.subject, case.description), ("The shower is cold", "The shower\n is cold"))
        case = self._make_case("冷" * 10000)
        self.assertEqual((len(case.subject), len(case.description)), (120, 5000))
        self.assertTrue(self._make_case("").subject)

    def test_a_case_is_called_and_found_by_its_number(self):
        case, other = self._make_case(), self._make_case("Cold")
        self.assertEqual(case.name, f"CS{case.id:06d}")
        for text in (case.name, case.name.lower(), str(case.id)):
            self.assertEqual(self.env["hotel.case"].search([("name", "ilike", text)]), case)
            self.assertIn(case.id, [row[0] for row in self.env["hotel.case"].name_search(text)])
        self.assertIn(other.id, [row[0] for row in self.env["hotel.case"].name_search("cold")])

    def test_the_stay_says_guest_room_and_hotel(self):
        room = self._make_room(self.room_type)
        stay = self._make_stay(self.guest, room_id=room.id)
        case = self.env["hotel.case"].create({"description": "Cold", "stay_id": stay.id})
        self.assertEqual((case.partner_id, case.room_id, case.property_id), (self.guest, room, self.hotel))

    def test_a_case_is_taken_in_from_the_page_of_a_stay(self):
        room = self._make_room(self.room_type)
        stay = self._make_stay(self.guest, room_id=room.id, state="in_house")
        cases = self.env["hotel.case"].with_user(self._make_user("front_office"))
        known = {"partner_id": self.guest.id, "property_id": self.hotel.id, "room_id": room.id}
        cases = cases.with_context(**{f"default_{name}": value for name, value in known.items()})
        form = Form(cases, view="hotel_crm_service.hotel_case_view_form_quick")
        form.description = "The lamp is broken"
        case = form.save()
        self.assertEqual((case.stay_id, case.room_id, case.subject), (stay, room, "The lamp is broken"))

    def test_a_guest_in_house_needs_no_other_word(self):
        room = self._make_room(self.room_type)
        stay = self._make_stay(self.guest, room_id=room.id, state="in_house")
        cases = self.env["hotel.case"].with_user(self._make_user("food_beverage"))
        case = cases.create({"subject": "Cold soup", "partner_id": self.guest.id, "property_id": self.hotel.id})
        self.assertEqual((case.stay_id, case.room_id), (stay, room))
        self._make_stay(self.guest, room_id=self._make_room(self.room_type).id, state="in_house")
        self.assertFalse(self._make_case(partner_id=self.guest.id).stay_id, "two rooms: which one is to be said")

    def test_places_of_another_hotel_are_refused(self):
        room = self._make_room(self._make_room_type(self.other_hotel))
        with self.assertRaises(ValidationError):
            self._make_case(room_id=room.id)

    def test_a_case_goes_to_the_department_that_is_responsible_else_to_the_one_that_takes_the_rest(self):
        case = self._make_case(category_id=self._get_category("smell").id)
        self.assertEqual(case.department_id, self.housekeeping)
        self.assertEqual(self._make_case(category_id=self._get_category("price").id).department_id, self.desk)
        sister = self._make_property(name="Sister")
        self.assertFalse(self._make_case(property_id=sister.id).department_id)

    def test_states_follow_each_other(self):
        clerk = self._make_user("service")
        case = self._make_case().with_user(clerk)
        case.action_take()
        self.assertEqual((case.state, case.user_id), ("assigned", clerk))
        self.assertTrue(case.assigned_at)
        case.action_wait()
        case.action_resume()
        case.action_solve()
        self.assertTrue(case.solved_at)
        self.assertFalse(case.is_open)
        case.action_close()
        self.assertTrue(case.closed_at)
        with self.assertRaises(UserError):
            case.action_wait()
        case.action_reopen()
        self.assertEqual((case.state, case.reopen_count, case.solved_at), ("assigned", 1, False))
        for state in ("merged", "closed"):
            if state == "merged":
                with self.assertRaises(UserError):
                    case.write({"state": state})

    def test_moments_are_not_written_by_hand(self):
        case = self._make_case().with_user(self._make_user("manager"))
        with self.assertRaises(UserError):
            case.write({"answered_at": "2020-01-01 00:00:00"})

    def test_open_cases_are_found(self):
        case, done = self._make_case(), self._make_case()
        done.action_close()
        mine = self.env["hotel.case"].search([("id", "in", (case | done).ids)])
        self.assertEqual(mine.filtered_domain([("is_open", "=", True)]), case)
        self.assertEqual(mine.search([("id", "in", mine.ids), ("is_open", "=", False)]), done)

    def test_a_clerk_takes_a_case_in(self):
        clerk = self._make_user("front_office")
        with Form(self.env["hotel.case"].with_user(clerk)) as form:
            form.subject = "No towels"
            form.kind = "request"
            form.partner_id = self.guest
        case = form.save()
        self.assertEqual((case.property_id, case.source, case.state), (self.hotel, "desk", "new"))

    def test_how_far_a_new_case_is_nobody_says_by_hand(self):
        cases = self.env["hotel.case"].with_user(self._make_user("service"))
        forged = {"state": "closed", "answered_at": "2020-01-01", "is_alert": True, "access_token": "known"}
        case = cases.create({"subject": "Cold", "property_id": self.hotel.id, "source": "phone", **forged})
        self.assertEqual((case.state, case.answered_at, case.is_alert, case.source), ("new", False, False, "phone"))
        self.assertFalse(case.access_token)

    def test_housekeeping_sees_the_cases_of_its_departments_only(self):
        maid = self._make_user("housekeeping")
        mine = self._make_case(department_id=self.housekeeping.id)
        other = self._make_case(department_id=self.desk.id)
        cases = self.env["hotel.case"].with_user(maid)
        self.assertFalse(cases.search([("id", "in", (mine | other).ids)]))
        self.housekeeping.user_ids = [Command.link(maid.id)]
        self.assertEqual(cases.search([("id", "in", (mine | other).ids)]), mine)
        self.assertEqual(self.env["hotel.case"].with_user(self._make_user("front_office")).browse(other.id).subject,
                         other.subject)
