import psycopg2
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service import server
from odoo.service.model import call_kw
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ... import guards
from ...models.border.hotel_access_log import MONTHS_PARAMETER
from ..common import HotelCase

SPEC = {"name": {}, "phone": {}, "hotel_birth_date": {}}


class LogCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")
        cls.guest = cls._make_guest("Ana Costa", phone="+351912345678")
        cls.other = cls._make_guest("Rui Pinto")
        cls.contact = cls.env["res.partner"].create({"name": "Laundry"})
        cls.log = cls.env["hotel.access.log"]

    def setUp(self):
        super().setUp()
        self.mark = self.log.search([], limit=1).id or 0

    def _entries(self):
        """Return what was noted since the last call, oldest first."""
        self.env.flush_all()
        entries = self.log.search([("id", ">", self.mark)], order="id")
        self.mark = entries[-1:].id or self.mark
        return entries

    def _call(self, method, *args, model="res.partner", user=None, **kwargs):
        """Call a method as a remote caller would."""
        records = self.env[model].with_user(user or self.clerk)
        server.thread_local.rpc_model_method = f"{model}.{method}"
        try:
            return call_kw(records, method, args, kwargs)
        finally:
            server.thread_local.rpc_model_method = ""

    def assertNoted(self, *expected):
        """Check what was noted since the last call: (action, guests) of each entry."""
        found = [(entry.action, entry.partner_ids) for entry in self._entries()]
        self.assertEqual(found, list(expected))


