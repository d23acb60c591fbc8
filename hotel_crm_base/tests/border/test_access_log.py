from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.guest import hotel_guest_trace_mixin
from ..concurrency import ConcurrencyCase
from .access_log_common import SPEC, LogCase


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

    def test_a_printed_paper_is_an_export(self):
        report = self.env["ir.actions.report"].create(
            {"name": "Labels", "model": "res.partner", "report_name": "hotel.labels", "report_type": "qweb-html"}
        )
        report._get_rendering_context(report, (self.guest | self.contact).ids, {})
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.partner_ids, entry.field_names), ("export", self.guest, "hotel.labels"))
        self.guest._get_vcard_file()
        self.assertNoted(("export", self.guest))

    def test_who_sees_no_guest_searches_them_in_vain_and_leaves_an_entry(self):
        self._call("web_search_read", [("name", "=", "Nobody of this name")], SPEC)
        [entry] = self._entries()
        self.assertEqual((entry.action, entry.guest_count, entry.partner_id.id), ("search", 0, False))


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


@tagged("post_install", "-at_install")
class TestRefused(ConcurrencyCase):
    def test_a_refused_attempt_is_noted_although_the_call_fails(self):
        guest = self._make_guest("Secret Star", company_id=self.other_company.id)
        clerk = self._make_user("front_office")
        self.cr.commit()
        with (
            self._connect(clerk) as env,
            patch.object(hotel_guest_trace_mixin, "request", True),
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            env["res.partner"].browse(guest.id).web_read(SPEC)
        self.cr.rollback()
        entry = self.env["hotel.access.log"].search([("partner_id", "=", guest.id)], limit=1)
        self.assertEqual((entry.action, entry.user_id), ("refused", clerk))
        self.assertEqual(entry.field_names, "hotel_birth_date,name,phone")
