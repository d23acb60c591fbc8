"""Figures of guests, computed from the facts by set-based SQL and never by hand."""

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 5000
LOCK = "hotel_guest_metric"
TAKEN = SQL("fact.state IN ('in_house', 'departed')")
#: figures of months that are not added up
TOTALS = {"first_arrival_date": SQL("min"), "last_departure_date": SQL("max")}


class HotelGuestMetric(models.Model):
    """What is computed about one guest at one company, in the company's currency."""

    _name = "hotel.guest.metric"
    _inherit = ["hotel.metric.mixin", "hotel.guest.trace.mixin"]
    _description = "Guest Figures"
    _order = "partner_id, company_id"
    _log_access = False
    _rec_name = "partner_id"

    _is_change_traced = False  # computed, not changed by people

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    stay_count = fields.Integer(string="Stays", help="Stays in house or departed.")
    night_count = fields.Integer(string="Nights", help="Nights of the stays in house or departed.")
    cancel_count = fields.Integer(string="Cancellations")
    no_show_count = fields.Integer(string="No-Shows")
    charge_count = fields.Integer(string="Charges", help="Charges that were not taken back.")
    spend_gross = fields.Monetary(
        string="Spend", help="Consumption, tax included, at the rate of the day of each charge."
    )
    spend_net = fields.Monetary(string="Net Spend", help="As the spend, tax not included.")
    first_arrival_date = fields.Date()
    last_departure_date = fields.Date()

    _once = models.UniqueIndex("(partner_id, company_id)", "One row per guest and company.")
    _spend_idx = models.Index("(spend_gross)")
    _nights_idx = models.Index("(night_count)")
    _departure_idx = models.Index("(last_departure_date)")

    # ---- hooks: what is computed ------------------------------------------------------------

    @api.model
    def _get_metric_sources(self):
        """Return what the figures are counted from: one scan of each.

        :rtype: dict[str, SQL]: name to a FROM clause whose rows, called ``fact``, have the
            columns partner_id and company_id
        """
        return {
            "stay": SQL("hotel_stay fact"),
            "consumption": SQL("hotel_consumption fact JOIN res_company company ON company.id = fact.company_id"),
        }

    @api.model
    def _get_metric_aggregates(self):
        """Hook: return the figures that a scan of each source gives.

        Add a key to count something more in the same scan, for example::

            figures = super()._get_metric_aggregates()
            figures["stay"]["child_count"] = SQL("sum(fact.children)")

        It is counted month by month, and ``_get_metric_totals`` says how months make a whole.

        :rtype: dict[str, dict[str, SQL]]: source to (field of this model to aggregate over ``fact``)
        """
        gross, net = (
            self.env["res.currency"]._get_day_amount(
                amount, SQL("fact.currency_id"), SQL("company"), SQL("fact.business_date")
            )
            for amount in (SQL("fact.amount_gross"), SQL("fact.amount_net"))
        )
        return {
            "stay": {
                "stay_count": SQL("count(*) FILTER (WHERE %s)", TAKEN),
                "night_count": SQL("sum(fact.nights) FILTER (WHERE %s)", TAKEN),
                "cancel_count": SQL("count(*) FILTER (WHERE fact.state = 'cancelled')"),
                "no_show_count": SQL("count(*) FILTER (WHERE fact.state = 'no_show')"),
                "first_arrival_date": SQL("min(fact.arrival_date) FILTER (WHERE %s)", TAKEN),
                "last_departure_date": SQL("max(fact.departure_date) FILTER (WHERE %s)", TAKEN),
            },
            "consumption": {
                "charge_count": SQL("sum(CASE WHEN fact.reversal_of_id IS NULL THEN 1 ELSE -1 END)"),
                "spend_gross": SQL("sum(%s)", gross),
                "spend_net": SQL("sum(%s)", net),
            },
        }

    @api.model
    def _get_metric_totals(self):
        """Hook: return how the whole is made of the months; what is not said otherwise is added up.

        :rtype: dict[str, SQL]: field of this model to aggregate over ``fact``, rows of one guest's months
        """
        names = [name for figures in self._get_metric_aggregates().values() for name in figures]
        return {name: SQL("%s(fact.%s)", TOTALS.get(name, SQL("sum")), SQL.identifier(name)) for name in names}

    @api.model
    def _get_metric_queries(self):
        """Hook: return the queries whose columns are fields of this model.

        Each gives one row per (partner_id, company_id) and is whole, without a condition on the
        guest: a refresh of some guests adds it, and the planner carries it inside because the
        query is grouped by partner_id. So no WITH, and no window that is not by partner_id.
        The first one adds up the months that were computed just before.

        :rtype: dict[str, SQL]
        """
        return {
            "month": SQL(
                "SELECT fact.partner_id, fact.company_id, %s FROM %s fact GROUP BY fact.partner_id, fact.company_id",
                SQL(", ").join(
                    SQL("%s AS %s", aggregate, SQL.identifier(field))
                    for field, aggregate in self._get_metric_totals().items()
                ),
                self.env["hotel.guest.metric.month"]._get_fresh_table(),
            )
        }

    # ---- refresh ----------------------------------------------------------------------------

    @api.model
    def _refresh_partners(self, partner_ids):
        """Compute the figures of these guests now, in the running transaction.

        :param Iterable[int] partner_ids: some guests; for thousands queue them instead
        """
        ids = sorted(set(partner_ids))
        if ids:
            self._query_refresh(lambda column: SQL("%s = ANY(%s)", column, ids))

    @api.model
    def _mark_dirty(self, partner_ids):
        """Queue these guests: their figures are computed anew within minutes.

        :param Iterable[int] partner_ids: any number
        """
        queue = self.env["hotel.guest.metric.queue"].sudo()  # has no access rows but the administrator's
        ids = "{" + ",".join(map(str, partner_ids)) + "}"  # read at once, where a list is parsed by element
        queue._query_add(SQL("SELECT DISTINCT unnest(%s::int[])", ids))

    @api.model
    def _refresh_changed(self, batch=BATCH):
        """Compute the figures of guests whose facts changed, batch by batch, and commit each.

        :returns: how many guests were refreshed
        :rtype: int
        """
        queue = self.env["hotel.guest.metric.queue"]
        cron = self.env["ir.cron"]
        refreshed = 0
        while self._query_try_lock():
            partner_ids = queue._query_take(batch)
            self._refresh_partners(partner_ids)
            refreshed += len(partner_ids)
            seconds_left = cron._commit_progress(len(partner_ids), remaining=queue._query_count())
            if not partner_ids or not seconds_left:
                break
        return refreshed

    @api.model
    def _refresh_all(self):
        """Start computing the figures of all guests; a job carries it out and survives a restart.

        :rtype: hotel.metric.run
        """
        return self.env["hotel.metric.run"]._start()

    @api.model
    def _refresh_range(self, first_id, last_id):
        """Compute the figures of the guests with ids in this range, both ends included."""
        # sorts of this size belong in memory; it is one statement at a time, so this is the bound
        self.env.cr.execute("SET LOCAL work_mem = '128MB'")
        # a guest has few facts of any kind: what is sorted by guest once is counted in one go, by several
        # processes; a hash of so many groups is neither
        self.env.cr.execute("SET LOCAL enable_hashagg = off")
        self.env.cr.execute("SET LOCAL parallel_tuple_cost = 0.01")
        self._query_refresh(lambda column: SQL("%s BETWEEN %s AND %s", column, first_id, last_id))

    @api.model
    def _query_try_lock(self):
        """Return whether this transaction may refresh many guests; another one does at the moment otherwise.

        SQL because an advisory lock is no record. What two refreshes compute of one guest
        cannot mix up without it either (the later one fails as not serializable), it only
        spares the failure.
        """
        return self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK)
        )[0][0]

    @api.model
    def _query_refresh(self, scope):
        """Count the months of these guests, then make the whole of them, in one transaction."""
        self.env["hotel.guest.metric.month"]._query_refresh(scope)
        return self._query_total(scope)

    @api.model
    def _query_take_months(self, scope):
        """Take over months that were counted elsewhere, and make the whole of them.

        :param scope: as of ``_query_refresh``; the months lie in the temporary table of ``hotel.guest.metric.month``
        """
        months = self.env["hotel.guest.metric.month"]
        months._query_write_fresh([name for name in self._get_metric_totals() if name in months._fields], scope)
        self._query_total(scope)

    @api.model
    def _query_total(self, scope):
        """Make the whole of the months that are at hand."""
        result = super()._query_refresh(scope)
        self.env["res.partner"].invalidate_model(["hotel_metric_ids"])
        return result
