"""Rows of figures that are brought in line with the facts by set-based SQL."""

from odoo import api, fields, models
from odoo.tools import SQL


class HotelMetricMixin(models.AbstractModel):
    """Figures that queries give, one row per key; written only where they changed."""

    _name = "hotel.metric.mixin"
    _description = "Refresh of Figures"
    _log_access = False

    #: columns that tell rows apart, the guest first
    _metric_keys = ("partner_id", "company_id")

    refreshed_at = fields.Datetime(string="Changed", help="When these figures last changed.")

    @api.model
    def _get_metric_queries(self):
        """Return the queries whose columns are the keys, then fields of this model.

        :rtype: dict[str, SQL]
        """
        raise NotImplementedError

    @api.model
    def _query_refresh(self, scope):
        """Bring the rows of some guests in line with the facts; SQL because of volume.

        Rows that are right already are not written; keys without a fact lose their row.

        :param scope: function of a column (SQL) that returns the condition on the guest (SQL)
        """
        self.env.flush_all()
        queries = self._get_metric_queries()
        names = self._query_column_names(queries)
        # compiling takes longer than running, and a table has the statistics that a WITH has not
        self.env.cr.execute("SET LOCAL jit = off")
        self._query_make_table(
            self._get_fresh_table(),
            SQL(
                "SELECT %s, %s FROM %s",
                self._get_key_columns(),
                SQL(", ").join(map(self._get_column_value, names)),
                self._get_joined_queries(queries, scope),
            ),
        )
        self.env.cr.execute(SQL("ANALYZE %s", self._get_fresh_table()))
        self._query_write_fresh([name for name in names if name in self._fields], scope)
        self.invalidate_model()

    @api.model
    def _get_fresh_table(self):
        """Return the temporary table of what a refresh has computed; it lasts until the next one or the commit."""
        return SQL.identifier(f"{self._table}_fresh")

    @api.model
    def _query_make_table(self, table, query):
        """Put the rows of a query into a temporary table; SQL because of volume.

        :returns: how many rows
        :rtype: int
        """
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE TEMP TABLE %s ON COMMIT DROP AS %s", table, query))
        return self.env.cr.rowcount

    @api.model
    def _get_key_columns(self, alias=None):
        """Return the keys, separated by commas."""
        return SQL(", ").join(SQL.identifier(*filter(None, (alias, name))) for name in self._metric_keys)

    @api.model
    def _query_write_fresh(self, names, scope):
        """Take over what differs of the rows of the temporary table; SQL because of volume.

        :param list[str] names: columns
        :param scope: as of ``_query_refresh``
        """
        table, changed = SQL.identifier(self._table), SQL.identifier(f"{self._table}_changed")
        columns = [SQL.identifier(name) for name in names]
        if not self._query_make_table(changed, self._get_difference(columns, scope)):
            return
        self.env.cr.execute(SQL("ANALYZE %s", changed))
        values = {
            "table": table,
            "changed": changed,
            "keys": self._get_key_columns(),
            "columns": SQL(", ").join(columns),
            "fresh": SQL(", ").join(SQL("changed.%s", column) for column in columns),
            "now": fields.Datetime.now(),
        }
        for query in (
            """DELETE FROM %(table)s metric USING %(changed)s changed
                WHERE metric.id = changed.id AND changed.partner_id IS NULL""",
            """UPDATE %(table)s metric SET (%(columns)s, refreshed_at) = ROW(%(fresh)s, %(now)s)
                 FROM %(changed)s changed WHERE metric.id = changed.id AND changed.partner_id IS NOT NULL""",
            """INSERT INTO %(table)s (%(keys)s, %(columns)s, refreshed_at)
               SELECT %(keys)s, %(columns)s, %(now)s FROM %(changed)s WHERE id IS NULL ORDER BY %(keys)s""",
        ):
            self.env.cr.execute(SQL(query, **values))

    @api.model
    def _get_difference(self, columns, scope):
        """Return the query of rows that are not as computed: ``id`` of those there are, keys and columns as computed.

        Both tables are joined once, however many rows are to be deleted, changed and added: mostly few.
        """
        return SQL(
            """SELECT metric.id, %(fresh_keys)s, %(fresh)s
                 FROM %(fresh_table)s fresh
                 FULL JOIN (SELECT * FROM %(table)s metric WHERE %(scope)s) metric ON (%(keys)s) = (%(fresh_keys)s)
                WHERE metric.id IS NULL OR fresh.partner_id IS NULL OR (%(stored)s) IS DISTINCT FROM (%(fresh)s)""",
            table=SQL.identifier(self._table),
            fresh_table=self._get_fresh_table(),
            keys=self._get_key_columns("metric"),
            fresh_keys=self._get_key_columns("fresh"),
            stored=SQL(", ").join(SQL("metric.%s", column) for column in columns),
            fresh=SQL(", ").join(SQL("fresh.%s", column) for column in columns),
            scope=scope(SQL("metric.partner_id")),
        )

    @api.model
    def _get_joined_queries(self, queries, scope):
        """Return a FROM clause with one row per key, of the guests in scope."""
        parts = [
            SQL(
                "(SELECT * FROM (%s) AS %s WHERE %s) AS %s",
                query,
                SQL.identifier(f"{name}_all"),
                scope(SQL.identifier(f"{name}_all", "partner_id")),
                SQL.identifier(name),
            )
            for name, query in queries.items()
        ]
        joined = parts[0]
        for part in parts[1:]:
            joined = SQL("%s FULL JOIN %s USING (%s)", joined, part, self._get_key_columns())
        return joined

    @api.model
    def _get_column_value(self, name):
        """Return a figure as it is stored: numbers are never NULL, money is rounded to 1/10000."""
        field = self._get_known_fields()[name]
        column = SQL.identifier(name)
        if field.type == "monetary":
            return SQL("round(COALESCE(%s, 0), 4) AS %s", column, column)
        if field.type in ("integer", "float"):
            return SQL("COALESCE(%s, 0)::%s AS %s", column, SQL(field.column_type[1]), column)
        return column

    @api.model
    def _get_known_fields(self):
        """Return the fields that the queries may give.

        :rtype: dict[str, fields.Field]
        """
        return self._fields

    @api.model
    def _query_column_names(self, queries):
        """Return the columns that the queries give, asked of the database without running them.

        :param dict[str, SQL] queries: of ``_get_metric_queries``
        :rtype: list[str]
        :raises ValueError: where a column is no known field, or two queries give it
        """
        names = []
        for query in queries.values():
            self.env.cr.execute(SQL("SELECT * FROM (%s) AS query LIMIT 0", query))
            names += [column.name for column in self.env.cr.description[len(self._metric_keys) :]]
        known = self._get_known_fields()
        wrong = [name for name in names if names.count(name) > 1 or name not in known]
        if wrong:
            raise ValueError(f"Guest figures that are no field, or given twice: {', '.join(sorted(set(wrong)))}")
        return names