@tagged("post_install", "-at_install")
class TestReading(LogCase):
    def test_opening_a_guest_is_noted_with_who_what_and_when(self):
        with freeze_time("2026-11-21 10:00:00"):
            self._call("web_read", self.guest.ids, SPEC)
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_id, entry.user_id), ("open", self.guest, self.clerk))
        self.assertEqual(entry.field_names, "hotel_birth_date,name,phone")
        self.assertEqual(fields.Datetime.to_string(entry.logged_at), "2026-11-21 10:00:00")
        self.assertEqual((entry.origin, entry.guest_count), ("system", 1))

    def test_opening_a_guest_costs_one_query(self):
        guest = self.guest.with_user(self.clerk)
        guest.web_read(SPEC)

        def count():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            guest.web_read(SPEC)
            return self.env.cr.sql_log_count - before

        with_log = count()
        self._patch(type(self.log), "_log", lambda *args, **kwargs: None)
        self.assertEqual(with_log, count() + 1)

    def test_names_alone_and_contacts_that_are_no_guests_are_not_noted(self):
        self._call("web_read", self.guest.ids, {})
        self._call("web_read", self.contact.ids, SPEC)
        self.assertNoted()

    def test_code_that_reads_a_guest_leaves_nothing(self):
        guest = self.guest.with_user(self.clerk)
        guest.read(["name"])
        guest.search_read([("id", "=", guest.id)], ["phone"])
        guest.search([("phone", "!=", False)], limit=1)
        guest.name_search("Ana")
        self.assertTrue(guest.phone)
        self.assertNoted()

    def test_each_way_of_getting_guests_out_is_noted(self):
        ids, domain = self.guest.ids, [("id", "in", (self.guest | self.other | self.contact).ids)]
        both = self.guest | self.other
        named = [*domain, ("name", "=", "Ana Costa")]
        self._call("read", ids, ["phone"])
        self.assertNoted(("open", self.guest))
        self._call("read", both.ids, ["name"])
        self.assertNoted(("list", both))
        self._call("search_read", domain, ["phone"])
        self.assertNoted(("list", both))
        self._call("web_search_read", domain, SPEC)
        self.assertNoted(("list", both))
        self._call("web_search_read", named, SPEC)
        self.assertNoted(("search", self.guest))
        self._call("search", named)
        self.assertNoted(("search", self.guest))
        self._call("search_count", named)
        self.assertNoted(("search", self.env["res.partner"]))
        self._call("name_search", "Ana Costa", named)
        self.assertNoted(("search", self.guest))
        self._call("web_name_search", "Ana Costa", {"display_name": {}}, domain=named)
        self.assertNoted(("search", self.guest))
        self._call("formatted_read_group", domain, ["name"], ["__count"])
        self.assertNoted(("search", self.env["res.partner"]))
        self._call("copy_data", ids)
        self.assertNoted(("open", self.guest))
        self._call("onchange", ids, {}, [], {"phone": {}})
        self.assertNoted(("open", self.guest))

    def test_a_grouped_list_notes_the_guests_of_its_open_groups(self):
        domain = [("id", "in", (self.guest | self.other).ids)]
        self._call(
            "web_read_group", domain, ["hotel_gender"], ["__count"], auto_unfold=True, unfold_read_specification=SPEC
        )
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_ids), ("search", self.guest | self.other))
        self.assertEqual(entry.field_names, "hotel_gender")

    def test_guests_reached_through_other_records_are_noted(self):
        stay = self._make_stay(self.guest)
        bank = self.env["res.partner"].create({"name": "Invoice to", "parent_id": self.guest.id})
        self._entries()
        through = {"partner_id": {"fields": {"phone": {}}}}
        self._call("web_read", stay.ids, through, model="hotel.stay")
        self.assertNoted(("open", self.guest))
        self._call("web_read", bank.ids, {"parent_id": {"fields": {"phone": {}}}})
        self.assertNoted(("open", self.guest))
        context = {"default_partner_id": self.guest.id}
        result = self._call("onchange", [], {}, [], through, model="hotel.stay", context=context)
        self.assertEqual(result["value"]["partner_id"]["phone"], self.guest.phone)
        self.assertNoted(("open", self.guest))

    def test_the_page_of_a_guest_with_all_its_tabs_is_one_entry(self):
        self._make_stay(self.guest)
        self._make_consumption(self.guest)
        self.guest.hotel_record_consent("offer", "email", "given")
        self._entries()
        tabs = ("hotel_stay_ids", "hotel_consumption_ids", "hotel_consent_ids")
        spec = {**SPEC, **{tab: {"fields": {"property_id": {}, "state": {}}} for tab in tabs[:1]}}
        spec |= {tab: {"fields": {"display_name": {}}} for tab in tabs[1:]}
        self._call("web_read", self.guest.ids, spec)
        self.assertNoted(("open", self.guest))

    def test_another_guest_on_the_page_is_noted_too(self):
        self.env["hotel.guest.relation"].create(
            {"partner_id": self.guest.id, "related_partner_id": self.other.id, "kind": "family"}
        )
        self._entries()
        related = {"related_partner_id": {"fields": {"phone": {}}}}
        self._call("web_read", self.guest.ids, {"hotel_relation_ids": {"fields": related}})
        self.assertNoted(("open", self.guest | self.other))

    def test_facts_of_a_guest_are_noted_with_what_they_are(self):
        stay = self._make_stay(self.guest, companion_ids=self.other.ids)
        self._make_stay(source_system="pms", source_ref="1")
        self._entries()
        self._call("web_search_read", [("property_id", "=", self.hotel.id)], {"rate": {}}, model="hotel.stay")
        [entry] = self._entries()
        self.assertEqual((entry.model, entry.partner_ids), ("hotel.stay", self.guest | self.other))
        self._call("read", stay.ids, ["rate"], model="hotel.stay")
        self.assertNoted(("open", self.guest | self.other))
        self._call("name_search", "Ana", model="hotel.stay")
        self.assertEqual(self._entries().partner_ids, self.guest | self.other)

    def test_a_list_is_one_entry_however_long(self):
        many = self.guest.union(*(self._make_guest() for _number in range(30)))
        self._entries()
        self._call("web_search_read", [("id", "in", many.ids)], SPEC, limit=80)
        [entry] = self._entries()
        self.assertEqual((entry.guest_count, entry.partner_ids), (31, many))
        for guest in (many[0], many[-1]):
            self.assertEqual(self.log.search([("partner_id", "=", guest.id), ("action", "=", "list")]), entry)
        self.assertIn(entry, self.log.search([("partner_id.name", "=", "Ana Costa")]))

    def test_a_search_keeps_the_kind_of_key_and_the_hits_but_never_the_text(self):
        self._call("web_search_read", [("phone", "ilike", "912345"), ("name", "=", "Ana Costa")], SPEC)
        self._call("web_search_read", [("email", "=", "nobody@example.com")], SPEC)
        self._call("name_search", "Ana Costa")
        entries = self._entries()
        self.assertEqual(entries.mapped("action"), ["search"] * 3)
        self.assertEqual(entries.mapped("field_names"), ["name,phone", "email", "display_name"])
        self.assertEqual(entries.mapped("guest_count")[:2], [1, 0])
        self.env.cr.execute(
            "SELECT string_agg(l::text, ' ') FROM hotel_access_log l WHERE id IN %s", [tuple(entries.ids)]
        )
        self.assertNotRegex(self.env.cr.fetchone()[0], "912345|Ana|nobody")

    def test_an_export_is_noted_with_its_fields_and_guests(self):
        exporter = self._make_user("marketing")
        exporter.group_ids += self.env.ref("base.group_allow_export")
        self._entries()
        both = self.guest | self.other
        self._call("export_data", both.ids, ["name", "phone"], user=exporter)
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_ids, entry.guest_count), ("export", both, 2))
        self.assertEqual(entry.field_names, "name,phone")
        stay = self._make_stay(self.guest)
        self._entries()
        self._call("export_data", stay.ids, ["partner_id/phone", "rate"], model="hotel.stay", user=exporter)
        self.assertNoted(("export", self.guest))
        with self.assertRaises(UserError):
            self._call("export_data", both.ids, ["name"])

    def test_identity_numbers_are_never_exported(self):
        exporter = self._make_user("front_office+identity")
        exporter.group_ids += self.env.ref("base.group_allow_export")
        for path in ("hotel_document_ids/number", "hotel_document_ids/number_enc", "hotel_document_ids/number_bidx"):
            document = (
                self.env["hotel.guest.document"].create(
                    {"partner_id": self.guest.id, "document_type": "passport", "number_input": "AB123456"}
                )
                if not self.guest.hotel_document_ids
                else self.guest.hotel_document_ids
            )
            self.assertTrue(document)
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                self._call("export_data", self.guest.ids, [path], user=exporter)

    def test_who_sees_no_guest_searches_them_in_vain_and_leaves_an_entry(self):
        self._call("web_search_read", [("name", "=", "Nobody of this name")], SPEC)
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.guest_count, entry.partner_id.id), ("search", 0, False))


