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
        self.env.cr.execute("DROP TABLE IF EXISTS hotel_metric_fresh")
        self.env.cr.execute(
            SQL(
                "CREATE TEMP TABLE hotel_metric_fresh ON COMMIT DROP AS SELECT %s, %s FROM %s",
                self._get_key_columns(),
                SQL(", ").join(map(self._get_column_value, names)),
                self._get_joined_queries(queries, scope),
            )
        )
        self.env.cr.execute("ANALYZE hotel_metric_fresh")
        self._query_write_fresh(names, scope(SQL("metric.partner_id")))
        self.invalidate_model()

    @api.model
    def _get_key_columns(self, alias=None):
        """Return the keys, separated by commas."""
        return SQL(", ").join(SQL.identifier(*filter(None, (alias, name))) for name in self._metric_keys)

    @api.model
    def _query_write_fresh(self, names, scope):
        """Take the rows of the temporary table over into this one; SQL because of volume."""
        table = SQL.identifier(self._table)
        columns = [SQL.identifier(name) for name in names]
        same = SQL("(%s) = (%s)", self._get_key_columns("metric"), self._get_key_columns("fresh"))
        missing = SQL("NOT EXISTS (SELECT FROM hotel_metric_fresh fresh WHERE %s)", same)
        self.env.cr.execute(SQL("DELETE FROM %s metric WHERE %s AND %s", table, scope, missing))
        self.env.cr.execute(
            SQL(
                """UPDATE %s metric SET (%s, refreshed_at) = ROW(%s, %s)
                     FROM hotel_metric_fresh fresh
                    WHERE %s AND %s AND (%s) IS DISTINCT FROM (%s)""",
                table,
                SQL(", ").join(columns),
                SQL(", ").join(SQL("fresh.%s", column) for column in columns),
                fields.Datetime.now(),
                scope,
                same,
                SQL(", ").join(SQL("metric.%s", column) for column in columns),
                SQL(", ").join(SQL("fresh.%s", column) for column in columns),
            )
        )
        # no ON CONFLICT: it would burn a number of the sequence for every row there is
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (%(keys)s, %(columns)s, refreshed_at)
                   SELECT %(keys)s, %(columns)s, %(now)s FROM hotel_metric_fresh fresh
                    WHERE NOT EXISTS (SELECT FROM %(table)s metric WHERE %(scope)s AND %(same)s)
                    ORDER BY %(keys)s""",
                table=table,
                keys=self._get_key_columns(),
                columns=SQL(", ").join(columns),
                now=fields.Datetime.now(),
                scope=scope,
                same=same,
            )
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
        field = self._fields[name]
        column = SQL.identifier(name)
        if field.type == "monetary":
            return SQL("round(COALESCE(%s, 0), 4) AS %s", column, column)
        if field.type in ("integer", "float"):
            return SQL("COALESCE(%s, 0)::%s AS %s", column, SQL(field.column_type[1]), column)
        return column

    @api.model
    def _query_column_names(self, queries):
        """Return the columns that the queries give, asked of the database without running them.

        :param dict[str, SQL] queries: of ``_get_metric_queries``
        :rtype: list[str]
        :raises ValueError: where a column is no field of this model, or two queries give it
        """
        names = []
        for query in queries.values():
            self.env.cr.execute(SQL("SELECT * FROM (%s) AS query LIMIT 0", query))
            names += [column.name for column in self.env.cr.description[len(self._metric_keys) :]]
        wrong = [name for name in names if names.count(name) > 1 or name not in self._fields]
        if wrong:
            raise ValueError(f"Guest figures that are no field, or given twice: {', '.join(sorted(set(wrong)))}")
        return names
