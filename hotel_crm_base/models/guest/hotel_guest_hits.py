import re

from odoo import api, models
from odoo.tools import SQL

from ...names import EMAIL, KIND_NUMBERS, WHOLE, WORD

#: A prefix with fewer hits than this is fetched whole and sorted; one with more is common enough
#: for the newest guests to show enough of it.
RARE = 5000
#: How many of the newest guests are read in search of something common.
NEWEST = 10_000
#: The same, where each of them costs a look into the tokens.
NEWEST_WITH_TOKENS = 4000
#: Letters that a part inside a word has at least; fewer make no trigram.
MIN_PART = 3


class HotelGuestHits(models.AbstractModel):
    """Ids of guests by their look-up keys, those seen last first.

    Every query has a plan that is fast whether one guest in ten matches or none: what is equal to a
    token lies in the index in the order of recency; of what begins alike, a probe tells whether it
    is rare (then it is fetched and sorted) or common (then the newest guests are read until enough
    match); what lies inside is looked for among the newest guests first, then by trigrams. Raw SQL,
    because Odoo's search can neither order by recency nor choose between plans.
    """

    _name = "hotel.guest.hits"
    _description = "Guest Look-up Queries"

    @api.model
    def _query_equal(self, pairs, limit):
        """Return the newest guests who have one of these tokens.

        :param pairs: list of (kind, token)
        """
        branches = [
            SQL(
                """(SELECT partner_id, seen FROM hotel_guest_token WHERE kind = %s AND token = %s
                    ORDER BY seen DESC, partner_id DESC LIMIT %s)""",
                KIND_NUMBERS[kind],
                token,
                limit,
            )
            for kind, token in pairs
            if token
        ]
        return self._query_newest(SQL(" UNION ALL ").join(branches), limit) if branches else []

    @api.model
    def _query_newest(self, hits, limit):
        """Return the newest of the guests that a query of (partner_id, seen) gives."""
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id FROM (%s) hits GROUP BY seen, partner_id ORDER BY seen DESC, partner_id DESC LIMIT %s",
                hits,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_begin(self, pairs, most=None):
        """Return SQL of (partner_id, seen) for tokens that begin so, ``most`` of each at most."""
        tail = SQL("LIMIT %s", most) if most else SQL()
        return SQL(" UNION ALL ").join(
            SQL(
                "(SELECT partner_id, seen FROM hotel_guest_token WHERE kind = %s AND token LIKE %s %s)",
                KIND_NUMBERS[kind],
                self._escape(prefix) + "%",
                tail,
            )
            for kind, prefix in pairs
            if prefix
        )

    @api.model
    def _query_rare(self, pairs, limit):
        """Return the newest guests with a token that begins so, or None where too many tokens do."""
        rows = self.env.execute_query(
            SQL(
                """WITH hits AS MATERIALIZED (%s)
                   SELECT partner_id, (SELECT COUNT(*) FROM hits) FROM hits
                   GROUP BY seen, partner_id ORDER BY seen DESC, partner_id DESC LIMIT %s""",
                self._query_begin(pairs, RARE),
                limit,
            )
        )
        if rows and rows[0][1] >= RARE:
            return None
        return [partner_id for partner_id, _count in rows]

    @api.model
    def _query_name_prefix(self, written, limit):
        """Return the newest guests whose name, in any order, or one word of it begins so.

        :param list[str] written: ways to write what was typed
        """
        pairs = [(kind, text) for kind in (WHOLE, WORD) for text in written]
        found = self._query_rare(pairs, limit)
        if found is None:
            patterns = [SQL("line LIKE %s", f"% {text}%") for text in written]
            found = self._query_newest_lines(SQL(" OR ").join(patterns), limit)
            if len(found) < limit:
                found = self._query_newest(self._query_begin(pairs), limit)
        return found

    @api.model
    def _query_prefix(self, pairs, limit):
        """Return the newest guests who have a token that begins so.

        :param pairs: list of (kind, prefix)
        """
        pairs = [(kind, prefix) for kind, prefix in pairs if prefix]
        if not pairs:
            return []
        found = self._query_rare(pairs, limit)
        if found is None:
            found = self._query_newest_tokens(pairs, limit)
            if len(found) < limit:
                found = self._query_newest(self._query_begin(pairs), limit)
        return found

    @api.model
    def _query_newest_lines(self, condition, limit):
        """Return those of the newest guests whose line meets a condition."""
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM (
                       SELECT partner_id, seen, line FROM hotel_guest_line
                       ORDER BY seen DESC, partner_id DESC LIMIT %s
                   ) newest WHERE %s ORDER BY seen DESC, partner_id DESC LIMIT %s""",
                NEWEST,
                condition,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_newest_tokens(self, pairs, limit, contains=False):
        """Return those of the newest guests who have a token that begins so, or contains it."""
        left = "%" if contains else ""
        conditions = SQL(" OR ").join(
            SQL("(t.kind = %s AND t.token LIKE %s)", KIND_NUMBERS[kind], f"{left}{self._escape(text)}%")
            for kind, text in pairs
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM (
                       SELECT partner_id, seen FROM hotel_guest_line
                       ORDER BY seen DESC, partner_id DESC LIMIT %s
                   ) newest
                   WHERE EXISTS (
                       SELECT FROM hotel_guest_token t WHERE t.partner_id = newest.partner_id AND (%s) OFFSET 0
                   ) ORDER BY seen DESC, partner_id DESC LIMIT %s""",
                NEWEST_WITH_TOKENS,
                conditions,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_parts(self, patterns, has_trigrams, limit):
        """Return the newest guests whose line has all these patterns.

        :param bool has_trigrams: False: only the newest guests are looked at
        """
        condition = SQL(" AND ").join(SQL("line LIKE %s", pattern) for pattern in patterns)
        found = self._query_newest_lines(condition, limit)
        if has_trigrams and len(found) < limit:
            found = self._query_trigrams(patterns, limit)
        return found

    @api.model
    def _query_trigrams(self, patterns, limit):
        """Return the newest guests whose line has all these patterns, by the index of trigrams."""
        condition = SQL(" AND ").join(SQL("line LIKE %s", pattern) for pattern in patterns)
        hits = SQL(
            "WITH hits AS MATERIALIZED (SELECT partner_id, seen FROM hotel_guest_line WHERE %s) SELECT * FROM hits",
            condition,
        )
        return self._query_newest(hits, limit)

    @api.model
    def _query_email_part(self, part, limit):
        """Return the newest guests in whose e-mail address this stands, such as its domain."""
        found = self._query_newest_tokens([(EMAIL, part)], limit, contains=True)
        if len(found) < limit and len(part) >= MIN_PART:
            email = SQL(self.env.registry.unaccent("email"))
            pattern = SQL(self.env.registry.unaccent("%s"), f"%{self._escape(part)}%")
            found = self._query_newest(
                SQL(
                    """SELECT l.partner_id, l.seen FROM hotel_guest_line l WHERE l.partner_id = ANY(ARRAY(
                           SELECT id FROM res_partner WHERE %s ILIKE %s))""",
                    email,
                    pattern,
                ),
                limit,
            )
        return found

    @api.model
    def _escape(self, text):
        """Return text as it stands for itself in a LIKE pattern."""
        return re.sub(r"([\\%_])", r"\\\1", text)
