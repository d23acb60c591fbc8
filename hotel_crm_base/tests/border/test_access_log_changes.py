import psycopg2
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ... import guards
from ...models.border.hotel_access_log import MONTHS_PARAMETER
from .access_log_common import SPEC, LogCase


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
            raise UserError(self.guest.name)
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