@tagged("post_install", "-at_install")
class TestChanging(LogCase):
    def test_changes_are_noted_by_the_names_of_fields_never_by_values(self):
        guest = self.guest.with_user(self.clerk)
        guest.write({"comment": "Likes the sea", "phone": "+351912345679"})
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_id, entry.field_names), ("write", guest, "comment,phone"))
        self.assertEqual(entry.user_id, self.clerk)

    def test_registering_archiving_and_deleting_are_noted(self):
        guest = self.env["res.partner"].with_user(self.clerk).create({"name": "Eva", "is_hotel_guest": True})
        self.assertNoted(("create", guest))
        guest.with_user(self._make_user("manager")).action_archive()
        self.assertNoted(("archive", guest))
        guest.sudo().action_unarchive()
        self.assertNoted(("write", guest))
        number = guest.id
        guest.sudo().unlink()
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.guest_id, entry.partner_id.id), ("unlink", number, False))

    def test_a_contact_becoming_a_guest_is_noted_and_other_contacts_are_not(self):
        self.contact.write({"phone": "+351212345678"})
        self.assertNoted()
        self.contact.write({"is_hotel_guest": True})
        self.assertEqual(self._entries().partner_ids, self.contact)

    def test_many_guests_changed_together_are_one_entry(self):
        (self.guest | self.other).write({"phone": "+351912345670"})
        self.assertNoted(("write", self.guest | self.other))

    def test_changes_of_what_belongs_to_a_guest_are_noted_on_the_guest(self):
        stay = self._make_stay(self.guest)
        preference = self.env["hotel.preference"].search([], limit=1)
        made = (
            stay,
            self._make_consumption(self.guest),
            self.env["hotel.guest.preference"].create({"partner_id": self.guest.id, "preference_id": preference.id}),
            self.guest.hotel_record_consent("offer", "email", "given"),
        )
        entries = self._entries()
        self.assertEqual(entries.partner_ids, self.guest)
        self.assertEqual(entries.mapped("model"), [record._name for record in made])
        stay.write({"note": "Late", "partner_id": self.other.id})
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_ids), ("write", self.guest | self.other))
        self.assertEqual(entry.field_names, "note,partner_id")
        made[2].unlink()
        self.assertEqual(self._entries().mapped("action"), ["unlink"])

    def test_saving_the_page_is_one_entry(self):
        self._call("web_save", self.guest.ids, {"comment": "Hello"}, SPEC)
        self.assertNoted(("write", self.guest))
        [row] = self._call("web_save", [], {"name": "Eva", "is_hotel_guest": True}, SPEC)
        self.assertNoted(("create", self.env["res.partner"].browse(row["id"])))
        self._call("web_save", self.guest.ids, {"comment": "Bye"}, SPEC, next_id=self.other.id)
        self.assertEqual(self._entries().mapped("action"), ["write", "list"])

    def test_a_change_rolled_back_leaves_nothing(self):
        with self.assertRaises(UserError):
            self.guest.write({"comment": "x"})
            raise UserError("no")
        self.assertNoted()

    def test_no_caller_switches_the_log_off_or_lies_about_where_he_is(self):
        forged = {"hotel_bulk": True, "hotel_log_source": "import"}
        self._call("write", self.guest.ids, {"comment": "x"}, context=forged)
        [entry] = self._entries()
        self.assertEqual(entry.origin, "system")
        self.guest.with_context(hotel_log_source=guards.Source("import")).write({"comment": "y"})
        self.assertEqual(self._entries().origin, "import")
        self.guest.with_context(hotel_bulk=guards.BULK).write({"comment": "z"})
        self.assertNoted()

    def test_merging_contacts_is_noted_and_keeps_one_current_consent(self):
        for guest, state in ((self.guest, "given"), (self.other, "withdrawn")):
            guest.hotel_record_consent("offer", "email", state)
        number = self.other.id
        self._entries()
        self.env["base.partner.merge.automatic.wizard"]._merge((self.guest | self.other).ids, self.guest)
        entries = self._entries().filtered(lambda entry: entry.action == "merge")
        self.assertIn(entries, self.log.search([("partner_id", "=", self.guest.id)]))
        self.assertIn(entries, self.log.search([("partner_id", "in", [number])]))
        self.assertEqual(len(self.guest.hotel_consent_ids), 2)
        self.assertEqual(self.guest.hotel_current_consent_ids.state, "withdrawn")


