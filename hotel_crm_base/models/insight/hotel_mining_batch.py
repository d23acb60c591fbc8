"""Figures that were computed elsewhere, by Spark: taken from staging tables, row by row or not at all."""

from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [("months", "Figures by Month"), ("values", "Guest Value"), ("duplicates", "Possible Duplicates")]
#: kind -> staging table
TABLES = {"months": "hotel_mining_months", "values": "hotel_mining_values", "duplicates": "hotel_mining_pairs"}
#: pairs that are noted at once
STEP = 50_000


class HotelMiningBatch(models.Model):
    """What was taken of one result, and what was not, with the reason."""

    _name = "hotel.mining.batch"
    _description = "Figures Computed Elsewhere"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    exported_at = fields.Datetime(readonly=True, help="When the facts were read that the figures were computed from.")
    row_count = fields.Integer(string="Rows", readonly=True)
    taken_count = fields.Integer(string="Taken", readonly=True)
    refused_count = fields.Integer(string="Not Taken", readonly=True)
    note = fields.Char(readonly=True)

    @api.model
    def _take_all(self, exported_at, fits=None, search=None):
        """Take what lies in the staging tables, in the running transaction, and drop them.

        :param str exported_at: when the facts were read
        :param list[dict] fits: what was learned of guests' value, by ``model_id``
        :param dict search: what was learned of duplicates
        :rtype: hotel.mining.batch
        """
        batches = self.browse()
        for kind, table in TABLES.items():
            if not self._query_is_there(table):
                continue
            batch = self.create({"kind": kind, "exported_at": exported_at})
            batch._take({"values": fits, "duplicates": search}.get(kind))
            self.env.cr.execute(SQL("DROP TABLE %s", SQL.identifier(table)))
            batches |= batch
        return batches

    @api.model
    def _query_is_there(self, table):
        return self.env.execute_query(SQL("SELECT to_regclass(%s) IS NOT NULL", table))[0][0]

    def _take(self, learned):
        """Leave out rows of guests who are gone, take the others."""
        self.env.flush_all()
        table = SQL.identifier(TABLES[self.kind])
        columns = ("partner_a", "partner_b") if self.kind == "duplicates" else ("partner_id",)
        gone = SQL(" OR ").join(
            SQL("NOT EXISTS (SELECT FROM res_partner guest WHERE guest.id = %s)", SQL.identifier("row", name))
            for name in columns
        )
        [(rows,)] = self.env.execute_query(SQL("SELECT count(*) FROM %s", table))
        self.env.cr.execute(SQL("DELETE FROM %s AS row WHERE %s", table, gone))
        refused = self.env.cr.rowcount
        note = self.env._("%s rows of guests who are not there any more.", refused) if refused else False
        lacking = self._query_lacking()
        if lacking:
            refused, note = rows, self.env._("These figures are not computed there: %s.", ", ".join(sorted(lacking)))
        else:
            getattr(self, f"_take_{self.kind}")(table, learned)
        self.write({"row_count": rows, "refused_count": refused, "taken_count": rows - refused, "note": note})

    def _query_lacking(self):
        """Return figures that an addon has counted by month and the staging table does not have.

        :rtype: set[str]
        """
        if self.kind != "months":
            return set()
        aggregates = self.env["hotel.guest.metric"]._get_metric_aggregates()
        needed = {name for figures in aggregates.values() for name in figures}
        rows = self.env.execute_query(
            SQL("SELECT column_name FROM information_schema.columns WHERE table_name = %s", TABLES["months"])
        )
        return needed - {row[0] for row in rows}

    def _take_months(self, table, _learned):
        """Take figures by month; those of guests that were counted anew meanwhile are counted once more."""
        metrics, months = self.env["hotel.guest.metric"], self.env["hotel.guest.metric.month"]
        self.env["hotel.guest.metric.queue"]._query_add(
            SQL("SELECT DISTINCT partner_id FROM hotel_guest_metric WHERE refreshed_at >= %s", self.exported_at)
        )
        months._query_make_table(months._get_fresh_table(), SQL("SELECT * FROM %s", table))
        metrics._query_take_months(lambda _column: SQL("TRUE"))

    def _take_values(self, table, fits):
        """Take what guests are worth, with the report of each valuation."""
        values = self.env["hotel.guest.value"]
        today = fields.Date.context_today(self)
        for fit in fits or []:
            model = self.env["hotel.value.model"].browse(fit["model_id"]).exists()
            if not model:
                continue
            learned = {name: value for name, value in fit.items() if name != "model_id"}
            report = self.env["hotel.value.fit"].create(
                {**model._prepare_fit_vals(), **learned, "today_date": today, "state": "done", "position": 0}
            )
            values._query_make_fresh(SQL("SELECT * FROM %s WHERE model_id = %s", table, model.id))
            values._query_write_fresh(report, lambda _column: SQL("TRUE"))
            report.write({"valued_count": self._query_valued(model), "finished_at": fields.Datetime.now()})
            model.last_fit_id = report
        self.env["hotel.guest.figure"]._wake()

    def _query_valued(self, model):
        return self.env["hotel.guest.value"].search_count([("model_id", "=", model.id)])

    def _take_duplicates(self, table, search):
        """Note pairs that are likely one guest, with the search that found them."""
        pairs = self.env["hotel.duplicate.pair"]
        rows = self.env.execute_query(SQL("SELECT partner_a, partner_b, probability, levels FROM %s", table))
        for start in range(0, len(rows), STEP):
            pairs._query_note(rows[start : start + STEP])
        if search:
            self.env["hotel.duplicate.search"].create(
                {**search, "state": "done", "last_position": 0, "finished_at": fields.Datetime.now()}
            )
