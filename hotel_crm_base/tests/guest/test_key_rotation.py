import os
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base import vault
from odoo.addons.hotel_crm_base.models.guest import hotel_data_key

from ..common import HotelCase
from .identity_numbers import LI, WANG, make_cn_id
from .key_files import NEW, OLD, OwnKeyFile


@tagged("post_install", "-at_install")
class TestKeyRotation(OwnKeyFile, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._use_own_key_file()
        cls.keys = cls.env["hotel.data.key"]
        cls.documents = cls.env["hotel.guest.document"]
        cls.documents.search([]).unlink()
        cls.keys.search([]).unlink()
        with patch.object(cls.registry, "ready", False):  # in this transaction, as while installing
            cls.keys._get_wrapped_keys()
        cls.admin = cls._make_user("admin")
        cls.guest = cls._make_guest()
        cls.numbers = [make_cn_id(order) for order in range(1, 8)]
        for number in cls.numbers:
            cls._make_document(cls.guest, number)
        cls.documents = cls.documents.search([("partner_id", "=", cls.guest.id)])

    def setUp(self):
        super().setUp()
        self.addCleanup(self._set_key_file, OLD)

    def _run_job(self):
        job = self.env.ref("hotel_crm_base.ir_cron_reencrypt")
        with self.enter_registry_test_mode(), self.assertNoLogs("odoo.addons.base", "ERROR"):
            job.method_direct_trigger()
        self.env.invalidate_all()

    def _get_states(self, purpose):
        keys = self.keys.search([("purpose", "=", purpose)])
        keys.invalidate_recordset(["pending_count"])
        return {key.version: (key.state, key.pending_count) for key in keys}

    def _assert_all_readable(self):
        self.assertEqual([self._reveal(document) for document in self.documents], self.numbers)
        for number in self.numbers[:2]:
            found = self.documents._find_partner_ids_by_number(number)
            self.assertEqual(found, self.guest.ids)

    # ---- data and index keys ----------------------------------------------------------------

    def test_the_first_keys_are_made_when_needed_and_wrapped_for_the_key_file(self):
        keys = self.keys.search([])
        self.assertEqual(sorted(keys.mapped("purpose")), ["data", "index"])
        self.assertEqual(set(keys.mapped("fingerprint")), {vault.KeyFile.from_pem(OLD).fingerprint})
        self.assertFalse(any(keys.mapped("problem")))
        self.assertEqual(self._get_states("data"), {1: ("active", 7)})

    def test_a_replaced_data_key_goes_over_all_values_then_retires(self):
        before = self.documents.mapped("number_enc")
        self.keys.with_user(self.admin).action_replace_data_key()
        self.assertEqual(self._get_states("data"), {1: ("retiring", 7), 2: ("active", 0)})
        self._assert_all_readable()
        self._make_document(self.guest, LI)
        self.assertEqual(self._get_states("data"), {1: ("retiring", 7), 2: ("active", 1)})
        self._run_job()
        self.assertEqual(self._get_states("data"), {1: ("retired", 0), 2: ("active", 8)})
        self.assertFalse(set(before) & set(self.documents.mapped("number_enc")))
        self._assert_all_readable()

    def test_a_replaced_index_key_keeps_numbers_found_at_every_moment(self):
        self.keys.with_user(self.admin).action_replace_index_key()
        self._assert_all_readable()
        self.assertEqual(self._get_states("index"), {1: ("retiring", 7), 2: ("active", 0)})
        self._run_job()
        self.assertEqual(self._get_states("index"), {1: ("retired", 0), 2: ("active", 7)})
        self._assert_all_readable()
        self.assertTrue(all(blind.startswith("2:") for blind in self.documents.mapped("number_bidx")))

    def test_uniqueness_holds_while_the_index_key_is_being_replaced(self):
        held = self.documents[0]
        held.action_verify()
        self.keys.action_replace_index_key()
        late = self._make_document(self._make_guest(), self.numbers[0])
        late.action_verify()
        self.assertEqual((late.state, late.clash_document_id), ("clash", held))
        self._run_job()
        self.assertEqual((late.state, held.state), ("clash", "verified"))

    def test_a_document_verified_under_the_old_index_moves_to_the_new_one(self):
        self.keys.action_replace_index_key()
        self.documents[0].action_verify()
        self.assertTrue(self.documents[0].number_bidx.startswith("2:"))

    def test_two_verified_documents_that_meet_under_the_new_index_become_a_clash(self):
        held, other = self.documents[0], self._make_document(self._make_guest(), self.numbers[0])
        held.action_verify()
        self.keys.action_replace_index_key()
        ring = self.keys._get_keyring()
        columns = other._fields["number"].prepare_columns(other, ring, self.numbers[0])
        other.write({**columns, "state": "verified"})  # as by a process with older keys
        with mute_logger("odoo.sql_db"):
            self._run_job()
        self.assertEqual((held.state, other.state), ("clash", "verified"))
        self.documents._gc_unsettled_clashes()  # after a commit, at once; a test has none
        self.assertEqual(held.clash_document_id, other)
        self.assertEqual(self._get_states("index")[1], ("retired", 0))
        self.assertEqual([self._reveal(document) for document in self.documents], self.numbers)

    def test_the_job_goes_on_where_it_was_stopped(self):
        self.keys.action_replace_data_key()
        work = self.env["hotel.reencryption"]
        ring = self.keys._get_keyring()
        field = self.documents._fields["number"]
        ids = work._query_stale(self.documents, field, ring, 0, 3)
        self.assertEqual(ids, sorted(self.documents.ids)[:3])
        work._reencrypt(self.documents.browse(ids), field, ring)
        self.assertEqual(self._get_states("data"), {1: ("retiring", 4), 2: ("active", 3)})
        self._run_job()
        self.assertEqual(self._get_states("data"), {1: ("retired", 0), 2: ("active", 7)})
        self._assert_all_readable()

    def test_the_count_in_sql_is_that_of_the_records(self):
        self.keys.action_replace_data_key()
        self._make_document(self.guest, LI)
        for version in (1, 2):
            by_orm = self.documents.search_count([("number_enc", "=like", f"v{version}:%")])
            self.assertEqual(self.env["hotel.reencryption"]._query_count("data", version), by_orm)

    def test_a_damaged_value_stays_behind_and_the_rest_moves(self):
        damaged = self.documents[3]
        damaged.number_enc = damaged.number_enc[:-8] + "AAAAAAA="
        self.keys.action_replace_data_key()
        with self.assertLogs("odoo.addons.hotel_crm_base", "ERROR") as log:
            self._run_job()
        self.assertIn(str(damaged.id), "".join(log.output))
        self.assertEqual(self._get_states("data"), {1: ("retiring", 1), 2: ("active", 6)})
        with self.assertRaisesRegex(UserError, "damaged"), mute_logger("odoo.addons.hotel_crm_base"):
            damaged.action_verify()
            with self.keys._user_errors():
                self._reveal(damaged)
        damaged.number = self.numbers[3]
        self._run_job()
        self.assertEqual(self._get_states("data"), {1: ("retired", 0), 2: ("active", 7)})
        self._assert_all_readable()

    def test_a_job_without_the_key_file_changes_nothing_and_does_not_fail(self):
        self.keys.action_replace_data_key()
        self._set_key_file(NEW)
        with self.assertLogs("odoo.addons.hotel_crm_base", "ERROR"):
            self._run_job()
        self._set_key_file(OLD)
        self.assertEqual(self._get_states("data"), {1: ("retiring", 7), 2: ("active", 0)})
        self._assert_all_readable()

    def test_only_administrators_replace_keys(self):
        manager = self._make_user("manager")
        for name in ("action_replace_data_key", "action_replace_index_key", "action_rewrap"):
            with self.assertRaises(AccessError):
                getattr(self.keys.with_user(manager), name)()

    # ---- the RSA pair -----------------------------------------------------------------------

    def test_the_rsa_pair_is_exchanged_without_a_gap(self):
        self._set_key_file(NEW + OLD)
        self._assert_all_readable()
        self.keys.with_user(self.admin).action_rewrap()
        self._assert_all_readable()
        self._set_key_file(NEW)
        self._assert_all_readable()
        fingerprint = vault.KeyFile.from_pem(NEW).fingerprint
        self.assertEqual(set(self.keys.search([]).mapped("fingerprint")), {fingerprint})
        self._set_key_file(OLD)
        with self.assertRaises(vault.WrongKey):
            self._reveal(self.documents[0])
        self._set_key_file(OLD + NEW)
        self.keys.action_rewrap()
        self._set_key_file(OLD)
        self._assert_all_readable()

    def test_a_pair_is_not_exchanged_while_the_old_one_is_missing(self):
        self._set_key_file(NEW)
        before = self.keys.search([]).mapped("fingerprint")
        for action in (self.keys.action_rewrap, self.keys.action_replace_data_key):
            with self.assertRaisesRegex(UserError, "right file back"), self.assertLogs(level="ERROR"):
                action()
        self.assertEqual(self.keys.search([]).mapped("fingerprint"), before)
        self._set_key_file(OLD)
        self._assert_all_readable()

    # ---- a wrong, missing, damaged or open key file -----------------------------------------

    def _assert_numbers_out_of_reach(self, sentence):
        clerk = self.documents[0].with_user(self._make_user("front_office"))
        self.assertTrue(clerk.read(["number_hint", "number_warning", "state"]))
        clerk.name_on_document = "WANG WEI"
        for action in (lambda: clerk.write({"number": WANG}), clerk.action_verify):
            with self.assertRaisesRegex(UserError, sentence), self.assertLogs(level="ERROR"):
                action()
        self.assertTrue(all(problem and sentence in problem for problem in self.keys.search([]).mapped("problem")))

    def test_a_wrong_key_file_is_told_with_what_to_do(self):
        self._set_key_file(NEW)
        self._assert_numbers_out_of_reach("right file back")
        self.assertEqual(len(self.keys.search([])), 2)

    def test_a_lost_key_file_is_told_with_what_to_do(self):
        os.unlink(self.key_path)
        self._assert_numbers_out_of_reach("HOTEL_CRM_KEY_FILE")

    def test_a_damaged_key_file_is_told_with_what_to_do(self):
        self._set_key_file(OLD[:-200])
        self._assert_numbers_out_of_reach("restore it from a backup")

    def test_a_key_file_open_to_others_is_told_with_what_to_do(self):
        self._set_key_file(OLD, mode=0o644)
        self._assert_numbers_out_of_reach("chmod 600")

    def test_no_key_is_made_for_a_database_that_has_keys(self):
        self._set_key_file(NEW)
        with self.assertRaises(vault.WrongKey):
            self.keys._get_keyring().encrypt("x", "y")
        self.assertEqual(len(self.keys.search([])), 2)

    def test_the_configuration_file_may_name_the_key_file(self):
        with patch.dict(os.environ), patch.dict(hotel_data_key.config.options, hotel_crm_key_file=self.key_path):
            del os.environ["HOTEL_CRM_KEY_FILE"]
            self._assert_all_readable()

    def test_the_key_file_is_read_once_and_again_when_it_changes(self):
        self.keys._get_keyring()
        with patch.object(vault.KeyFile, "from_pem", side_effect=AssertionError("read again")):
            self.keys._get_keyring()
        ring = self.keys._get_keyring()
        self._set_key_file(NEW + OLD)
        self.assertIsNot(self.keys._get_keyring(), ring)

    def test_no_secret_is_in_the_database_or_the_parameters(self):
        self.env.flush_all()
        raw = vault.KeyFile.from_pem(OLD).unwrap(self.keys.search([])[0]._as_wrapped()).hex()
        for table in ("hotel_data_key", "ir_config_parameter"):
            self.env.cr.execute(f"SELECT string_agg(row_to_json(t)::text, ' ') FROM {table} t")
            text = self.env.cr.fetchone()[0]
            self.assertNotIn(raw, text)
            self.assertNotIn("PRIVATE KEY", text)
