"""Who may do what: the table of roles.py against what the database says, every model, every role."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .roles import COLUMNS, OPERATIONS, find_rights, read_table
from .security_common import SecurityCase

EXPECTED = read_table()
MODELS_WITH_SCOPE = [name for name, (scope, _cells) in EXPECTED.items() if scope in ("property", "company", "guest")]


@tagged("post_install", "-at_install")
class TestSecurity(SecurityCase):
    def test_every_model_is_in_the_table_and_every_line_is_a_model(self):
        own = {*self._own_models(), "res.partner"}
        self.assertEqual(own - set(EXPECTED), set(), "say in roles.py who may use these models")
        self.assertEqual(set(EXPECTED) - own, set())

    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, {name: cells for name, (_scope, cells) in EXPECTED.items()})

    def test_nobody_but_staff_has_any_right_on_any_model(self):
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, login=f"no_{group}", groups=group)
            for name in self._own_models():
                model = self.env[name].with_user(user)
                granted = [operation for operation in OPERATIONS.values() if model.has_access(operation)]
                self.assertEqual(granted, [], f"{name} for {group}")

    @mute_logger("odoo.models")
    def test_strangers_and_guests_get_nothing_out_of_any_call(self):
        records = self._make_one_of_each()
        portal = new_test_user(self.env, login="a_guest", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for name, record in records.items():
            if name == "res.partner":
                continue
            for user in (portal, public):
                mine = record.with_user(user)
                for call in self._get_reading_calls(mine):
                    with self.assertRaises(AccessError, msg=f"{name} for {user.login}"):
                        call()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_records_are_seen_in_their_scope_only(self):
        records = self._make_one_of_each()
        self.assertEqual(set(MODELS_WITH_SCOPE), set(records), "make one of each model with a scope")
        homely = self._user("manager")
        sister = self._user("manager", self.sister)
        nobody = self._user("manager", self.env["hotel.property"])
        stranger = self._user("manager", self.other_hotel)
        for name, record in records.items():
            scope = EXPECTED[name][0]
            self.assertTrue(record, f"no {name} was made")
            with self.subTest(name):
                self.assertSeen(record, homely)
                self.assertNotSeen(record, stranger)
                for user in (sister, nobody):
                    if scope == "property":
                        self.assertNotSeen(record, user)
                    else:
                        self.assertSeen(record, user)

    def test_a_guest_of_the_chain_is_seen_by_all_its_companies(self):
        guest = self._make_guest("Zoe Lima")
        preference = self.env["hotel.guest.preference"].create(
            {"partner_id": guest.id, "preference_id": self.env["hotel.preference"].search([], limit=1).id}
        )
        for user in (self._user("front_office"), self._user("front_office", self.other_hotel)):
            self.assertSeen(guest, user)
            self.assertSeen(preference, user)

    def test_a_company_left_out_of_the_switcher_is_left_out_of_every_model(self):
        records = self._make_one_of_each()
        both = self._user("manager", self.hotel | self.other_hotel)
        for name, record in records.items():
            seen = record.with_user(both).with_context(allowed_company_ids=self.other_company.ids)
            self.assertFalse(seen.search([("id", "=", record.id)]), name)

    def test_imports_are_the_importers_own(self):
        importer, colleague = self._user("manager"), self._make_user("manager")
        job = self.env["hotel.import.job"].with_user(importer).create({"kind": "guests"})
        self.assertNotSeen(job, colleague)
        self.assertSeen(job, self._user("admin"))
        self.assertNotSeen(job, self._user("admin", self.other_hotel))

    def test_property_rules_follow_the_user_at_once(self):
        stay = self._make_stay(self.guest)
        clerk = self._user("front_office")
        self.assertSeen(stay, clerk)
        clerk.sudo().hotel_property_ids = [Command.set(self.sister.ids)]
        self.assertNotSeen(stay, clerk)

    def test_all_properties_is_for_managers(self):
        stay = self._make_stay(self.guest)
        for role, seen in (("front_office", False), ("manager", True)):
            user = self._user(role, self.sister)
            user.sudo().hotel_all_properties = True
            (self.assertSeen if seen else self.assertNotSeen)(stay, user)
        stranger = self._user("manager", self.other_hotel)
        stranger.sudo().hotel_all_properties = True
        self.assertNotSeen(stay, stranger)

    def _get_reading_calls(self, record):
        """Return ways to get a record out, as a remote caller has them."""
        domain, model = [("id", "=", record.id)], record.browse()
        return [
            lambda: record.read(["id", "display_name"]),
            lambda: record.web_read({"display_name": {}}),
            lambda: model.search(domain),
            lambda: model.search_count(domain),
            lambda: model.search_read(domain, ["display_name"]),
            lambda: model.web_search_read(domain, {"display_name": {}}),
            lambda: model.name_search("", domain),
            lambda: model.formatted_read_group(domain, [], ["__count"]),
            lambda: model.web_read_group(domain, ["id"], ["__count"]),
        ]

    def assertSeen(self, record, user):
        mine = record.with_user(user)
        self.assertEqual(mine.search([("id", "=", record.id)]), mine, f"{user.login} sees no {record._name}")

    def assertNotSeen(self, record, user):
        """Check that a user neither reads, finds, counts nor changes a record."""
        mine = record.with_user(user)
        mine.invalidate_recordset()
        model, domain = mine.browse(), [("id", "=", record.id)]
        self.assertFalse(model.search(domain), f"{user.login} finds a {record._name}")
        self.assertEqual(model.search_count(domain), 0)
        self.assertEqual(model.search_read(domain, ["display_name"]), [])
        self.assertEqual(model.web_search_read(domain, {"display_name": {}})["records"], [])
        self.assertEqual(model.name_search("", domain), [])
        [group] = model.formatted_read_group(domain, [], ["__count"])
        self.assertEqual(group["__count"], 0)
        with self.assertRaises(AccessError, msg=f"{user.login} reads a {record._name}"):
            mine.read(["display_name"])
        for operation in ("write", "unlink"):
            self.assertFalse(mine.has_access(operation))
