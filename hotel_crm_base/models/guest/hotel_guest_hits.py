import re

from odoo import api, models
from odoo.tools import SQL

from ...names import EMAIL, KIND_NUMBERS, WHOLE, WORD

#: Tokens of names that begin alike and are fetched and sorted; where there are more, the newest
#: guests are read until enough of them match.
RARE_NAMES = 3000
#: The same for tokens of other kinds, where reading the newest guests takes longer.
RARE_TOKENS = 12_000
#: How many of the newest guests are read, and how many where each costs a look into the tokens.
NEWEST, NEWEST_WITH_TOKENS = 10_000, 2000
#: What is as common as a letter shows among so many times fewer of the newest guests.
VERY_COMMON = 20
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
                """SELECT partner_id FROM (%s) hits GROUP BY seen, partner_id
                   ORDER BY seen DESC, partner_id DESC LIMIT %s""",
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
    def _query_rare(self, pairs, limit, most):
        """Return the newest guests with a token that begins so, or None where too many tokens do.

        :param int most: of tokens of one kind that begin so; more are too many
        """
        rows = self.env.execute_query(
            SQL(
                """WITH hits AS MATERIALIZED (%s), size AS (SELECT COUNT(*) AS number FROM hits)
                   SELECT size.number, newest.partner_id FROM size LEFT JOIN LATERAL (
                       SELECT seen, partner_id FROM hits WHERE size.number < %s
                       GROUP BY seen, partner_id ORDER BY seen DESC, partner_id DESC LIMIT %s
                   ) newest ON TRUE ORDER BY newest.seen DESC, newest.partner_id DESC""",
                self._query_begin(pairs, most),
                most,
                limit,
            )
        )
        return None if rows[0][0] >= most else [partner_id for _number, partner_id in rows if partner_id]

    @api.model
    def _query_name_prefix(self, written, limit):
        """Return the newest guests whose name, in any order, or one word of it begins so.

        :param list[str] written: ways to write what was typed
        """
        pairs = [(kind, text) for kind in (WHOLE, WORD) for text in written]
        condition = SQL(" OR ").join(SQL("line LIKE %s", f"% {text}%") for text in written)
        return self._query_adaptive(pairs, limit, RARE_NAMES, self._query_newest_lines, condition, NEWEST)

    @api.model
    def _query_prefix(self, pairs, limit):
        """Return the newest guests who have a token that begins so.

        :param pairs: list of (kind, prefix)
        """
        pairs = [(kind, prefix) for kind, prefix in pairs if prefix]
        if not pairs:
            return []
        return self._query_adaptive(
            pairs, limit, RARE_TOKENS, self._query_newest_tokens, pairs, NEWEST_WITH_TOKENS
        )

    @api.model
    def _query_adaptive(self, pairs, limit, most, read_newest, condition, newest):
        """Return the newest guests with a token that begins so, by the plan that suits their number.

        :param Callable read_newest: does the same among the newest guests; takes condition, limit, newest
        """
        if len(pairs[0][1]) < MIN_PART:
            found = read_newest(condition, limit, newest // VERY_COMMON)
            if len(found) >= limit:
                return found
        found = self._query_rare(pairs, limit, most)
        if found is None:
            found = read_newest(condition, limit, newest)
            if len(found) < limit:
                found = self._query_newest(self._query_begin(pairs), limit)
        return found

    @api.model
    def _query_newest_lines(self, condition, limit, newest):
        """Return those of the newest guests whose line meets a condition."""
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM (
                       SELECT partner_id, seen, line FROM hotel_guest_line
                       ORDER BY seen DESC, partner_id DESC LIMIT %s
                   ) newest WHERE %s ORDER BY seen DESC, partner_id DESC LIMIT %s""",
                newest,
                condition,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_newest_tokens(self, pairs, limit, newest, contains=False):
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
                newest,
                conditions,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_part(self, part, limit):
        """Return the newest guests in whose line this stands; of one or two letters the newest only."""
        condition = SQL("line LIKE %s", f"%{part}%")
        found = self._query_newest_lines(condition, limit, NEWEST)
        if len(part) >= MIN_PART and len(found) < limit:
            found = self._query_trigrams(condition, SQL("FALSE"), limit)
        return found

    @api.model
    def _query_words(self, text, patterns, limit):
        """Return the newest guests whose line has all these patterns, whole texts in it first.

        Where the patterns are common, those are the newest guests that match, whole texts among
        them first.

        :param str text: the words as they were typed
        :param list[str] patterns: one per word
        """
        condition = SQL(" AND ").join(SQL("line LIKE %s", pattern) for pattern in patterns)
        is_apart = SQL("strpos(line, %s) = 0", text)
        found = self._query_newest_lines(condition, limit, NEWEST)
        if len(found) == limit:
            condition = SQL("partner_id = ANY(%s)", found)
        return self._query_trigrams(condition, is_apart, limit)

    @api.model
    def _query_trigrams(self, condition, is_later, limit):
        """Return guests whose line meets a condition that an index serves.

        :param SQL is_later: what puts a guest behind others; then the newest come first
        """
        # materialised: else a limit tempts the planner to walk all guests in order
        rows = self.env.execute_query(
            SQL(
                """WITH hits AS MATERIALIZED (
                       SELECT partner_id, seen, %s AS is_later FROM hotel_guest_line WHERE %s
                   ) SELECT partner_id FROM hits ORDER BY is_later, seen DESC, partner_id DESC LIMIT %s""",
                is_later,
                condition,
                limit,
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _query_email_part(self, part, limit):
        """Return the newest guests in whose e-mail address this stands, such as its domain."""
        if part.startswith("@"):
            found = self._query_newest_tokens([(EMAIL, part)], limit, NEWEST_WITH_TOKENS, contains=True)
            if len(found) == limit:
                return found
        if len(part) < MIN_PART:
            return []
        # the expression of the index on contacts
        unaccent = self.env.registry.unaccent
        holders = SQL(
            "SELECT id FROM res_partner WHERE %s ILIKE %s",
            unaccent(SQL("email")),
            unaccent(SQL("%s", f"%{self._escape(part)}%")),
        )
        hits = SQL("SELECT partner_id, seen FROM hotel_guest_line WHERE partner_id = ANY(ARRAY(%s))", holders)
        return self._query_newest(hits, limit)

    @api.model
    def _escape(self, text):
        """Return text as it stands for itself in a LIKE pattern."""
        return re.sub(r"([\\%_])", r"\\\1", text)
