"""Surveys that are answered without the link of a stay count, and nobody gets to speak for a guest."""

from odoo import fields
from odoo.tests import new_test_user, tagged

from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestOpenAnswers(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.rule.survey_id
        cls.survey.access_mode = "public"
        cls.public = cls.env.ref("base.public_user")

    def _respond(self, user=None, partner=None, email=False, **values):
        """Answer as Odoo's own routes do: with a link of their making."""
        link = self.survey.sudo()._create_answer(user=user or False, partner=partner or False, email=email)
        return self._answer(link, **values)

    def _make_member(self, name="Ana Costa"):
        """Make a guest who can sign in."""
        user = new_test_user(self.env, login=f"{name.split()[0].lower()}.open", groups="base.group_portal")
        user.partner_id.write({"name": name, "is_hotel_guest": True})
        return user

    def test_what_a_stranger_answers_is_about_nobody_and_no_hotel(self):
        guest = self._make_surveyed()
        self._make_departed(guest)
        answer = self._respond(user=self.public, email=guest.email, nps=2, overall=1, comment="Dirty")
        self.assertEqual((answer.came_by, answer.nps, answer.satisfaction), ("open", 2, 0))
        self.assertFalse(answer.partner_id, "an address that was typed is nobody's proof")
        self.assertFalse(answer.stay_id or answer.property_id or answer.case_id)
        self.assertEqual(answer.category_id, self._get_category("cleanliness"))

    def test_the_hotel_of_the_survey_is_meant(self):
        self.survey.hotel_property_id = self.hotel
        answer = self._respond(user=self.public, nps=9, cleanliness=5)
        self.assertEqual((answer.property_id, answer.company_id), (self.hotel, self.hotel.company_id))
        self.assertEqual(answer.score_ids.department_id, self.housekeeping)
        self.assertFalse(answer.case_id)

    def test_a_guest_who_has_signed_in_answers_about_the_last_stay(self):
        user = self._make_member()
        self._make_departed(user.partner_id, source_ref="first")
        other = self._make_property()
        last = self._make_stay(user.partner_id, other, fields.Date.today(), state="in_house", source_system="test")
        answer = self._respond(user=user, nps=9, overall=5)
        self.assertEqual((answer.came_by, answer.partner_id), ("guest", user.partner_id))
        self.assertEqual((answer.stay_id, answer.property_id), (last, other))

    def test_the_hotel_of_the_survey_picks_the_stay(self):
        user = self._make_member()
        stay = self._make_departed(user.partner_id)
        other, today = self._make_property(), fields.Date.today()
        self._make_stay(user.partner_id, other, today, state="in_house", source_system="test")
        self.survey.hotel_property_id = self.hotel
        self.assertEqual(self._respond(user=user, nps=9).stay_id, stay)

    def test_a_low_answer_of_a_guest_opens_a_case_by_the_rule_of_the_hotel(self):
        user = self._make_member()
        stay = self._make_departed(user.partner_id)
        answer = self._respond(user=user, nps=1, overall=1)
        self.assertEqual((answer.rule_id, answer.case_id.stay_id), (self.rule, stay))

    def test_an_invited_guest_without_a_stay_counts_without_a_hotel(self):
        guest = self._make_surveyed()
        answer = self._respond(partner=guest, nps=7)
        self.assertEqual((answer.came_by, answer.partner_id), ("guest", guest))
        self.assertFalse(answer.property_id or answer.case_id)
        self.env["hotel.guest.metric"]._refresh_partners(guest.ids)

    def test_a_stay_counts_once_however_it_was_answered(self):
        user = self._make_member()
        stay = self._make_departed(user.partner_id)
        link = self._make_link(self.rule, stay)
        first = self._respond(user=user, nps=9)
        self.assertEqual(first.stay_id, stay)
        self.assertFalse(self._respond(user=user, nps=0), "the same guest again")
        self.assertFalse(self._answer(link, nps=0), "by the link of the stay")
        self.assertEqual(self.env["hotel.survey.answer"].search([("stay_id", "=", stay.id)]), first)

    def test_what_staff_answer_does_not_count(self):
        self.assertFalse(self._respond(user=self._make_user("service"), nps=9))

    def test_somebody_who_signed_in_and_is_no_guest_counts_as_nobody(self):
        user = new_test_user(self.env, login="supplier.open", groups="base.group_portal")
        answer = self._respond(user=user, nps=9)
        self.assertEqual((answer.came_by, answer.partner_id.id), ("open", False))

    def test_managers_alone_see_what_is_of_no_hotel(self):
        answer = self._respond(user=self.public, nps=9, cleanliness=5)
        for role, is_seen in (("manager", True), ("service", False), ("front_office", False), ("marketing", False)):
            user = self._make_user(role)
            for records in (answer, answer.score_ids, self.env["hotel.survey.report"].browse(answer.id)):
                found = records.with_user(user).search([("id", "in", records.ids)])
                self.assertEqual(bool(found), is_seen, f"{role}, {records._name}")

    def test_the_report_tells_them_apart(self):
        self.survey.hotel_property_id = self.hotel
        self._answer(self._make_link(self.rule, self._make_departed(self._make_surveyed())), nps=9)
        self._respond(user=self.public, nps=0)
        self.survey.hotel_property_id = False
        self._respond(user=self.public, nps=0)
        manager = self._make_user("manager")
        summary = self.env["hotel.survey.summary"].with_user(manager).create({"property_ids": False})
        figures = summary._get_figures()
        self.assertEqual((figures["count"], figures["unasked"]), (3, 2))
        self.assertIn("Hotel not known", [line["label"] for line in figures["hotels"]])
        self.assertIn("Answers without the link of a stay: 2.", summary.body)
        self.assertTrue(summary._make_xlsx())
        summary.property_ids = self.hotel
        self.assertEqual(summary._get_figures()["count"], 2)

    def test_erasing_a_guest_takes_these_along(self):
        user = self._make_member()
        self._make_departed(user.partner_id)
        answer = self._respond(user=user, nps=9, comment="My name is Ana")
        user.partner_id._hotel_anonymize()
        self.assertFalse(answer.comment or answer.partner_id or answer.user_input_id.exists())
