"""How often the public pages may be used: counted in the database, so that all workers count together."""

import hashlib
import hmac
from datetime import datetime, timedelta

from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# kind of use -> (times by one session, guest or booking; times from one address; in seconds).
# A hotel's Wi-Fi is one address for all its guests: the second number is a ceiling, which an
# administrator moves by the system parameter hotel_crm_base.rate_limit_<kind>_address; the first
# one is moved by hotel_crm_base.rate_limit_<kind>.
LIMITS = {
    "look": (120, 6000, 60),
    "book": (12, 600, 600),
    "find": (5, 200, 900),
    "link": (20, 1000, 600),
    "act": (60, 3000, 600),
    "send": (3, 300, 3600),
    "case": (10, 3000, 600),
    # answers to the open link of a survey: the second number stops who votes on and on, not a hotel's guests
    "survey": (12, 60, 3600),
    # a copy of all that is known of a guest is dear to make
    "privacy": (20, 1000, 3600),
    "code": (20, 1000, 900),
    "code_api": (100, 0, 900),
    "api": (600, 0, 60),
    # failed sign-ins: at one login from one address, and from all that the user has not signed in from
    "sign_in": (5, 200, 900),
    "sign_in_login": (30, 0, 3600),
    # links to a new password: to one account, and asked for from one address
    "reset": (3, 60, 3600),
    # new accounts and new passwords of links
    "sign_up": (10, 60, 3600),
    # proofs of identity typed into the voice menu, by the caller's number
    "voice": (6, 0, 3600),
}


