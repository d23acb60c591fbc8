from odoo import models
from odoo.tools import SQL

from ...intake.layouts import CONSUMPTION

TABLE = "hotel_bulk_consumption_tmp"
REQUIRED = ("source_ref", "property_id", "kind", "business_date", "amount_gross")
#: what must be equal for a known reference to be the same charge
COMPARED = ("property_id", "kind", "business_date", "currency_id", "amount_gross", "amount_net", "bill_ref")


class HotelBulkConsumption(models.AbstractModel):
    """Bulk loading of charges."""

    _name = "hotel.bulk.consumption"
    _inherit = ["hotel.bulk.mixin"]
    _description = "Bulk Loading of Consumption"

    def _load(self, rows, source_system, accrues_points=False):
        """Load charges; see hotel.bulk.loader._load_consumption."""
        tuples, refused = self._prepare_rows(CONSUMPTION, rows, REQUIRED)
        self.env["hotel.consumption"].flush_model()
        self.env["hotel.stay"].flush_model()
        kept = self._query_copy_good(
            TABLE, CONSUMPTION, tuples, "id integer, partner_id integer, stay_id integer, reversal_of_id integer"
        )
        refused += self._query_find_guests(TABLE, kept, source_system)
        refused += self._query_find_stays(kept, source_system)
        self._query_complete()
        refused += self._query_find_known(kept, source_system)
        new = self._query_insert(source_system, accrues_points, SQL("t.reversal_of_ref IS NULL"))
        refused += self._query_find_reversed(kept, source_system)
        new |= self._query_insert(source_system, accrues_points, SQL("t.reversal_of_ref IS NOT NULL"))
        self.env["hotel.consumption"].invalidate_model()
        result = [
            (position, line_id, "new" if line_id in new else "same")
            for position, line_id in self.env.execute_query(SQL("SELECT ord, id FROM %s", SQL.identifier(TABLE)))
        ]
        self._after_load(new, accrues_points)
        return self._make_result(len(rows), kept, refused, result)

    def _query_find_stays(self, kept, source_system):
        """Put the stay of each reference into the temporary table; its guest is who consumed."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET stay_id = s.id, partner_id = COALESCE(t.partner_id, s.partner_id)
                     FROM hotel_stay s WHERE s.source_system = %s AND s.source_ref = t.stay_ref
                      AND s.property_id = t.property_id RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )
        unknown = SQL("t.stay_ref IS NOT NULL AND t.stay_id IS NULL")
        return self._query_refuse(TABLE, kept, "stay_ref", "no_stay", unknown)

    def _query_complete(self):
        """Fill currency and net amount, and round as the currency does."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET currency_id = c.id, amount_gross = round(t.amount_gross, c.decimal_places),
                       amount_net = round(COALESCE(t.amount_net, t.amount_gross), c.decimal_places)
                     FROM hotel_property p, res_currency c
                    WHERE p.id = t.property_id AND c.id = COALESCE(t.currency_id, p.currency_id) RETURNING 1""",
                SQL.identifier(TABLE),
            )
        )

    def _query_find_known(self, kept, source_system):
        """Find charges that were loaded before; refuse those that have become different."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET id = k.id FROM hotel_consumption k
                    WHERE k.source_system = %s AND k.source_ref = t.source_ref RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )
        known = "SELECT 1 FROM hotel_consumption k WHERE k.id = t.id AND k.{0} IS DISTINCT FROM t.{0}"
        refused = []
        for column in COMPARED:
            differs = SQL(f"EXISTS ({known.format(column)})")  # pylint: disable=sql-injection
            refused += self._query_refuse(TABLE, kept, column, "changed", differs, f"'{column}'")
        return refused

    def _query_find_reversed(self, kept, source_system):
        """Find the charges that rows take back; refuse where one is missing or does not fit."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET reversal_of_id = k.id FROM hotel_consumption k
                    WHERE t.id IS NULL AND k.source_system = %s AND k.source_ref = t.reversal_of_ref
                      AND k.reversal_of_id IS NULL
                      AND NOT EXISTS (SELECT 1 FROM hotel_consumption r WHERE r.reversal_of_id = k.id)
                   RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )
        missing = SQL(
            """t.id IS NULL AND t.reversal_of_ref IS NOT NULL AND (t.reversal_of_id IS NULL OR EXISTS
               (SELECT 1 FROM %s o WHERE o.reversal_of_id = t.reversal_of_id AND o.ord < t.ord))""",
            SQL.identifier(TABLE),
        )
        differs = SQL(
            """t.id IS NULL AND EXISTS (SELECT 1 FROM hotel_consumption k WHERE k.id = t.reversal_of_id AND
               (k.amount_gross, k.amount_net, k.currency_id, k.property_id) IS DISTINCT FROM
               (-t.amount_gross, -t.amount_net, t.currency_id, t.property_id))"""
        )
        return [
            *self._query_refuse(TABLE, kept, "reversal_of_ref", "no_reversed", missing),
            *self._query_refuse(TABLE, kept, "amount_gross", "reversal_amount", differs),
        ]

    def _query_insert(self, source_system, accrues_points, condition):
        """Insert the new charges that meet a condition; return their ids. SQL because of volume."""
        values = self._get_column_expressions(source_system, accrues_points)
        rows = self.env.execute_query(
            SQL(
                """WITH done AS (
                     INSERT INTO hotel_consumption (%(names)s) SELECT %(values)s
                       FROM %(table)s t JOIN hotel_property p ON p.id = t.property_id
                  LEFT JOIN hotel_consumption k ON k.id = t.reversal_of_id
                      WHERE t.id IS NULL AND %(condition)s ORDER BY t.ord
                     RETURNING id, source_ref)
                   UPDATE %(table)s t SET id = d.id FROM done d WHERE d.source_ref = t.source_ref
                   RETURNING t.id""",
                table=SQL.identifier(TABLE),
                names=SQL(", ").join(map(SQL.identifier, values)),
                values=SQL(", ").join(values.values()),
                condition=condition,
            )
        )
        return {row[0] for row in rows}

    def _get_column_expressions(self, source_system, accrues_points):
        """Return ``{column of hotel_consumption: SQL}`` on t, the row, p, its property, k, what it reverses."""
        now, uid = SQL("%s", self.env.cr.now()), SQL("%s", self.env.uid)
        plain = (
            *("property_id", "outlet_id", "kind", "business_date", "bill_ref", "amount_gross", "amount_net"),
            *("currency_id", "source_ref", "stay_id", "reversal_of_id"),
        )
        labels = dict(self.env["hotel.consumption"]._fields["kind"]._description_selection(self.env))
        named = SQL(" ").join(SQL("WHEN %s THEN %s", kind, label) for kind, label in labels.items())
        values = {name: SQL.identifier("t", name) for name in plain}
        values |= {
            "partner_id": SQL("COALESCE(t.partner_id, k.partner_id)"),
            "company_id": SQL("p.company_id"),
            "description": SQL("COALESCE(t.description, CASE t.kind %s END)", named),
            "quantity": SQL("COALESCE(t.quantity, CASE WHEN k.id IS NULL THEN 1 ELSE -k.quantity END)"),
            "posted_at": now,
            "accrues_points": SQL("%s", accrues_points),
            "source_system": SQL("%s", source_system),
            "create_uid": uid,
            "create_date": now,
            "write_uid": uid,
            "write_date": now,
        }
        for name, value in self._query_defaults("hotel.consumption", values).items():
            values[name] = SQL("%s", value)
        return values

    def _after_load(self, new, accrues_points):
        """Mark figures of the guests to be refreshed; tell loyalty where it is to count."""
        if not new:
            return
        lines = self.env["hotel.consumption"].browse(sorted(new))
        self.env["hotel.consumption"]._query_queue_figures(SQL("line.id = ANY(%s)", lines.ids))
        if accrues_points:
            lines._after_post()