@tagged("post_install", "-at_install")
class TestKeeping(LogCase):
    def test_nobody_writes_or_deletes_entries_through_the_orm(self):
        self.guest.write({"comment": "x"})
        entry = self._entries()
        admin = self._make_user("admin")
        values = {"user_id": admin.id, "action": "open", "logged_at": fields.Datetime.now(), "origin": "system"}
        for log in (self.log, self.log.sudo(), self.log.with_user(admin)):
            for call in (
                lambda log=log: log.create([values]),
                lambda log=log: log.browse(entry.id).write({"user_id": admin.id}),
                lambda log=log: log.browse(entry.id).unlink(),
                lambda log=log: log.browse(entry.id).copy(),
            ):
                with self.assertRaises(UserError):
                    call()

    def test_the_database_refuses_changes_as_well(self):
        self.guest.write({"comment": "x"})
        for query in (
            "UPDATE hotel_access_log SET user_id = 1",
            "DELETE FROM hotel_access_log",
            "TRUNCATE hotel_access_log",
        ):
            with self.assertRaises(psycopg2.errors.InsufficientPrivilege), mute_logger("odoo.sql_db"):
                self.env.cr.execute(query)

    def test_entries_are_deleted_after_their_time_and_not_before(self):
        self.env["ir.config_parameter"].set_param(MONTHS_PARAMETER, "12")
        now = fields.Datetime.now()
        for age in (relativedelta(months=13), relativedelta(months=11)):
            with freeze_time(now - age):
                self.guest.write({"comment": "x"})
        old, young = self._entries()
        done, more = self.log._gc_old_entries(batch=1)
        self.assertEqual((done, more), (1, True))
        self.log._gc_old_entries()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())
        with self.assertRaises(psycopg2.errors.InsufficientPrivilege), mute_logger("odoo.sql_db"):
            self.env.cr.execute("DELETE FROM hotel_access_log")

    def test_a_foolish_parameter_deletes_nothing_young(self):
        for value in ("0", "-5", "soon", ""):
            self.env["ir.config_parameter"].set_param(MONTHS_PARAMETER, value)
            self.assertGreaterEqual(self.log._get_months(), 6)
        with self.assertRaises(ValidationError):
            self.env["res.config.settings"].create({"hotel_access_log_months": 1})

    def test_entries_outlast_the_guest_and_keep_the_user(self):
        self.guest.with_user(self.clerk).write({"comment": "x"})
        with self.assertRaises(psycopg2.errors.IntegrityError), mute_logger("odoo.sql_db"):
            self.clerk.unlink()

    def test_the_log_is_seen_by_managers_of_the_company_only(self):
        self.guest.with_user(self.clerk).write({"comment": "x"})
        entry = self._entries()
        self.assertEqual(self.log.with_user(self._make_user("manager")).search([("id", "=", entry.id)]), entry)
        stranger = self._make_user("manager", self.other_hotel)
        self.assertFalse(self.log.with_user(stranger).search([("id", "=", entry.id)]))
        for role in ("front_office", "marketing", "finance", "service", "call_supervisor"):
            with self.assertRaises(AccessError):
                self.log.with_user(self._make_user(role)).search([])

    def test_the_page_of_a_guest_leads_to_the_entries(self):
        self.guest.write({"comment": "x"})
        action = self.guest.hotel_access_log_action()
        self.assertEqual(self.log.search(action["domain"], limit=1), self._entries())
        with Form(self.log.browse(self.log.search(action["domain"], limit=1).id)) as form:
            self.assertEqual(form.action, "write")


