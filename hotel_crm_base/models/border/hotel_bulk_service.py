from odoo import models
from odoo.tools import SQL

from ...intake.layouts import SERVICE

TABLE = "hotel_bulk_service_tmp"
REQUIRED = ("source_ref", "property_id", "kind_id", "served_at")
#: what a row brings up to date in a record that is known
CHANGED = ("kind_id", "served_at", "outcome", "note", "outcome_note", "stay_id")


class HotelBulkService(models.AbstractModel):
    """Bulk loading of what was done for guests."""

    _name = "hotel.bulk.service"
    _inherit = ["hotel.bulk.mixin"]
    _description = "Bulk Loading of Services"

    def _load(self, rows, source_system):
        """Load service records; see hotel.bulk.loader._load_services."""
        tuples, refused = self._prepare_rows(SERVICE, rows, REQUIRED)
        self.env["hotel.service.record"].flush_model()
        self.env["hotel.stay"].flush_model()
        found = "id integer, partner_id integer, stay_id integer, what text"
        kept = self._query_copy_good(TABLE, SERVICE, tuples, found)
        refused += self._query_find_guests(TABLE, kept, source_system)
        refused += self._query_find_stays(kept, source_system)
        refused += self._query_refuse(TABLE, kept, "guest_ref", "no_person_named", SQL("t.partner_id IS NULL"))
        refused += self._query_find_known(kept, source_system)
        self._query_upsert(source_system)
        self.env["hotel.service.record"].invalidate_model()
        result = self.env.execute_query(SQL("SELECT ord, id, what FROM %s", SQL.identifier(TABLE)))
        self._after_load()
        return self._make_result(len(rows), kept, refused, result)

    def _query_find_stays(self, kept, source_system):
        """Put the stay of each reference into the temporary table; its guest is whom it was done for."""
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

    def _query_find_known(self, kept, source_system):
        """Find the records that are there; refuse those of another property. SQL because of volume."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET id = r.id FROM hotel_service_record r
                    WHERE r.source_system = %s AND r.source_ref = t.source_ref RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )
        moved = SQL(
            """EXISTS (SELECT FROM hotel_service_record r WHERE r.id = t.id AND r.property_id <> t.property_id)"""
        )
        return self._query_refuse(TABLE, kept, "property_id", "changed", moved, "'property_id'")

    def _query_upsert(self, source_system):
        """Change known records that differ, insert the new ones; SQL because of volume."""
        table, cr = SQL.identifier(TABLE), self.env.cr
        ours = SQL(", ").join(SQL.identifier("r", name) for name in CHANGED)
        theirs = SQL(", ").join(SQL.identifier("t", name) for name in CHANGED)
        cr.execute(
            SQL(
                """WITH done AS (
                     UPDATE hotel_service_record r
                        SET (%(names)s, write_uid, write_date) = (%(theirs)s, %(uid)s, %(now)s)
                       FROM %(table)s t WHERE t.id = r.id AND (%(ours)s) IS DISTINCT FROM (%(theirs)s) RETURNING r.id)
                   UPDATE %(table)s t SET what = CASE WHEN t.id IN (SELECT id FROM done) THEN 'changed' ELSE 'same' END
                    WHERE t.id IS NOT NULL""",
                names=SQL(", ").join(map(SQL.identifier, CHANGED)),
                ours=ours,
                theirs=theirs,
                table=table,
                uid=self.env.uid,
                now=cr.now(),
            )
        )
        values = self._get_column_expressions(source_system)
        cr.execute(
            SQL(
                """WITH done AS (
                     INSERT INTO hotel_service_record (%(names)s) SELECT %(values)s
                       FROM %(table)s t JOIN hotel_property p ON p.id = t.property_id
                      WHERE t.id IS NULL ORDER BY t.ord RETURNING id, source_ref)
                   UPDATE %(table)s t SET id = d.id, what = 'new' FROM done d WHERE d.source_ref = t.source_ref""",
                names=SQL(", ").join(map(SQL.identifier, values)),
                values=SQL(", ").join(values.values()),
                table=table,
            )
        )

    def _get_column_expressions(self, source_system):
        """Return ``{column of hotel_service_record: SQL on t, the row, and p, its property}``."""
        now, uid = SQL("%s", self.env.cr.now()), SQL("%s", self.env.uid)
        plain = ("partner_id", "stay_id", "property_id", "kind_id", "served_at", "note", "outcome_note", "source_ref")
        values = {name: SQL.identifier("t", name) for name in plain}
        values |= {
            "outcome": SQL("COALESCE(t.outcome, 'done')"),
            "company_id": SQL("p.company_id"),
            "source_system": SQL("%s", source_system),
            "create_uid": uid,
            "create_date": now,
            "write_uid": uid,
            "write_date": now,
        }
        # nobody of the house has done it, as far as is known
        for name, value in self._query_defaults("hotel.service.record", {*values, "user_id"}).items():
            values[name] = SQL("%s", value)
        return values

    def _after_load(self):
        """Leave an entry in the access log for each guest concerned."""
        rows = self.env.execute_query(
            SQL("SELECT what, array_agg(DISTINCT partner_id) FROM %s GROUP BY what", SQL.identifier(TABLE))
        )
        actions = {"new": "create", "changed": "write"}
        for what, guest_ids in rows:
            if what in actions:
                self.env["hotel.access.log"]._log(actions[what], guest_ids, model="hotel.service.record")
