"""Columns that point to a guest, and the SQL of the rows that may point to another one instead."""

from typing import NamedTuple

from odoo.tools import SQL

#: columns with a foreign key on contacts and some others, their keys, and what stands in the way of a change
QUERY = """
    SELECT t.relname, a.attname, own.key, own.names, own.names && '{company_id}', own.names && '{create_date}',
           (SELECT array_agg(pg_get_expr(c.conbin, c.conrelid)) FROM pg_constraint c
             WHERE c.conrelid = t.oid AND c.contype = 'c' AND a.attnum = ANY(c.conkey)),
           (SELECT jsonb_agg(jsonb_build_array(
                       (SELECT jsonb_agg(pg_get_indexdef(i.indexrelid, k, TRUE) ORDER BY k)
                          FROM generate_series(1, i.indnkeyatts::int) k),
                       pg_get_expr(i.indpred, i.indrelid)))
              FROM pg_index i WHERE i.indrelid = t.oid AND i.indisunique
               AND pg_get_indexdef(i.indexrelid) ~ ('\\m' || a.attname || '\\M'))
      FROM (SELECT conrelid, conkey[1] AS attnum FROM pg_constraint
             WHERE contype = 'f' AND confrelid = 'res_partner'::regclass AND array_length(conkey, 1) = 1
             UNION
            SELECT attrelid, attnum FROM unnest(%s::text[], %s::text[]) more (tab, col)
              JOIN pg_attribute ON attrelid = to_regclass(quote_ident(more.tab)) AND attname = more.col) f
      JOIN pg_class t ON t.oid = f.conrelid
      JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.attnum
CROSS JOIN LATERAL (
        SELECT array_agg(b.attname::text ORDER BY b.attnum) AS names,
               COALESCE(min(b.attname::text) FILTER (WHERE b.attname = 'id'),
                        min(b.attname::text) FILTER (WHERE b.attname <> a.attname)) AS key
          FROM pg_attribute b WHERE b.attrelid = t.oid AND b.attnum > 0 AND NOT b.attisdropped) own
  ORDER BY 1, 2
"""


def raw(text: str) -> SQL:
    """Return text of the catalogue or of our own as SQL."""
    return SQL(text.replace("%", "%%"))  # pylint: disable=sql-injection


class Pointer(NamedTuple):
    """A column that names a guest by number, or as ``res.partner,<number>``."""

    table: str
    column: str
    key: str = "id"  #: what a row is known by; the other column of a table of links
    names: tuple[str, ...] = ()  #: all columns
    has_company: bool = False
    has_date: bool = False
    checks: tuple[str, ...] = ()
    uniques: tuple[tuple[list[str], str | None], ...] = ()
    condition: str = ""  #: which rows, called ``x``; ``{kept}`` and ``{gone}`` are the guests' numbers
    is_text: bool = False
    is_counted: bool = True  #: shown to people as something that moves

    def value(self, partner_id: int):
        """Return what the column holds for a guest."""
        return f"res.partner,{partner_id}" if self.is_text else partner_id

    def rows(self, gone_id: int, kept_id: int) -> SQL:
        """Return the condition on the rows ``x`` that name the guest who goes."""
        found = SQL("%s = %s", SQL.identifier("x", self.column), self.value(gone_id))
        if self.condition:
            found = SQL("%s AND (%s)", found, raw(self.condition.format(kept=int(kept_id), gone=int(gone_id))))
        return found

    def movable(self, gone_id: int, kept_id: int) -> SQL:
        """Return the same for those that may name the guest who stays: nothing in the database forbids it.

        What would be there twice stays where it is: the guest who stays has it already.
        """
        rows = self.rows(gone_id, kept_id)
        if not self.checks and not self.uniques:
            return rows
        table = SQL.identifier(self.table)
        target = SQL("%s::text" if self.is_text else "%s::int", self.value(kept_id))
        moved = SQL(", ").join(
            SQL("%s AS %s", target, SQL.identifier(name)) if name == self.column else SQL.identifier("x", name)
            for name in self.names
        )
        facts, clashes = [SQL("TRUE")], []
        for number, (keys, predicate) in enumerate(self.uniques):
            names = [SQL.identifier(f"u{number}_{place}") for place in range(len(keys))]
            inside = SQL("COALESCE((%s), FALSE)", raw(predicate)) if predicate else SQL("TRUE")
            values = SQL(", ").join(SQL("(%s) AS %s", raw(key), name) for key, name in zip(keys, names, strict=True))
            facts += [SQL("%s AS %s", inside, SQL.identifier(f"u{number}")), values]
            same = SQL(" AND ").join(SQL("o.%s = d.%s", name, name) for name in names)
            clashes.append(
                SQL(
                    "NOT (d.%s AND EXISTS (SELECT FROM (SELECT %s FROM %s WHERE %s = %s AND %s) o WHERE %s))",
                    SQL.identifier(f"u{number}"), values, table, SQL.identifier(self.column), target, inside, same,
                )  # fmt: skip
            )
        allowed = [SQL("COALESCE((%s), TRUE)", raw(check)) for check in self.checks] or [SQL("TRUE")]
        return SQL(
            """%(column)s = %(gone)s AND x.%(key)s IN (
                 SELECT d.merge_key FROM (
                   SELECT c.%(key)s AS merge_key, %(facts)s, %(allowed)s AS merge_allowed
                     FROM (SELECT %(moved)s FROM %(table)s x WHERE %(rows)s) c) d
                  WHERE d.merge_allowed AND %(clashes)s)""",
            column=SQL.identifier("x", self.column),
            gone=self.value(gone_id),
            key=SQL.identifier(self.key),
            facts=SQL(", ").join([SQL("%s AS merge_any", facts[0]), *facts[1:]]),
            allowed=SQL(" AND ").join(allowed),
            moved=moved,
            table=table,
            rows=rows,
            clashes=SQL(" AND ").join(clashes or [SQL("TRUE")]),
        )
