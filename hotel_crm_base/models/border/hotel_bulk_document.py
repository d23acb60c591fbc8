from odoo import fields, models
from odoo.tools import SQL

from ... import identity
from ...intake.layouts import GUEST
from ...intake.problems import Bad
from ..guest.hotel_guest_document import BULK_COLUMNS

TABLE = "hotel_bulk_document_tmp"
WORDS = {"id card": "cn_id", "身份证": "cn_id", "护照": "passport", "驾驶证": "driver_licence"}


class HotelBulkDocument(models.AbstractModel):
    """Bulk loading of identity documents; numbers are encrypted before they reach the database."""

    _name = "hotel.bulk.document"
    _inherit = ["hotel.bulk.mixin"]
    _description = "Bulk Loading of Identity Documents"

    def _insert(self, tuples, kept, table):
        """Store the identity numbers of guests; a document that a guest has already is left out.

        :param list tuples: of layouts.GUEST
        :param list kept: index of the tuple per ``ord`` of the table
        :param str table: temporary table with ``ord`` and ``partner_id``
        """
        kind_at, number_at, place_at = map(GUEST.index, ("document_type", "document_number", "document_country_id"))
        given = [position for position, index in enumerate(kept) if tuples[index][number_at]]
        if not given:
            return
        owners = dict(
            self.env.execute_query(
                SQL("SELECT ord, partner_id FROM %s WHERE ord IN %s", SQL.identifier(table), tuple(given))
            )
        )
        rows = [
            {
                "partner_id": owners[position],
                "document_type": tuples[kept[position]][kind_at] or "passport",
                "country_id": tuples[kept[position]][place_at],
                "number": tuples[kept[position]][number_at],
            }
            for position in given
            if position in owners  # else refused
        ]
        # the importer writes numbers without being able to read them
        prepared = list(self.env["hotel.guest.document"].sudo()._prepare_bulk_rows(rows))
        self._query_copy(TABLE, BULK_COLUMNS[:-4], [row[:-4] for row in prepared])
        self._query_insert()

    def _query_insert(self):
        """Move the documents of the temporary table into their own; SQL because of volume."""
        names = SQL(", ").join(map(SQL.identifier, BULK_COLUMNS))
        plain = SQL(", ").join(SQL.identifier("t", name) for name in BULK_COLUMNS[:-4])
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_guest_document (%(names)s)
                   SELECT %(plain)s, %(uid)s, %(now)s, %(uid)s, %(now)s FROM %(table)s t
                    WHERE NOT EXISTS (SELECT 1 FROM hotel_guest_document d WHERE d.partner_id = t.partner_id
                          AND d.document_type = t.document_type AND d.number_bidx = t.number_bidx)
                   RETURNING 1""",
                table=SQL.identifier(TABLE),
                names=names,
                plain=plain,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.env["hotel.guest.document"].invalidate_model()

    def _check(self, kind, number, country):
        """Return ``(kind, number)`` of a document as they are kept, or Bad.

        :param kind: kind as the file says it, or None
        :param str number: as the file says it
        :param country: res.country that issued it, or an empty one
        """
        kinds = dict(self.env["hotel.guest.document"]._fields["document_type"].selection)
        name = (kind or ("cn_id" if len(number.strip()) == 18 else "passport")).strip().casefold()
        name = WORDS.get(name, name.replace(" ", "_"))
        if name not in kinds:
            return Bad("bad_choice", ", ".join(kinds))
        try:
            facts = identity.check(name, number, country.code or "", fields.Date.context_today(self))
        except identity.IdentityError as error:
            return Bad("bad_document", error.code)
        return name, facts.number