@tagged("post_install", "-at_install")
class TestOrigin(LogCase, HttpCase):
    def test_reading_through_the_web_client_notes_client_and_address(self):
        self.clerk.password = "a-long-password-1"
        self.authenticate(self.clerk.login, "a-long-password-1")
        self._entries()
        result = self.make_jsonrpc_request(
            "/web/dataset/call_kw/res.partner/web_read",
            {
                "model": "res.partner",
                "method": "web_read",
                "args": [self.guest.ids, SPEC],
                "kwargs": {"context": {"hotel_log_source": "front_desk"}},
            },
        )
        self.assertEqual(result[0]["name"], "Ana Costa")
        entry = self._entries().filtered(lambda entry: entry.partner_id == self.guest)
        self.assertEqual((entry.action, entry.origin, entry.address), ("open", "desk", "127.0.0.1"))
        self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": "res.partner", "method": "read", "args": [self.guest.ids, ["phone"]], "kwargs": {}},
        )
        entry = self._entries().filtered(lambda entry: entry.partner_id == self.guest)
        self.assertEqual((entry.action, entry.origin), ("open", "client"))

    def test_reading_through_the_api_is_noted_as_such(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.clerk)
            .sudo()
            ._generate(None, "test", fields.Datetime.now() + relativedelta(days=1))
        )
        self._entries()
        response = self.url_open(
            "/json/2/res.partner/search_read",
            json={"domain": [["id", "=", self.guest.id]], "fields": ["phone"]},
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(response.status_code, 200, response.text)
        entry = self._entries().filtered(lambda entry: entry.partner_id == self.guest)
        self.assertEqual((entry.action, entry.origin), ("list", "api"))