class HotelRateLimit(models.Model):
    """How often one subject did one thing in one period; who it is, the key does not tell."""

    _name = "hotel.rate.limit"
    _description = "Uses Counted for a Limit"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, help="A digest of what was done and by whom.")
    started_at = fields.Datetime(required=True, help="Begin of the period.")
    hits = fields.Integer(required=True)

    _once = models.UniqueIndex("(key, started_at)", "A period of a key stands here once.")
    _started_idx = models.Index("(started_at)")

    @api.model
    def _spend(self, kind, subject, address=""):
        """Count one use and say how long to wait before the next one is allowed.

        The subject goes first: who has used up his own number does not use up his neighbours'.

        :param str kind: a key of LIMITS
        :param str subject: what tells one user from another: a session, a guest, a booking
        :param str address: where the request comes from; empty where it does not matter
        :return: seconds to wait; 0 where this use is allowed
        :rtype: int
        """
        return self._spend_all([(kind, subject)], address)

    @api.model
    def _spend_or_refuse(self, kind, subject, address=""):
        """Count one use, as ``_spend`` does, and end the call where it is one too many.

        :raises UserError: it says how long to wait
        """
        wait = self._spend(kind, subject, address)
        if wait:
            raise UserError(self.env._("Too many requests. Please try again in %s minutes.", -(-wait // 60)))

    @api.model
    def _spend_all(self, uses, address=""):
        """Count one use of each of several kinds, and say how long to wait before all of them are allowed.

        They are counted in their order, and none behind the first one that is not allowed.

        :param list[tuple[str, str]] uses: kind and subject, as of ``_spend``
        :rtype: int
        """
        now = fields.Datetime.now()
        asked = [(LIMITS[kind][2], *each) for kind, subject in uses for each in self._get_asked(kind, subject, address)]
        with self.env.registry.cursor() as cr:
            found = self._query_hits(cr, [(self._get_key(text), most, seconds) for seconds, text, most in asked], now)
        for used, (seconds, _text, most) in zip(found, asked, strict=False):
            if used > most:
                return seconds - self._get_period(seconds, now)[0]
        return 0

    @api.model
    def _get_period(self, seconds, now):
        """Return how many seconds of the period have passed, and when it began."""
        passed = int((now - datetime(1970, 1, 1)).total_seconds()) % seconds
        return passed, now.replace(microsecond=0) - timedelta(seconds=passed)

    @api.model
    def _get_asked(self, kind, subject, address):
        """Return what is counted, and how often each is allowed.

        :rtype: list[tuple[str, int]]
        """
        times, ceiling, _seconds = LIMITS[kind]
        asked = [(f"{kind}|subject|{subject}", self._get_ceiling(kind, times))]
        if address:
            asked.append((f"{kind}|address|{address}", self._get_ceiling(f"{kind}_address", ceiling)))
        return asked

    @api.model
    def _get_wait(self, kind, subject, address=""):
        """Say how long to wait before one more use would be allowed, and count none.

        :return: seconds; see ``_spend``
        :rtype: int
        """
        seconds, wait = LIMITS[kind][2], 0
        passed, started = self._get_period(seconds, fields.Datetime.now())
        with self.env.registry.cursor() as cr:
            for text, most in self._get_asked(kind, subject, address):
                cr.execute(
                    SQL(
                        "SELECT started_at = %s, hits FROM hotel_rate_limit WHERE key = %s AND started_at >= %s",
                        started, self._get_key(text), started - timedelta(seconds=seconds),
                    )
                )  # fmt: skip
                used = sum(hits * (1 if is_now else 1 - passed / seconds) for is_now, hits in cr.fetchall())
                wait = max(wait, 0 if used < most else seconds - passed)
        return wait

    @api.model
    def _get_ceiling(self, kind, ceiling):
        """Return how often a kind of use is allowed: as an administrator says, else the ceiling given."""
        # parameters are closed to visitors
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param(f"hotel_crm_base.rate_limit_{kind}") or ""
        return int(text) if text.isdecimal() else ceiling

    @api.model
    def _get_key(self, text):
        """Return a digest from which nobody reads an address, a session or a number.

        :rtype: str
        """
        # as above
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:40]

    @api.model
    def _get_counting_start(self, cr):
        """Return what stands before a statement that counts: it goes to the database together with it.

        Counting is not done in the transaction of the request: what is undone there was tried nevertheless, and
        nobody who comes from the same address is to wait until the request has ended.

        :rtype: SQL
        """
        if cr.connection.get_transaction_status() != TRANSACTION_STATUS_IDLE:
            return SQL()
        # each statement sees what others have counted meanwhile, instead of failing; a count that is lost with the
        # machine is no harm
        return SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off;")

    @api.model
    def _query_hits(self, cr, asked, now):
        """Count one use of each key, none behind the first that has used more than it may; return how much each has.

        SQL: adding to a number and reading it has to be one step for all workers. The period before
        counts by the share of it that lies within the last seconds: limits have no seam.

        :param list[tuple[str, int, int]] asked: key, most uses, seconds
        :rtype: list[float]: of the keys that were counted
        """
        steps, before = [], SQL("TRUE")
        for number, (key, most, seconds) in enumerate(asked):
            passed, started = self._get_period(seconds, now)
            name = SQL.identifier(f"hit_{number}")
            steps.append(
                SQL(
                    """%s AS (INSERT INTO hotel_rate_limit AS h (key, started_at, hits) SELECT %s, %s, 1 WHERE %s
                           ON CONFLICT (key, started_at) DO UPDATE SET hits = h.hits + 1
                           RETURNING hits + %s * coalesce((SELECT hits FROM hotel_rate_limit
                                      WHERE key = %s AND started_at = %s), 0) AS used)""",
                    name, key, started, before, 1 - passed / seconds, key, started - timedelta(seconds=seconds),
                )
            )  # fmt: skip
            before = SQL("(SELECT used FROM %s) <= %s", name, most)
        shown = [SQL("SELECT %s AS n, used FROM %s", n, SQL.identifier(f"hit_{n}")) for n in range(len(asked))]
        ends = (SQL(", ").join(steps), SQL(" UNION ALL ").join(shown))
        cr.execute(SQL("%s WITH %s SELECT used FROM (%s) AS hit ORDER BY n", self._get_counting_start(cr), *ends))
        return [float(used) for (used,) in cr.fetchall()]

    @api.autovacuum
    def _gc_counts(self):
        """Forget periods that no limit looks at any more."""
        longest = max(seconds for _times, _ceiling, seconds in LIMITS.values())
        old = self.search([("started_at", "<", fields.Datetime.now() - timedelta(seconds=2 * longest))], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
