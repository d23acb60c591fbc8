"""Who may do what: the table of roles.py against what the database says, every model of this addon, every role."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.roles import COLUMNS, OPERATIONS, find_own_models, find_rights, read_table

from .case_common import ServiceCase
from .roles import TABLE

EXPECTED = {name: cells for name, (_scope, cells) in read_table(TABLE).items()}


@tagged("post_install", "-at_install")
class TestServiceSecurity(ServiceCase):
    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, EXPECTED)

    def test_every_model_is_in_the_table(self):
        own = find_own_models(self.registry, "hotel_crm_service")
        self.assertEqual(own, set(EXPECTED), "say in roles.py who may use these models")

    def test_records_are_seen_at_their_hotel_only(self):
        sister = self._make_property(name="Sister")
        for record in self._make_one_of_each():
            home, strangers = self._make_user("manager"), (self.other_hotel, sister, self.env["hotel.property"])
            domain = [("id", "=", record.id)]
            with self.subTest(record._name):
                self.assertTrue(record.with_user(home).search(domain))
                for hotels in strangers:
                    stranger = record.with_user(self._make_user("manager", hotels))
                    self.assertFalse(stranger.search(domain))
                    with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                        stranger.read(["display_name"])

    def test_nobody_but_staff_has_any_right(self):
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, login=f"no_{group}", groups=group)
            for name in EXPECTED:
                model = self.env[name].with_user(user)
                granted = [operation for operation in OPERATIONS.values() if model.has_access(operation)]
                self.assertEqual(granted, [], f"{name} for {group}")

    def _make_one_of_each(self):
        """Return a record of each model that belongs to a hotel."""
        case = self._make_case(partner_id=self.guest.id, department_id=self.desk.id)
        case.label_ids = [Command.create({"category_id": self._get_category("noise").id, "confidence": 0.5})]
        case.with_user(self._make_user("service")).category_id = self._get_category("staff")
        correction = self.env["hotel.case.correction"].search([("case_id", "=", case.id)])
        case.action_wait()
        gift = self.env.ref("hotel_crm_service.hotel_amend_type_fruit")
        amend = self.env["hotel.amend"].create({"case_id": case.id, "type_id": gift.id})
        of_hotel = {"name": "Here", "property_id": self.hotel.id}
        policy = self.env["hotel.case.policy"].create(of_hotel)
        step = self.env["hotel.case.escalation"].create(of_hotel)
        visit = self.env["hotel.follow.up"].create({"partner_id": self.guest.id, "property_id": self.hotel.id})
        self.env.flush_all()
        report = self.env["hotel.case.report"].browse(case.id)
        records = [case, case.label_ids[:1], correction, case.pause_ids, amend, policy, step, visit, report, self.desk]
        return [*records, *self._make_survey_records()]

    def _make_survey_records(self):
        """Return an answer to a survey and what belongs to it."""
        rule = self.env.ref("hotel_crm_service.hotel_survey_rule_post_stay")
        link = rule._make_inputs(self._make_stay(self.guest))
        link._save_lines(link.survey_id.question_ids[:1], "9")
        link._save_lines(link.survey_id.question_ids[2], "4")
        link._mark_done()
        answer = link.hotel_answer_ids
        measure = self.env["hotel.improvement"].create(
            {"name": "Quiet", "property_id": self.hotel.id, "due_date": "2030-01-01"}
        )
        report = self.env["hotel.survey.report"].browse(answer.id)
        return [answer, answer.score_ids, measure, report]
