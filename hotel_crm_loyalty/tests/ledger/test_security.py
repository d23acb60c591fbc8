"""Who may do what with the ledger: every role, a guest of the portal, a stranger of another company."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.roles import COLUMNS, find_own_models, find_rights, read_table

from ..roles import TABLE
from .loyalty_common import LoyaltyCase

FACTS = ("posting", "redemption", "grant", "extension", "choice")


EXPECTED = {name: cells for name, (_scope, cells) in read_table(TABLE).items()}


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestLedgerSecurity(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-01 12:00"):
            cls.card = cls._make_member(program=cls._make_program("marriott", company_id=cls.hotel.company_id.id))
        cls._make_departed(cls.card.partner_id, date(2026, 5, 10), nights=30, spend=500, channel_id=cls._get_web())
        cls.records = {name: cls._make_fact(name) for name in FACTS[:-1]}
        cls.card._hotel_evaluate()
        cls.records |= {
            "lot": cls.card.hotel_lot_ids[:1],
            "move": cls.card.hotel_move_ids[:1],
            "decision": cls.card.hotel_decision_ids[:1],
        }
        cls.records["choice"] = cls._make_fact("choice")

    @classmethod
    def _get_web(cls):
        return cls.env["hotel.channel"].search([("code", "=", "web")]).id

    @classmethod
    def _make_fact(cls, name):
        values = {
            "posting": {"points": 5},
            "redemption": {"points": 5},
            "grant": {"tier_id": cls.card.program_id.hotel_tier_ids[-1].id},
            "extension": {"until_date": date(2027, 1, 1)},
            "choice": {"decision_id": cls.card.hotel_decision_ids[:1].id, "option": "x"},
        }
        return cls.env[f"hotel.loyalty.{name}"].create({"card_id": cls.card.id, **values[name]})

    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, EXPECTED)

    def test_every_model_is_in_the_table(self):
        own = find_own_models(self.registry, "hotel_crm_loyalty")
        self.assertEqual(own - set(EXPECTED), set(), "say in roles.py who may use these models")

    def test_the_ledger_is_seen_in_its_company_only(self):
        clerk, stranger = self._make_user("manager"), self._make_user("manager", self.other_hotel)
        for record in (self.card, self.card.program_id, *self.records.values()):
            with self.subTest(record._name):
                domain = [("id", "=", record.id)]
                self.assertTrue(record.with_user(clerk).search(domain))
                self.assertFalse(record.with_user(stranger).search(domain))
                with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                    record.with_user(stranger).read(["display_name"])

    def test_guests_of_the_portal_and_plain_users_get_nothing(self):
        guest = new_test_user(self.env, "a_guest", groups="base.group_portal", partner_id=self.card.partner_id.id)
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        for user in (guest, plain, self.env.ref("base.public_user")):
            for record in (self.card, *self.records.values()):
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(record.with_user(user).has_access(operation), f"{user.login} {record._name}")

    @mute_logger("odoo.sql_db")
    def test_nobody_changes_what_is_booked(self):
        for name in ("lot", "move", "decision"):
            record, forged = self.records[name], {"hotel_loyalty_ledger": True}
            for way in (record, record.sudo(), record.with_context(**forged)):
                for change in (
                    lambda way=way: way.write({"key": "x"}),
                    lambda way=way: way.copy(),
                    lambda way=way: way.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        change()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_changes_of_moves_and_decisions(self):
        for statement in (
            "UPDATE hotel_loyalty_move SET points = 1",
            "DELETE FROM hotel_loyalty_move",
            "TRUNCATE hotel_loyalty_move CASCADE",
            "UPDATE hotel_loyalty_decision SET effective_date = '2020-01-01'",
            "DELETE FROM hotel_loyalty_decision",
        ):
            with self.assertRaises(Exception, msg=statement) as caught, self.env.cr.savepoint():
                self.env.cr.execute(statement)
            self.assertIn("append-only", str(caught.exception))
        with self.env.cr.savepoint():
            self.env.cr.execute("UPDATE hotel_loyalty_decision SET is_void = TRUE")

    def test_facts_do_not_change(self):
        for name in FACTS:
            with self.assertRaises(UserError, msg=name):
                self.records[name].write({"date": date(2020, 1, 1)})
            with self.assertRaises(UserError, msg=name):
                self.records[name].unlink()

    def test_the_points_of_a_card_are_refused_to_everybody(self):
        for role in COLUMNS.values():
            with self.assertRaises(AccessError):
                self.card.with_user(self._make_user(role)).write({"points": 10000})
        with self.assertRaises(AccessError):
            self.card.sudo().write({"points": 10000})
        with self.assertRaises(AccessError):
            self.card.sudo().unlink()

    def test_codes_cannot_be_guessed(self):
        codes = {self.env["loyalty.card"]._generate_code() for _number in range(2000)}
        self.assertEqual(len(codes), 2000)
        self.assertTrue(all(len(code) * 5 >= 60 and code.isalnum() for code in codes))
