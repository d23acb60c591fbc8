"""Pairs of guests that are worth comparing: those that share a key. Found in SQL."""

from odoo import api, fields, models
from odoo.tools import SQL

from ... import names
from ...matching import blocks

#: number of a kind of key, and of its bit in ``kinds``
NUMBERS = {kind: number for number, kind in enumerate(blocks.KINDS)}
#: keys made of a look-up token and the birth date: kind of token, what of the token, what of the date
BIRTH_KEYS = {
    "birth_date": (names.WORD, SQL("left(t.token, 1)"), "YYYYMMDD"),
    "name_year": (names.WHOLE, SQL("replace(t.token, ' ', '')"), "YYYY"),
    "name_day": (names.WHOLE, SQL("replace(t.token, ' ', '')"), "MMDD"),
    "word_year": (names.WORD, SQL("t.token"), "YYYY"),
    "word_day": (names.WORD, SQL("t.token"), "MMDD"),
}
TOKEN_KEYS = {
    "phone": (names.TAIL, SQL("t.token")),
    "email": (names.EMAIL, SQL("t.token")),
    "name": (names.WHOLE, SQL("replace(t.token, ' ', '')")),
}


class HotelDuplicateCandidate(models.Model):
    """Two guests who share a key; one search fills the table, the next one empties it."""

    _name = "hotel.duplicate.candidate"
    _description = "Pair of Guests to Compare"
    _log_access = False
    _rec_name = "kinds"

    # no foreign keys: millions of rows that live for an hour
    partner_a = fields.Integer(string="Guest (id)", required=True)
    partner_b = fields.Integer(string="Other Guest (id)", required=True)
    kinds = fields.Integer(required=True, help="One bit for each kind of key that both share.")

    @api.model
    def _query_fill(self):
        """Empty the table and fill it with all pairs that share a key; SQL because of volume.

        Keys that many guests share say nothing and are left out (`blocks.KINDS`). Keys are kept
        as 64 bit hashes: that two different ones meet does no harm, pairs are compared.

        :returns: how many pairs there are
        :rtype: int
        """
        self.env["hotel.guest.token"].sudo()._flush_waiting()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SET LOCAL work_mem = '128MB'")
        cr.execute("SET LOCAL jit = off")
        cr.execute("TRUNCATE hotel_duplicate_candidate RESTART IDENTITY")
        cr.execute("DROP TABLE IF EXISTS hotel_duplicate_key")
        cr.execute(
            SQL(
                """CREATE TEMP TABLE hotel_duplicate_key ON COMMIT DROP AS
                   SELECT key, kind, partner_id
                     FROM (SELECT key, kind, partner_id, count(*) OVER (PARTITION BY key) AS sharing
                             FROM (SELECT DISTINCT hashtextextended(text, kind) AS key, kind, partner_id
                                     FROM (%s) texts) hashed) counted
                    WHERE sharing BETWEEN 2 AND (%s::int[])[kind + 1]""",
                self._get_key_query(),
                [most for most, _fields in blocks.KINDS.values()],
            )
        )
        cr.execute("ANALYZE hotel_duplicate_key")
        cr.execute(
            """INSERT INTO hotel_duplicate_candidate (partner_a, partner_b, kinds)
               SELECT a.partner_id, b.partner_id, bit_or(1 << a.kind)
                 FROM hotel_duplicate_key a
                 JOIN hotel_duplicate_key b ON b.key = a.key AND b.kind = a.kind AND b.partner_id > a.partner_id
                GROUP BY 1, 2"""
        )
        count = cr.rowcount
        cr.execute("ANALYZE hotel_duplicate_candidate")
        self.invalidate_model()
        return count

    @api.model
    def _get_key_query(self):
        """Return a SELECT of (kind, text, partner_id) of all guests, by the look-up keys that there are."""
        parts = [
            SQL(
                "SELECT %s AS kind, %s AS text, t.partner_id FROM hotel_guest_token t WHERE t.kind = %s",
                NUMBERS[kind], text, names.KIND_NUMBERS[token],
            )
            for kind, (token, text) in TOKEN_KEYS.items()
        ]  # fmt: skip
        parts += [
            SQL(
                """SELECT %s, %s || to_char(p.hotel_birth_date, %s), t.partner_id
                     FROM hotel_guest_token t JOIN res_partner p ON p.id = t.partner_id
                    WHERE t.kind = %s AND p.hotel_birth_date IS NOT NULL AND t.token ~ '^[a-z]'""",
                NUMBERS[kind], text, form, names.KIND_NUMBERS[token],
            )
            for kind, (token, text, form) in BIRTH_KEYS.items()
        ]  # fmt: skip
        parts += [
            SQL(
                """SELECT %s, d.number_bidx, d.partner_id FROM hotel_guest_document d
                     JOIN res_partner p ON p.id = d.partner_id AND p.is_hotel_guest AND p.active
                    WHERE d.number_bidx IS NOT NULL""",
                NUMBERS["document"],
            ),
            SQL(
                """SELECT %s, lower(p.street || '|' || p.zip), p.id FROM res_partner p
                    WHERE p.is_hotel_guest AND p.active AND p.street <> '' AND p.zip <> ''""",
                NUMBERS["address"],
            ),
        ]
        return SQL(" UNION ALL ").join(parts)
