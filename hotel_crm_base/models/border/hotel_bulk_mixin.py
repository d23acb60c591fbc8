"""What the bulk loaders share: COPY into a temporary table, and bookkeeping of refused rows."""

import io

from odoo import models
from odoo.tools import SQL

from ...intake.layouts import LoadResult, as_tuple
from ...intake.problems import Bad

#: PostgreSQL types of layout columns that are not told by their ending
TYPES = {
    **dict.fromkeys(["adults", "children", "infants"], "integer"),
    **dict.fromkeys(["rate", "amount_gross", "amount_net", "quantity"], "numeric"),
    **dict.fromkeys(["issue_date", "valid_until"], "date"),
}
ENDINGS = {"_id": "integer", "_date": "date", "_at": "timestamp"}
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class HotelBulkMixin(models.AbstractModel):
    """Set-based loading of many rows of one layout."""

    _name = "hotel.bulk.mixin"
    _description = "Bulk Loading"

    def _query_copy(self, table, layout, rows, extra=""):
        """Make a temporary table of rows: their index ``ord``, the layout's columns, and more.

        Raw SQL because COPY is many times faster than INSERT.

        :param str table: name of the temporary table, replaced where it exists
        :param tuple layout: names of the columns
        :param list rows: tuples
        :param str extra: further columns, as in CREATE TABLE
        """
        # the names come from the layouts, none from users
        columns = ", ".join(f'"{name}" {self._column_type(name)}' for name in layout)
        cr = self.env.cr
        # compiling queries of 10,000 rows takes longer than running them
        cr.execute(SQL("SET LOCAL jit = off"))
        cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
        cr.execute(
            SQL(
                "CREATE TEMP TABLE %s (ord integer, %s %s) ON COMMIT DROP",
                SQL.identifier(table),
                SQL(columns),
                SQL(", " + extra if extra else ""),
            )
        )
        names = ", ".join(f'"{name}"' for name in ("ord", *layout))
        cr.copy_expert(f"COPY {table} ({names}) FROM STDIN", self._encode(layout, rows))  # pylint: disable=sql-injection
        cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _column_type(self, name):
        if name in TYPES:
            return TYPES[name]
        return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), "text")

    def _encode(self, layout, rows):
        """Return rows in the text format of COPY, column by column because that is faster."""
        columns = [map(str, range(len(rows)))]
        for name, values in zip(layout, zip(*rows, strict=True), strict=False):
            if self._column_type(name) == "text":
                columns.append([r"\N" if v is None or v is False else str(v).translate(_ESCAPES) for v in values])
            else:
                columns.append([r"\N" if v is None or v is False else str(v) for v in values])
        lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
        return io.BytesIO((lines + "\n").encode() if rows else b"")

    def _prepare_rows(self, layout, rows, required):
        """Return ``(tuples, refused)``: rows in order, and those that miss something or come twice.

        A refused row stays in the list as ``None``.
        """
        tuples, refused, seen = [as_tuple(layout, row) for row in rows], [], {}
        missing = {}
        for name in reversed(required):
            at = layout.index(name)
            missing |= {index: name for index, row in enumerate(tuples) if row[at] is None or row[at] == ""}
        for index, row in enumerate(tuples):
            first = seen.setdefault(row[0], index)
            if index in missing:
                refused.append((index, missing[index], Bad("required")))
            elif first != index and first not in missing:
                refused.append((index, "source_ref", Bad("same_reference", str(first + 1))))
            else:
                seen[row[0]] = index
        for index, _column, _bad in refused:
            tuples[index] = None
        return tuples, refused

    def _query_copy_good(self, table, layout, tuples, extra=""):
        """COPY those tuples that were not refused; return their indexes in the order of ``ord``."""
        kept = [index for index, row in enumerate(tuples) if row is not None]
        self._query_copy(table, layout, [tuples[index] for index in kept], extra)
        return kept

    def _query_refuse(self, table, kept, column, code, condition, detail="''"):
        """Take rows out of a temporary table; return them as refused. SQL because of volume.

        :param list kept: index of the row per ``ord``
        :param str column: of the layout, for the message
        :param str code: key of problems.REASONS
        :param SQL condition: on ``t``, the temporary table
        :param str detail: expression that fills the reason
        """
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM %s t WHERE %s RETURNING t.ord, %s",
                SQL.identifier(table),
                condition,
                SQL(detail),
            )
        )
        return [(kept[position], column, Bad(code, text or "")) for position, text in rows]

    def _query_find_guests(self, table, kept, source_system):
        """Put the guest of each reference into the temporary table; refuse unknown ones. SQL because of volume."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET partner_id = r.partner_id FROM hotel_guest_reference r
                    WHERE r.source_system = %s AND r.source_ref = t.guest_ref RETURNING 1""",
                SQL.identifier(table),
                source_system,
            )
        )
        unknown = SQL("t.guest_ref IS NOT NULL AND t.partner_id IS NULL")
        refused = []
        marks = self.env["hotel.erased.mark"].sudo()  # nobody has rights on the marks
        if marks._is_any():
            rows = self.env.execute_query(
                SQL("SELECT DISTINCT t.guest_ref FROM %s t WHERE %s", SQL.identifier(table), unknown)
            )
            refs = [ref for (ref,) in rows]
            found = marks._find_erased([[("guest_ref", "reference", f"{source_system}|{ref}")] for ref in refs])
            erased = [refs[number] for number in found]
            if erased:
                condition = SQL("t.guest_ref = ANY(%s)", erased)
                refused += self._query_refuse(table, kept, "guest_ref", "reference_blocked", condition)
        return refused + self._query_refuse(table, kept, "guest_ref", "no_guest", unknown)

    def _query_defaults(self, model, known):
        """Return ``{column: value}`` for columns of a model that other addons added with defaults.

        :param str model: name
        :param known: columns that the loader fills itself
        """
        records = self.env[model]
        names = [
            name
            for name, field in records._fields.items()
            if field.store and field.column_type and field.default and name not in known
        ]
        values = records.default_get(names)
        return {
            name: records._fields[name].convert_to_column_insert(values[name], records)
            for name in names
            if values.get(name) is not None
        }

    def _make_result(self, count, kept, refused, rows):
        """Return the LoadResult.

        :param int count: rows that were given
        :param list kept: index of the row per ``ord``
        :param list refused: as in LoadResult
        :param rows: ``(ord, id, 'new' | 'same' | 'changed')``
        """
        ids, kinds = [None] * count, [None] * count
        for position, record_id, what in rows:
            ids[kept[position]] = record_id
            kinds[kept[position]] = what
        counts = {what: kinds.count(what) for what in ("new", "same", "changed")}
        return LoadResult(**counts, refused=sorted(refused, key=lambda row: row[0]), ids=ids, kinds=kinds)
