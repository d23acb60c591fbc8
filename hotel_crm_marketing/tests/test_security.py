"""Who may do what with marketing: every role, guests, strangers of another company."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.common import ROLES
from odoo.addons.hotel_crm_base.tests.roles import COLUMNS, find_own_models, find_rights, read_table
from odoo.addons.hotel_crm_base.tests.specification import open_view

from .campaign.campaign_common import CampaignMakers
from .care.care_common import CareCase
from .roles import TABLE

EXPECTED = {name: cells for name, (_scope, cells) in read_table(TABLE).items()}


@tagged("post_install", "-at_install")
class TestMarketingSecurity(CampaignMakers, CareCase):
    def _make_records(self):
        """Return a record of each model that belongs to a company."""
        rule = self._make_rule()
        self._make_friend(hotel_birth_date="1980-05-11")
        rule._query_select()
        campaign = self._make_campaign(hotel_mail_subject="Spring", hotel_is_members_only=False)
        signup = campaign._sign_up(self._make_friend())
        campaign.action_hotel_tell()
        campaign._draw_hotel_audience()
        evaluation = self.env["hotel.campaign.evaluation"]._evaluate(campaign)
        return [rule, rule.greeting_ids, campaign, signup, campaign.hotel_member_ids[:1], evaluation]

    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, EXPECTED)

    def test_every_model_is_in_the_table(self):
        own = find_own_models(self.registry, "hotel_crm_marketing")
        self.assertEqual(own - set(EXPECTED), set(), "say in roles.py who may use these models")

    def test_what_a_company_plans_is_seen_in_that_company_only(self):
        clerk, stranger = self._make_user("manager"), self._make_user("manager", self.other_hotel)
        for record in self._make_records():
            with self.subTest(record._name):
                domain = [("id", "=", record.id)]
                self.assertTrue(record.with_user(clerk).search(domain))
                self.assertFalse(record.with_user(stranger).search(domain))
                with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                    record.with_user(stranger).read(["display_name"])

    def test_guests_and_plain_users_get_nothing(self):
        records = self._make_records()
        guest = new_test_user(self.env, "a_guest", groups="base.group_portal")
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        for user in (guest, plain, self.env.ref("base.public_user")):
            for record in (each for each in records if each._name != "utm.campaign"):
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(record.with_user(user).has_access(operation), f"{user.login} {record._name}")

    def test_marketing_writes_texts_of_greetings_only(self):
        marketer = self._make_user("marketing")
        texts = self.env["sms.template"].with_user(marketer)
        model = self.env["ir.model"]._get("hotel.care.greeting")
        text = texts.create({"name": "Mine", "model_id": model.id, "body": "Hello"})
        text.body = "Hello again"
        other = self.env["sms.template"].search([("model", "!=", "hotel.care.greeting")], limit=1)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            other.with_user(marketer).write({"body": "Mine now"})

    def test_only_who_may_change_rules_starts_and_stops_them(self):
        rule = self._make_rule()
        for role in ("front_office", "service"):
            with self.subTest(role), self.assertRaises(AccessError):
                rule.with_user(self._make_user(role)).action_stop()
        rule.with_user(self._make_user("marketing")).action_stop()
        self.assertEqual(rule.state, "stopped")

    def test_every_list_and_form_opens_for_every_role_that_may_read_it(self):
        self._make_records()
        found = self.env["ir.model.data"].search(
            [("module", "=", "hotel_crm_marketing"), ("model", "=", "ir.actions.act_window")]
        )
        opened = set()
        for role in (*ROLES, "marketing+approver"):
            user = self._make_user(role)
            for action in self.env["ir.actions.act_window"].browse(found.mapped("res_id")):
                model = self.env[action.res_model].with_user(user)
                if not model.has_access("read"):
                    continue
                with self.subTest(role=role, action=action.name):
                    opened.add((role, action.res_model))
                    self._open(action, model)
        self.assertIn(("marketing", "hotel.care.rule"), opened)

    def _open(self, action, model):
        for view_id, view_type in action.views:
            if view_type not in ("list", "form", "kanban"):
                model.get_views([(view_id, view_type)])
                continue
            specification = open_view(model, view_id, view_type)
            if model._transient:
                model.onchange({}, [], specification)
            else:
                model.web_search_read([], specification, limit=5)
        model.get_views([(action.search_view_id.id, "search")])
