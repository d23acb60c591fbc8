from odoo import api, fields, models
from odoo.tools import SQL

#: what every change overwrites: put back where nothing came after, and never asked about
STAMPS = ("write_date", "write_uid")


class HotelMergeLine(models.Model):
    """One value of one row that a merge of guests has overwritten, and by what."""

    _name = "hotel.merge.line"
    _inherit = ["hotel.append.only.mixin"]
    _description = "Journal of Merges"
    _log_access = False
    _order = "id"
    _rec_name = "table_name"

    _guard_name = "hotel_merge_guard"

    merge_id = fields.Many2one("hotel.merge", required=True, readonly=True, index=True, ondelete="cascade")
    step = fields.Integer(required=True, readonly=True, help="Changes that were made together.")
    table_name = fields.Char(required=True, readonly=True)
    column_name = fields.Char(required=True, readonly=True)
    key_name = fields.Char(required=True, readonly=True)
    row_number = fields.Integer(required=True, readonly=True, aggregator=None)
    old_value = fields.Json(readonly=True)
    new_value = fields.Json(readonly=True)

    # ---- doing --------------------------------------------------------------------------------

    @api.model
    def _query_change(self, merge, table, column, value, condition, key="id"):
        """Change a column of some rows and note what was there: one statement however many rows there are.

        :param hotel.merge merge: for whom
        :param str table: constant or from the catalogue, as column and key
        :param SQL value: what to write; ``x`` is the row as it was
        :param SQL condition: on the row ``x``
        :returns: how many rows were changed
        :rtype: int
        """
        self.env.cr.execute(
            SQL(
                """WITH old AS MATERIALIZED (
                       SELECT x.%(key)s AS k, x.%(column)s AS v, %(value)s AS w FROM %(table)s x WHERE %(condition)s),
                   changed AS (
                       UPDATE %(table)s t SET %(column)s = old.w FROM old
                        WHERE t.%(key)s = old.k AND t.%(column)s IS NOT DISTINCT FROM old.v
                          AND t.%(column)s IS DISTINCT FROM old.w
                    RETURNING old.k, old.v, t.%(column)s AS w)
                   INSERT INTO hotel_merge_line
                          (merge_id, step, table_name, column_name, key_name, row_number, old_value, new_value)
                   SELECT %(merge)s, %(step)s, %(names)s, k, to_jsonb(v), to_jsonb(w) FROM changed""",
                key=SQL.identifier(key),
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                value=value,
                condition=condition,
                merge=merge.id,
                step=self._query_next_step(merge),
                names=SQL("%s, %s, %s", table, column, key),
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _query_next_step(self, merge):
        """Return the number of the next step of a merge, as SQL."""
        return SQL("COALESCE((SELECT MAX(step) FROM hotel_merge_line WHERE merge_id = %s), 0) + 1", merge.id)

    @api.model
    def _query_snapshot(self, ids):
        """Return some contacts as they stand in the database, as JSON; SQL because every column counts.

        :param SQL ids: a SELECT of their numbers
        """
        return self.env.execute_query(
            SQL("SELECT COALESCE(jsonb_agg(to_jsonb(p)), '[]')::text FROM res_partner p WHERE p.id IN (%s)", ids)
        )[0][0]

    @api.model
    def _query_difference(self, merge, snapshot):
        """Note what has changed of contacts since a snapshot of them; SQL because every column counts."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_merge_line
                          (merge_id, step, table_name, column_name, key_name, row_number, old_value, new_value)
                   SELECT %s, %s, 'res_partner', was.key, 'id', p.id,
                          NULLIF(was.value, 'null'), NULLIF(fresh.value, 'null')
                     FROM jsonb_array_elements(%s::jsonb) old
                     JOIN res_partner p ON p.id = (old->>'id')::int
               CROSS JOIN LATERAL jsonb_each(old) was
                     JOIN LATERAL jsonb_each(to_jsonb(p)) fresh ON fresh.key = was.key
                    WHERE was.value IS DISTINCT FROM fresh.value""",
                merge.id, self._query_next_step(merge), snapshot,
            )
        )  # fmt: skip

    # ---- undoing ------------------------------------------------------------------------------

    @api.model
    def _query_groups(self, merge):
        """Return (step, table, column, key) of what a merge changed, the last first; columns that are gone left out."""
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT l.step, l.table_name, l.column_name, l.key_name FROM hotel_merge_line l
                     JOIN pg_attribute a ON a.attrelid = to_regclass(l.table_name) AND a.attname = l.column_name
                    WHERE l.merge_id = %s ORDER BY 1 DESC, 2, 3""",
                merge.id,
            )
        )

    @api.model
    def _query_conflicts(self, merge):
        """Return what is no longer as the merge has left it; SQL because of volume.

        :returns: (line's id, whether the row is gone, the value of now) of each
        :rtype: list[tuple[int, bool, object]]
        """
        found, seen, derived = [], set(), self._get_derived()
        for step, table, column, key in self._query_groups(merge):
            place = (table, column)
            # what follows from other values is computed anew where those are others now
            if column not in STAMPS and not (table == "res_partner" and column in derived):
                # of a value that was changed twice the later change counts
                found += self.env.execute_query(
                    SQL(
                        """SELECT l.id, t.%(key)s IS NULL, to_jsonb(t.%(column)s)
                             FROM hotel_merge_line l LEFT JOIN %(table)s t ON t.%(key)s = l.row_number %(same)s
                            WHERE l.merge_id = %(merge)s AND l.step = %(step)s AND l.table_name = %(name)s
                              AND l.column_name = %(place)s %(first)s
                              AND (t.%(key)s IS NULL OR to_jsonb(t.%(column)s) IS DISTINCT FROM l.new_value)
                         ORDER BY l.id""",
                        key=SQL.identifier(key),
                        column=SQL.identifier(column),
                        table=SQL.identifier(table),
                        same=self._get_same_sql(key, column),
                        merge=merge.id,
                        step=step,
                        name=table,
                        place=column,
                        first=self._get_last_sql() if place in seen else SQL(),
                    )
                )
            seen.add(place)
        return found

    @api.model
    def _get_derived(self):
        """Return the fields of a contact that are stored, computed and typed by nobody.

        :rtype: dict[str, fields.Field]
        """
        known = self.env["res.partner"]._fields
        return {
            name: field
            for name, field in known.items()
            if field.store and field.compute and field.readonly and field.column_type and not field.company_dependent
        }

    @api.model
    def _get_last_sql(self):
        return SQL(
            """AND NOT EXISTS (SELECT FROM hotel_merge_line later
                WHERE later.merge_id = l.merge_id AND later.step > l.step AND later.table_name = l.table_name
                  AND later.column_name = l.column_name AND later.row_number = l.row_number)"""
        )

    @api.model
    def _get_same_sql(self, key, column):
        """Links have no number of their own: the row is the one that still has the value."""
        return SQL() if key == "id" else SQL("AND to_jsonb(t.%s) = l.new_value", SQL.identifier(column))

    @api.model
    def _query_restore(self, merge, forced_ids):
        """Put back what a merge overwrote, where it is as the merge left it; one statement for each column.

        :param list[int] forced_ids: lines to be put back though the value is another one by now
        :returns: how many values were put back
        :rtype: int
        """
        count = 0
        for step, table, column, key in self._query_groups(merge):
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s t
                          SET %(column)s = (jsonb_populate_record(NULL::%(table)s,
                                              jsonb_build_object(%(place)s, l.old_value))).%(column)s
                         FROM hotel_merge_line l
                        WHERE l.merge_id = %(merge)s AND l.step = %(step)s AND l.table_name = %(name)s
                          AND l.column_name = %(place)s AND t.%(key)s = l.row_number
                          AND (to_jsonb(t.%(column)s) IS NOT DISTINCT FROM l.new_value %(forced)s)""",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    key=SQL.identifier(key),
                    place=column,
                    name=table,
                    merge=merge.id,
                    step=step,
                    forced=SQL("OR l.id = ANY(%s)", list(forced_ids)) if key == "id" else SQL(),
                )
            )
            count += self.env.cr.rowcount
        return count

    @api.model
    def _query_forget(self, merges):
        """Delete the journal of merges of guests who are to be forgotten; SQL because nobody else deletes it."""
        if merges:
            self.env.cr.execute("SELECT set_config('hotel_crm.retention', 'on', true)")
            self.env.cr.execute(SQL("DELETE FROM hotel_merge_line WHERE merge_id = ANY(%s)", merges.ids))
            self.env.cr.execute("SELECT set_config('hotel_crm.retention', 'off', true)")
