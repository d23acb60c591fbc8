"""What guests are compared by, read in SQL."""

from odoo import models
from odoo.tools import SQL


class HotelDuplicateSearch(models.Model):
    _inherit = "hotel.duplicate.search"

    def _query_facts(self, partner_ids):
        """Return what some guests are compared by, in the order of the ids; SQL because of volume.

        Of several documents of a guest the first in the order of kinds is taken.

        :param list[int] partner_ids: in ascending order
        :returns: rows as `compare.Records.build` takes them; an id that is gone gives an empty one
        :rtype: list[dict]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id, p.name, p.phone, lower(p.email), to_char(p.hotel_birth_date, 'YYYYMMDD'),
                          p.hotel_gender, p.street, p.city, p.zip, document.number
                     FROM res_partner p
                     LEFT JOIN LATERAL (
                          SELECT d.document_type || ':' || d.number_bidx AS number FROM hotel_guest_document d
                           WHERE d.partner_id = p.id AND d.number_bidx IS NOT NULL
                           ORDER BY d.document_type, d.id LIMIT 1) document ON TRUE
                    WHERE p.id = ANY(%s)""",
                partner_ids,
            )
        )
        names = ("name", "phone", "email", "birth_date", "gender", "street", "city", "zip", "document")
        found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
        return [found.get(partner_id, {}) for partner_id in partner_ids]

    def _query_pairs(self, condition, limit, count):
        """Return about so many candidate pairs, evenly spread; SQL because of volume.

        :param SQL condition: on hotel_duplicate_candidate
        :param int count: of all candidate pairs
        :rtype: list[tuple[int, int]]
        """
        return self.env.execute_query(
            SQL(
                """SELECT partner_a, partner_b FROM hotel_duplicate_candidate WHERE %s
                    ORDER BY hashint4extended(id, 3) LIMIT %s""",
                condition,
                limit,
            )
        )

    def _query_guest_count(self):
        """Return how many guests there are; SQL because rules and archive are none of its business."""
        return self.env.execute_query(SQL("SELECT count(*) FROM res_partner WHERE is_hotel_guest AND active"))[0][0]

    def _query_last_id(self):
        """Return the highest id of the candidate pairs."""
        return self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM hotel_duplicate_candidate"))[0][0]
