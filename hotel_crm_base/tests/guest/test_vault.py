import doctest
import os
import stat
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.hotel_crm_base import identity, keyfile, vault
from odoo.addons.hotel_crm_base.models.guest.hotel_guest_document import TYPES
from odoo.addons.hotel_crm_base.models.guest.identity_messages import MESSAGES

from .identity_numbers import make_cn_id

OLD, NEW = vault.new_private_pem(bits=2048), vault.new_private_pem(bits=2048)
FIELD = "hotel.guest.document.number"


def open_ring(pem=OLD):
    pair = vault.KeyFile.from_pem(pem)
    return vault.Keyring(pair, [pair.new_key("data", 1), pair.new_key("index", 1)])


RING = open_ring()


class TestVault(BaseCase):
    def test_the_examples_of_the_engines_hold(self):
        for module in (vault, keyfile, identity):
            self.assertFalse(doctest.testmod(module).failed, module.__name__)

    @settings(deadline=None, max_examples=60)
    @given(st.text(max_size=400))
    def test_what_was_encrypted_comes_back(self, text):
        token = RING.encrypt(text, FIELD)
        self.assertEqual(RING.decrypt(token, FIELD), text)
        self.assertTrue(token.isascii())

    @settings(deadline=None, max_examples=60)
    @given(st.binary(max_size=4000))
    def test_bytes_come_back_too(self, data):
        self.assertEqual(RING.decrypt_bytes(RING.encrypt_bytes(data, FIELD), FIELD), data)

    @settings(deadline=None, max_examples=100)
    @given(st.data())
    def test_any_changed_bit_is_noticed(self, data):
        sealed = bytearray(RING.encrypt_bytes(b"E12345678", FIELD))
        bit = data.draw(st.integers(min_value=3 * 8, max_value=len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8
        with self.assertRaises(vault.Damaged):
            RING.decrypt_bytes(bytes(sealed), FIELD)

    @settings(deadline=None, max_examples=200)
    @given(st.one_of(st.text(max_size=60), st.from_regex(r"v1:[A-Za-z0-9+/=]{0,60}", fullmatch=True)))
    def test_rubbish_is_damaged_and_nothing_worse(self, token):
        with self.assertRaises(vault.VaultError):
            RING.decrypt(token, FIELD)

    def test_the_same_text_never_looks_the_same_twice(self):
        self.assertEqual(len({RING.encrypt("E12345678", FIELD) for _again in range(50)}), 50)

    @settings(deadline=None, max_examples=60)
    @given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
    def test_blind_indexes_are_equal_where_values_are(self, one, other):
        equal = RING.blind(one, FIELD) == RING.blind(other, FIELD)
        self.assertEqual(equal, one == other)

    def test_a_blind_index_belongs_to_its_field_and_key(self):
        blind = RING.blind("E12345678", FIELD)
        self.assertRegex(blind, r"^1:[0-9a-f]{32}$")
        self.assertNotEqual(blind, RING.blind("E12345678", "other.field"))
        self.assertNotEqual(blind, open_ring().blind("E12345678", FIELD))

    def test_emptiness_has_no_blind_index(self):
        with self.assertRaises(ValueError):
            RING.blind("", FIELD)

    def test_a_keyring_without_the_right_rsa_key_says_so(self):
        key = vault.KeyFile.from_pem(OLD).new_key("data", 1)
        ring = vault.Keyring(vault.KeyFile.from_pem(NEW), [key])
        with self.assertRaisesRegex(vault.WrongKey, "wrapped for the RSA key"):
            ring.encrypt("E12345678", FIELD)

    def test_an_altered_wrapped_key_is_damaged(self):
        pair = vault.KeyFile.from_pem(OLD)
        key = pair.new_key("data", 1)
        for blob in (key.blob[:-8] + "AAAAAAA=", key.blob[5:], "%%%", ""):
            with self.assertRaises(vault.Damaged):
                vault.Keyring(pair, [key._replace(blob=blob)]).encrypt("E12345678", FIELD)

    def test_a_value_of_an_unknown_version_misses_its_key(self):
        with self.assertRaisesRegex(vault.KeyMissing, "version 9"):
            RING.decrypt("v9:" + RING.encrypt("E12345678", FIELD)[3:], FIELD)

    def test_a_keyring_reads_old_versions_and_writes_the_active_one(self):
        pair = vault.KeyFile.from_pem(OLD)
        first, index = pair.new_key("data", 1), pair.new_key("index", 1)
        token = vault.Keyring(pair, [first, index]).encrypt("E12345678", FIELD)
        keys = [
            first._replace(state="retiring"),
            pair.new_key("data", 2),
            index._replace(state="retiring"),
            pair.new_key("index", 2),
        ]
        ring = vault.Keyring(pair, keys)
        self.assertEqual(ring.decrypt(token, FIELD), "E12345678")
        self.assertFalse(ring.is_current(token))
        self.assertTrue(ring.encrypt("x", FIELD).startswith("v2:"))
        self.assertEqual([blind[:2] for blind in ring.blinds("x", FIELD)], ["2:", "1:"])

    def test_errors_never_hold_the_value(self):
        sealed = RING.encrypt("E12345678", FIELD)
        for token in (sealed[:-4] + "AAA=", "E12345678", "v1:E12345678"):
            with self.assertRaises(vault.VaultError) as caught:
                RING.decrypt(token, FIELD)
            self.assertNotIn("E12345678", str(caught.exception))


class TestKeyFile(BaseCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "key.pem")

    def _run(self, command):
        """Run the program as setup does: by its path, without Odoo."""
        program = Path(vault.__file__).with_name("vault.py")
        return subprocess.run(
            [sys.executable, "-B", "-S", "-c", self._without_odoo(program), command, self.path],
            capture_output=True,
            text=True,
            check=False,
        )

    def _without_odoo(self, program):
        site = os.path.dirname(os.path.dirname(keyfile.rsa.__file__)).split("cryptography")[0]
        return (
            f"import sys, runpy; sys.path[:0] = [{str(program.parent)!r}]; sys.path.append({site!r})\n"
            "sys.modules['odoo'] = None\n"
            f"sys.argv[0] = 'vault.py'; runpy.run_path({str(program)!r}, run_name='__main__')"
        )

    def test_a_new_key_file_is_for_its_owner_only(self):
        answer = self._run("newkey")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        self.assertEqual(answer.stdout.strip(), vault.KeyFile.load(self.path).fingerprint)

    def test_a_key_file_is_never_overwritten(self):
        self._run("newkey")
        before = Path(self.path).read_bytes()
        answer = self._run("newkey")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("never overwritten", answer.stderr)
        self.assertEqual(Path(self.path).read_bytes(), before)

    def test_a_second_key_goes_first_and_the_first_can_go(self):
        old = self._run("newkey").stdout.strip()
        both = self._run("addkey").stdout.split()
        self.assertEqual(both[1:], [old])
        self.assertEqual(self._run("show").stdout.split(), both)
        self.assertEqual(self._run("dropold").stdout.split(), both[:1])
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        self.assertEqual(os.listdir(os.path.dirname(self.path)), ["key.pem"])

    def test_a_mistaken_command_explains_itself(self):
        self.assertEqual(self._run("delete").returncode, 2)
        answer = self._run("addkey")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("cannot be read", answer.stderr)

    def test_a_file_that_others_may_read_is_refused(self):
        for mode in (0o644, 0o604, 0o660, 0o602):
            Path(self.path).write_bytes(OLD)
            os.chmod(self.path, mode)
            with self.assertRaises(vault.KeyFileUnsafe):
                vault.KeyFile.load(self.path)
        for mode in (0o600, 0o400, 0o640):
            os.chmod(self.path, mode)
            vault.KeyFile.load(self.path)

    def test_a_missing_file_is_a_missing_key(self):
        with self.assertRaises(vault.KeyMissing):
            vault.KeyFile.load(self.path)

    def test_damaged_files_are_damaged(self):
        half = OLD[: len(OLD) // 2]
        altered = OLD.replace(b"\nM", b"\n!", 1)
        for pem in (b"", b"hello", half, OLD + half, altered, OLD.replace(b"PRIVATE", b"PUBLIC")):
            with self.assertRaises(vault.Damaged, msg=pem[:40]):
                vault.KeyFile.from_pem(pem)


@tagged("post_install", "-at_install")
class TestIdentity(BaseCase):
    def test_every_refusal_has_a_sentence_that_is_translated(self):
        self.assertEqual({code: text._source for code, text in MESSAGES.items()}, identity.MESSAGES)
        self.assertEqual({kind for kind, _label in TYPES}, set(identity.KINDS))

    @settings(deadline=None, max_examples=100)
    @given(st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(1, 999))
    def test_an_identity_card_tells_birth_date_and_gender(self, born, order):
        number = make_cn_id(order, born.strftime("%Y%m%d"))
        facts = identity.check("cn_id", number.lower())
        self.assertEqual((facts.number, facts.birth_date), (number, born))
        self.assertEqual(facts.gender, "male" if order % 2 else "female")

    @settings(deadline=None, max_examples=100)
    @given(st.integers(0, 16), st.integers(1, 9))
    def test_any_single_wrong_digit_of_an_identity_card_is_noticed(self, position, step):
        number = make_cn_id(7)
        wrong = str((int(number[position]) + step) % 10)
        with self.assertRaises(identity.IdentityError):
            identity.check("cn_id", number[:position] + wrong + number[position + 1 :])

    @settings(deadline=None, max_examples=300)
    @given(st.sampled_from(sorted(identity.KINDS)), st.text(max_size=40))
    def test_any_text_is_read_or_refused_in_words(self, kind, text):
        try:
            facts = identity.check(kind, text, "CN")
        except identity.IdentityError as error:
            self.assertIn(error.code, identity.MESSAGES)
        else:
            self.assertEqual(identity.check(kind, facts.number, "CN").number, facts.number)

    @settings(deadline=None, max_examples=200)
    @given(st.text(max_size=80))
    def test_the_look_up_box_may_hold_anything(self, text):
        candidate = identity.as_candidate(text)
        self.assertTrue(candidate is None or candidate.forms)

    @settings(deadline=None, max_examples=100)
    @given(st.from_regex(r"[A-Z0-9]{1,30}", fullmatch=True))
    def test_a_mask_shows_three_characters_at_most_and_less_than_half(self, number):
        mask = identity.mask(number)
        self.assertEqual(len(mask), len(number))
        shown = len(mask.lstrip("*"))
        self.assertLessEqual(shown, 3)
        self.assertLess(shown, max(len(number) / 2, 1.1))

    def test_forms_of_the_kinds(self):
        good = {
            "hk_mo_permit": ["H12345678", "m 1234-5678", "H1234567801"],
            "tw_permit": ["01234567"],
            "cn_permanent": ["ABC123456789012", make_cn_id(3, place="911840")],
            "cn_residence": [make_cn_id(3, place="810000")],
            "passport": ["E12345678", "EJ1234567", "G12345678", "DE1234567", "P1234567"],
            "driver_licence": ["AB12345"],
            "other": ["12345"],
        }
        bad = {
            "hk_mo_permit": ["K12345678", "H1234567"],
            "tw_permit": ["1234567", "1234567890A"],
            "cn_permanent": ["ABC12345678901", make_cn_id(3)],
            "cn_residence": [make_cn_id(3)],
            "cn_id": [make_cn_id(3, place="810000"), "110105491231002", make_cn_id(1, "20270101")],
            "passport": ["X12345678", "E1234567", "EI1234567"],
            "other": ["1234", "护照12345"],
        }
        for kind, numbers in good.items():
            for number in numbers:
                identity.check(kind, number, "CN")
        for kind, numbers in bad.items():
            for number in numbers:
                with self.assertRaises(identity.IdentityError, msg=f"{kind} {number}"):
                    identity.check(kind, number, "CN", date(2026, 5, 1))

    def test_foreign_passports_are_letters_and_digits(self):
        for number in ("123456789", "AB1234567", "C01X00T47"):
            identity.check("passport", number, "DE")
        for number in ("12345", "1234567890", "ABCDEFGH"):
            with self.assertRaises(identity.IdentityError):
                identity.check("passport", number, "DE")
