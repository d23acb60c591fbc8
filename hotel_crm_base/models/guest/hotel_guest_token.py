import io
import operator

from odoo import api, fields, models
from odoo.tools import SQL

from ... import names

#: Guests whose tokens are worked out together; bounds the memory of a batch.
BATCH = 2000
#: New guests whose tokens wait for the end of the transaction at most.
MOST_WAITING = 20_000
#: Fields of a contact that its tokens follow from.
SOURCE_FIELDS = (
    "name",
    "phone",
    "phone_sanitized",
    "email",
    "email_normalized",
    "hotel_guest_code",
    "hotel_registered_at",
    "active",
    "is_hotel_guest",
)
STAY_FIELDS = ("partner_id", "arrival_date", "state")
#: Tables and their columns; the first three columns are those of one row of `_query_sources`.
TOKENS = ("hotel_guest_token", ("partner_id", "seen", "kind", "token"))
LINES = ("hotel_guest_line", ("partner_id", "seen", "line"))


class HotelGuestToken(models.Model):
    """One short string under which one guest is found, and when that guest was last seen.

    Nobody writes here but the system: the rows follow from the contact (`names.tokens`) and from
    the stays (`seen`). There is no foreign key, so that a million guests load fast and a merge of
    contacts does not carry tokens over.
    """

    _name = "hotel.guest.token"
    _description = "Guest Look-up Key"
    _log_access = False
    _rec_name = "token"

    partner_id = fields.Integer(string="Guest ID", required=True, aggregator=None)
    seen = fields.Integer(
        required=True,
        default=0,
        aggregator=None,
        help="Day of the last arrival, else of the registration, counted from 1970-01-01.",
    )
    kind = fields.Integer(required=True, aggregator=None, help="See KIND_NUMBERS in names.py.")
    token = fields.Char(required=True)

    # equal tokens in the order of recency, and prefixes, both without touching the table
    _token_idx = models.Index("(kind, token text_pattern_ops, seen DESC, partner_id DESC)")
    _partner_idx = models.Index("(partner_id)")

    @api.model
    def _refresh_partners(self, partner_ids):
        """Make the tokens of these contacts what their fields and stays say now.

        Contacts that are no guests, archived or gone lose theirs. Only what differs is written.

        :param list[int] partner_ids: any number; worked through in batches
        """
        self._flush_waiting()
        self._flush_sources()
        partner_ids = sorted(set(partner_ids))
        for start in range(0, len(partner_ids), BATCH):
            self._refresh_where(SQL("= ANY(%s)", partner_ids[start : start + BATCH]))

    @api.model
    def _refresh_range(self, first_id, last_id):
        """Do the same for all contacts with first_id <= id <= last_id; a few thousand at a time."""
        self._flush_waiting()
        self._flush_sources()
        self._refresh_where(SQL("BETWEEN %s AND %s", first_id, last_id))

    @api.model
    def _copy_tokens(self, rows):
        """Add the tokens of new guests, who have none yet, without looking.

        They are written when the transaction is committed, or when somebody is looked up before:
        by then the stays that come with new guests are known, and the rows need not be touched
        again to tell when the guests were seen.

        :param rows: iterable of (partner_id, seen, name, phone in E.164, email, code); ``seen`` is
            the day of registration, counted from 1970-01-01
        """
        waiting = self._get_waiting()
        if not waiting:
            self.env.cr.precommit.add(self._flush_waiting)
        for row in rows:
            waiting[row[0]] = row
            if len(waiting) >= MOST_WAITING:
                self._flush_waiting()

    @api.model
    def _get_waiting(self):
        """Return the rows of `_copy_tokens` that wait for the end of the transaction, by guest."""
        return self.env.cr.precommit.data.setdefault("hotel.guest.token", {})

    @api.model
    def _flush_waiting(self):
        """Write the tokens that wait."""
        waiting = self._get_waiting()
        if not waiting:
            return
        self.env["hotel.stay"].flush_model(STAY_FIELDS)
        seen = self._query_last_arrivals(list(waiting))
        rows = [(row[0], seen.get(row[0], row[1]), *row[2:]) for row in waiting.values()]
        waiting.clear()
        tokens, lines = self._get_wanted(rows)
        # neighbours in the index one after the other: half the time
        tokens.sort(key=operator.itemgetter(2, 3))
        self._query_copy(*TOKENS, tokens)
        self._query_copy(*LINES, lines)

    @api.model
    def _search(self, *args, **kwargs):
        self._flush_waiting()
        return super()._search(*args, **kwargs)

    @api.model
    def _refresh_recency(self, partner_ids=None):
        """Make ``seen`` of these guests' tokens what their stays say now.

        :param list[int] partner_ids: guests; None for all
        """
        self._flush_sources()
        if partner_ids is not None:
            partner_ids = sorted(set(partner_ids) - self._get_waiting().keys())
            for start in range(0, len(partner_ids), BATCH):
                self._query_recency(SQL("= ANY(%s)", partner_ids[start : start + BATCH]))
            return
        self._flush_waiting()
        [(last_id,)] = self.env.execute_query(SQL("SELECT COALESCE(MAX(partner_id), 0) FROM hotel_guest_line"))
        for first_id in range(0, last_id + 1, 10 * BATCH):
            self._query_recency(SQL("BETWEEN %s AND %s", first_id, first_id + 10 * BATCH - 1))

    @api.model
    def _flush_sources(self):
        self.env["res.partner"].flush_model(SOURCE_FIELDS)
        self.env["hotel.stay"].flush_model(STAY_FIELDS)

    @api.model
    def _refresh_where(self, where):
        """Write what differs between the rows that are and those that should be.

        :param SQL where: condition on the id of a contact, without its left side
        """
        wanted = self._get_wanted(self._query_sources(where))
        for (table, columns), rows in zip((TOKENS, LINES), wanted, strict=True):
            rows = dict.fromkeys(rows)
            stale = []
            for row_id, *row in self._query_known(table, columns, where):
                # what is wanted and there is wanted no more: a second one is stale
                if rows.pop(tuple(row), False) is not None:
                    stale.append(row_id)
            if stale:
                self.env.cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), stale))
            self._query_copy(table, columns, list(rows))

    @api.model
    def _get_wanted(self, sources):
        """Return the rows of both tables for these guests.

        :param sources: rows as for `_copy_tokens`
        :rtype: tuple[list[tuple], list[tuple]]
        """
        tokens, lines = [], []
        for partner_id, seen, *source in sources:
            for kind, token in names.tokens(*source):
                if kind == names.TEXT:
                    lines.append((partner_id, seen, token))
                else:
                    tokens.append((partner_id, seen, names.KIND_NUMBERS[kind], token))
        return tokens, lines

    @api.model
    def _get_seen_sql(self):
        """Return the expression of ``seen`` for the contact ``p``."""
        return SQL(
            """COALESCE((SELECT MAX(s.arrival_date) FROM hotel_stay s
                         WHERE s.partner_id = p.id AND s.state IN ('in_house', 'departed')),
                        p.hotel_registered_at::date, DATE '1970-01-01') - DATE '1970-01-01'"""
        )

    @api.model
    def _query_last_arrivals(self, partner_ids):
        """Return the day of the last arrival per guest who has one. SQL because of volume.

        :rtype: dict[int, int]: days counted from 1970-01-01
        """
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT partner_id, MAX(arrival_date) - DATE '1970-01-01' FROM hotel_stay
                       WHERE partner_id = ANY(%s) AND state IN ('in_house', 'departed') GROUP BY partner_id""",
                    partner_ids,
                )
            )
        )

    @api.model
    def _query_sources(self, where):
        """Return what the tokens of the guests among some contacts follow from. SQL because of volume.

        The member numbers of guests who were merged into them are among it.
        """
        return self.env.execute_query(
            SQL(
                """SELECT p.id, %(seen)s, p.name, COALESCE(p.phone_sanitized, p.phone),
                          COALESCE(p.email_normalized, p.email), p.hotel_guest_code
                   FROM res_partner p WHERE p.is_hotel_guest AND p.active AND p.id %(where)s
                   UNION ALL
                   SELECT p.id, %(seen)s, NULL, NULL, NULL, gone.hotel_guest_code
                   FROM res_partner gone JOIN res_partner p ON p.id = gone.hotel_merged_into_id
                   WHERE gone.hotel_merged_into_id %(where)s AND p.is_hotel_guest AND p.active""",
                seen=self._get_seen_sql(),
                where=where,
            )
        )

    @api.model
    def _query_known(self, table, columns, where):
        """Return the rows of some contacts, their id first. SQL because of volume."""
        fields_sql = SQL(", ").join(map(SQL.identifier, ("id", *columns)))
        return self.env.execute_query(
            SQL("SELECT %s FROM %s WHERE partner_id %s", fields_sql, SQL.identifier(table), where)
        )

    @api.model
    def _query_copy(self, table, columns, rows):
        """Add rows by COPY, many times faster than INSERT. Tokens hold no tab, newline or backslash but
        in an e-mail address."""
        if not rows:
            return
        lines = ("\t".join(map(str, row)).replace("\\", "\\\\") for row in rows)
        content = io.BytesIO(("\n".join(lines) + "\n").encode())
        # names of our own tables, none from users
        self.env.cr.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", content)  # pylint: disable=sql-injection

    @api.model
    def _query_recency(self, where):
        """Set ``seen`` of the rows of some guests where it differs. SQL because of volume."""
        for table, _columns in (TOKENS, LINES):
            self.env.cr.execute(
                SQL(
                    """UPDATE %s t SET seen = now.seen
                       FROM (SELECT p.id, %s AS seen FROM res_partner p WHERE p.is_hotel_guest AND p.id %s) now
                       WHERE t.partner_id = now.id AND t.partner_id %s AND t.seen <> now.seen""",
                    SQL.identifier(table),
                    self._get_seen_sql(),
                    where,
                    where,
                )
            )
