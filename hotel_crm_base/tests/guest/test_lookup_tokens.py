from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ... import names
from ...models.guest import hotel_guest_token
from ...models.guest import hotel_guest_token_refresh as refresh
from ..common import ROLES, HotelCase

DAY_ONE = date(1970, 1, 1)


@tagged("post_install", "-at_install")
class TestLookupTokens(HotelCase):
    """The look-up tables follow the contacts and the stays, by hooks and in bulk."""

    def _rows(self, guest):
        """Return the tokens that are stored for a guest, as `names.tokens` gives them."""
        kinds = {number: kind for kind, number in names.KIND_NUMBERS.items()}
        rows = self.env.execute_query(
            SQL("SELECT kind, token FROM hotel_guest_token WHERE partner_id = %s", guest.id)
        )
        lines = self.env.execute_query(SQL("SELECT line FROM hotel_guest_line WHERE partner_id = %s", guest.id))
        return sorted([(kinds[kind], token) for kind, token in rows] + [(names.TEXT, line) for (line,) in lines])

    def _expected(self, guest):
        contact = (guest.name, guest.phone_sanitized or guest.phone, guest.email_normalized or guest.email)
        return sorted(names.tokens(*contact, guest.hotel_guest_code))

    def _seen(self, guest):
        """Return the days that the rows of a guest say he or she was seen, without repeats."""
        rows = self.env.execute_query(
            SQL(
                """SELECT seen FROM hotel_guest_token WHERE partner_id = %(id)s
                   UNION SELECT seen FROM hotel_guest_line WHERE partner_id = %(id)s""",
                id=guest.id,
            )
        )
        return [DAY_ONE.fromordinal(DAY_ONE.toordinal() + days) for (days,) in rows]

    def _check(self, *guests):
        for guest in guests:
            self.assertTrue(self._rows(guest))
            self.assertEqual(self._rows(guest), self._expected(guest), guest.name)

    # ---- hooks ------------------------------------------------------------------------------

    def test_tokens_follow_what_is_written(self):
        guest = self._make_guest("王伟", phone="+8613912345678", email="wei@example.com")
        self._check(guest)
        for values in (
            {"name": "王伟 David"},
            {"phone": "+351912345678"},
            {"email": "Other <other@example.com>"},
            {"phone": False, "email": False},
            {"name": "Ana\tCosta \\ \n Silva"},
        ):
            guest.write(values)
            self._check(guest)

    def test_only_what_differs_is_written(self):
        guest = self._make_guest("Ana Costa", phone="+351912345678")
        query = SQL("SELECT id, token FROM hotel_guest_token WHERE partner_id = %s", guest.id)
        before = dict(self.env.execute_query(query))
        guest.name = "Ana Silva"
        after = dict(self.env.execute_query(query))
        kept = {token_id for token_id, token in before.items() if after.get(token_id) == token}
        self.assertEqual({before[token_id] for token_id in before if token_id not in kept} & {"ana"}, set())
        self.assertIn("351912345678", {before[token_id] for token_id in kept})

    def test_many_at_once_cost_few_queries(self):
        values = [{"name": f"Ana {number}", "is_hotel_guest": True} for number in range(40)]
        guests = self.env["res.partner"].create(values)
        self._check(*guests)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        guests._refresh_hotel_tokens()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 4)

    def test_contacts_that_are_no_guests_have_none(self):
        contact = self.env["res.partner"].create({"name": "Ana Costa"})
        self.assertFalse(self._rows(contact))
        contact.is_hotel_guest = True
        self._check(contact)
        contact.is_hotel_guest = False
        self.assertFalse(self._rows(contact))

    def test_archived_and_deleted_guests_have_none(self):
        guest, other = self._make_guest("Ana Costa"), self._make_guest("Rui Sousa")
        guest.action_archive()
        other.unlink()
        self.assertFalse(self._rows(guest) or self._rows(other))
        guest.action_unarchive()
        self._check(guest)

    def test_a_merged_guest_is_found_by_what_remains(self):
        guest, other = self._make_guest("Ana Costa"), self._make_guest("Anna Costa")
        self._make_stay(other, arrival=date(2026, 4, 1), state="departed")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((guest | other).ids, guest)
        self.assertFalse(other.exists())
        self._check(guest)
        self.assertEqual(self._rows(other), [])
        self.assertEqual(self._seen(guest), [date(2026, 4, 1)])

    # ---- recency ----------------------------------------------------------------------------

    def test_a_guest_was_seen_at_the_last_arrival_else_when_registered(self):
        guest = self._make_guest("Ana Costa", hotel_registered_at="2024-02-29 23:00:00")
        self.assertEqual(self._seen(guest), [date(2024, 2, 29)])
        self._make_stay(guest, arrival=date(2026, 1, 5), state="departed")
        self._make_stay(guest, arrival=date(2025, 1, 5), state="departed")
        stay = self._make_stay(guest, arrival=date(2026, 3, 1), state="booked")
        self.assertEqual(self._seen(guest), [date(2026, 1, 5)])
        stay.state = "in_house"
        self.assertEqual(self._seen(guest), [date(2026, 3, 1)])
        stay.arrival_date = date(2026, 2, 1)
        self.assertEqual(self._seen(guest), [date(2026, 2, 1)])
        other = self._make_guest("Rui Sousa", hotel_registered_at="2024-01-01 00:00:00")
        stay.partner_id = other
        self.assertEqual((self._seen(guest), self._seen(other)), ([date(2026, 1, 5)], [date(2026, 2, 1)]))

    def test_recency_is_refreshed_for_some_or_all(self):
        guests = self._make_guest("Ana Costa") | self._make_guest("Rui Sousa")
        for guest in guests:
            self._make_stay(guest, arrival=date(2026, 1, 5), state="departed")
        for some in (guests.ids, None):
            for table in ("hotel_guest_token", "hotel_guest_line"):
                self.env.cr.execute(SQL("UPDATE %s SET seen = 0", SQL.identifier(table)))
            self.env["hotel.guest.token"]._refresh_recency(some)
            self.assertEqual([self._seen(guest) for guest in guests], [[date(2026, 1, 5)]] * 2)

    # ---- bulk -------------------------------------------------------------------------------

    def test_bulk_writes_what_the_hooks_write(self):
        values = [
            {"name": name, "is_hotel_guest": True, "phone": "+351912345678", "email": f"a{number}@example.com"}
            for number, name in enumerate(("王伟", "Nguyễn Văn Minh", "Ana\\Costa", "🦄", "O'Brien"))
        ]
        guests = self.env["res.partner"].create(values)
        expected = [self._rows(guest) for guest in guests]
        tokens = self.env["hotel.guest.token"]
        self.env.cr.execute("DELETE FROM hotel_guest_token; DELETE FROM hotel_guest_line")
        rows = (
            (guest.id, 20000 + number, guest.name, guest.phone_sanitized, guest.email, guest.hotel_guest_code)
            for number, guest in enumerate(guests)
        )
        tokens._copy_tokens(rows)
        self.env.cr.flush()
        self.assertEqual([self._rows(guest) for guest in guests], expected)
        self.assertEqual([self._seen(guest) for guest in guests], [[date(2024, 10, day)] for day in range(4, 9)])

    def test_bulk_writes_every_row_of_many_batches(self):
        self._patch(hotel_guest_token, "MOST_WAITING", 2000)
        rows = [(10**8 + number, 0, f"Ana {number}", None, None, None) for number in range(4500)]
        self.env["hotel.guest.token"]._copy_tokens(iter(rows))
        query = SQL("SELECT COUNT(*), COUNT(DISTINCT partner_id) FROM hotel_guest_line WHERE partner_id >= %s", 10**8)
        self.assertEqual(self.env.execute_query(query), [(4000, 4000)])
        self.env.cr.flush()
        self.assertEqual(self.env.execute_query(query), [(4500, 4500)])

    def test_bulk_tokens_wait_for_stays_but_not_longer_than_a_look_up(self):
        guest = self._make_guest("Ana Costa")
        tokens, row = self.env["hotel.guest.token"], (guest.id, 20000, "Ana Costa", None, None, None)
        for look in (
            self.env.cr.flush,
            lambda: self.env["res.partner"].hotel_lookup("x"),
            lambda: tokens.search([], limit=1),
            lambda: tokens._refresh_partners(guest.ids),
            lambda: tokens._refresh_recency(),
        ):
            self.env.cr.execute("DELETE FROM hotel_guest_token; DELETE FROM hotel_guest_line")
            tokens._copy_tokens([row])
            self._make_stay(guest, arrival=date(2026, 1, 5), state="departed")
            self.assertFalse(self._rows(guest))
            look()
            self.assertTrue(self._rows(guest))
            self.assertEqual(self._seen(guest), [date(2026, 1, 5)])

    def test_a_refresh_of_all_mends_everything_step_by_step(self):
        values = [{"name": f"Ana {number}", "is_hotel_guest": True} for number in range(7)]
        guests = self.env["res.partner"].create(values)
        tokens = self.env["hotel.guest.token"]
        tokens._copy_tokens([(10**8, 0, "Gone", None, None, None)])
        wrong, missing = tuple(guests.ids[:3]), tuple(guests.ids[4:])
        self.env.cr.execute(SQL("UPDATE hotel_guest_token SET token = 'x' WHERE partner_id IN %s", wrong))
        self.env.cr.execute(SQL("DELETE FROM hotel_guest_line WHERE partner_id IN %s", missing))
        self._patch(refresh, "STEP", 3)
        left, parameters = [], self.env["ir.config_parameter"]

        def commit_progress(_cron, _count=0, remaining=0, **_options):
            left.append(remaining)
            return len(left) % 2  # broken off after every second step

        self._patch(self.env.registry["ir.cron"], "_commit_progress", commit_progress)
        tokens._refresh_all()
        runs = 0
        while parameters.get_param(refresh.CURSOR):
            tokens._cron_refresh_tokens()
            runs += 1
        self.assertGreater(runs, 1)
        self.assertEqual(left, sorted(left, reverse=True))
        self.assertEqual(left[-1], 0)
        self._check(*guests)
        self.assertFalse(self._rows(self.env["res.partner"].browse(10**8)))
        tokens._cron_refresh_tokens()
        self.assertEqual(left[-1], 0)

    # ---- rights -----------------------------------------------------------------------------

    def test_nobody_writes_tokens(self):
        guest = self._make_guest("Ana Costa")
        row = {"partner_id": guest.id, "kind": 1, "token": "x", "seen": 1}
        for role in ROLES:
            user = self._make_user(role)
            for model, values in (("hotel.guest.token", row), ("hotel.guest.line", {"partner_id": 1, "line": "x"})):
                records = self.env[model].with_user(user)
                found = self.env[model].search([], limit=1).with_user(user)
                for action in (lambda r=records, v=values: r.create(v), lambda f=found: f.unlink()):
                    with self.assertRaises(AccessError):
                        action()
                with self.assertRaises(AccessError):
                    found.write({"seen": 1})
                if role != "admin":
                    with self.assertRaises(AccessError):
                        records.search([])

    def test_staff_who_write_guests_keep_tokens_without_rights_on_them(self):
        guest = self._make_guest("Ana Costa")
        guest.with_user(self._make_user("front_office")).write({"name": "Ana Silva"})
        self._check(guest)
