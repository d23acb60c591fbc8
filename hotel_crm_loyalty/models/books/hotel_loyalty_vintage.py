"""Vintages: what became of the points issued in a month, and what is expected of the rest."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ... import breakage

LOCK = "hotel_loyalty_vintage"
#: what each kind of move does to a vintage
PARTS = {
    "issued": SQL("('earn', 'bonus', 'post', 'reverse', 'settle')"),
    "redeemed": SQL("('redeem', 'return')"),
    "expired": SQL("('expire')"),
}


class HotelLoyaltyVintage(models.Model):
    """Points of one programme and company issued in one month, as of the last night.

    Issued is net of what was taken back; what remains is issued less redeemed less expired. The breakage is
    estimated by the curves of all vintages of that programme and company, see ``breakage.py``.
    """

    _name = "hotel.loyalty.vintage"
    _inherit = ["hotel.report.mixin"]
    _description = "Breakage Analysis"
    _order = "issue_date desc, program_id, company_id"
    _log_access = False
    _rec_name = "issue_date"

    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    issue_date = fields.Date(string="Month of Issue", required=True, readonly=True, help="Its first day.")
    age = fields.Integer(string="Age in Months", readonly=True, aggregator="avg")
    issued = fields.Integer(readonly=True, help="Points, less those taken back.")
    redeemed = fields.Integer(readonly=True)
    expired = fields.Integer(readonly=True)
    remaining = fields.Integer(string="Outstanding", readonly=True)
    remaining_value = fields.Monetary(string="Outstanding Value", readonly=True)
    expected = fields.Integer(
        string="Redeemed in the End", readonly=True, help="Points expected to be redeemed, those so far included."
    )
    lost = fields.Integer(string="Breakage", readonly=True, help="Points expected never to be redeemed.")
    lost_value = fields.Monetary(
        string="Breakage of Outstanding",
        readonly=True,
        help="Value of outstanding points expected never to be redeemed.",
    )
    redemption_rate = fields.Float(
        string="Redeemed %", readonly=True, aggregator="avg", help="Of 100 points issued, so far."
    )
    breakage_rate = fields.Float(
        string="Breakage %",
        readonly=True,
        aggregator="avg",
        help="Of 100 points issued, those expected never to be redeemed.",
    )

    _once = models.UniqueIndex("(program_id, company_id, issue_date)", "One row per vintage.")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "redemption_rate": ("redeemed", "issued", 100),
            "breakage_rate": ("lost", "issued", 100),
        }

    @api.model
    def _cron_refresh(self):
        """Count all vintages anew; a job of the night."""
        if self._query_try_lock():
            self._refresh()

    @api.model
    def _refresh(self):
        """Count all vintages from the ledger and estimate their breakage, in the running transaction."""
        self.env.flush_all()
        self._query_spare_compiling()
        self.env["hotel.loyalty.vintage.age"]._query_refresh()
        found = defaultdict(list)
        for program_id, company_id, *rest in self._query_vintages():
            found[program_id, company_id].append(rest)
        today = {program.id: program._get_hotel_today() for program in self.env["loyalty.program"].sudo().browse(
            {program_id for program_id, _company_id in found})}
        rows = []
        for (program_id, company_id), vintages in found.items():
            rows += self._estimate(program_id, company_id, vintages, today[program_id])
        self._query_replace(rows)
        self.invalidate_model()
        self.env["hotel.loyalty.vintage.age"].invalidate_model()

    @api.model
    def _estimate(self, program_id, company_id, vintages, today):
        """Return the rows of one programme and company.

        :param list vintages: (month of issue, issued, expired, remaining value, redeemed by age)
        """
        plain = []
        for number, (issued_on, issued, expired, _value, redeemed) in enumerate(vintages):
            whole = max((today.year - issued_on.year) * 12 + today.month - issued_on.month, 0)
            known = {age: points for age, points in redeemed if age < whole}
            by_age = tuple(known.get(age, 0) for age in range(whole))
            plain.append(breakage.Vintage(number, issued, by_age, expired))
        rows = []
        for (issued_on, issued, expired, value, redeemed), vintage, found in zip(
            vintages, plain, breakage.estimate(plain), strict=True
        ):
            used = sum(points for _age, points in redeemed)
            remaining = issued - used - expired
            expected = min(max(round(found.expected), used), max(issued - expired, used))
            lost = max(issued - expected, 0)
            open_lost = min(max(remaining - (expected - used), 0), max(remaining, 0))
            lost_value = value * open_lost / remaining if remaining > 0 else 0
            rows.append((program_id, company_id, issued_on, len(vintage.redeemed), issued, used, expired, remaining,
                         value, expected, lost, lost_value))  # fmt: skip
        return rows

    @api.model
    def _query_try_lock(self):
        """Return whether this transaction may refresh; SQL because an advisory lock is no record."""
        return self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK))[0][0]

    @api.model
    def _query_vintages(self):
        """Return the vintages with what was redeemed at each age; SQL for the arrays.

        :rtype: list[tuple]: programme, company, month of issue, issued, expired, remaining value,
            [[age, points redeemed]]
        """
        return self.env.execute_query(
            SQL(
                """SELECT program_id, company_id, issue_date, sum(issued)::bigint, sum(expired)::bigint, sum(value),
                          json_agg(json_build_array(age, redeemed) ORDER BY age)
                     FROM hotel_loyalty_vintage_age GROUP BY program_id, company_id, issue_date
                    ORDER BY program_id, company_id, issue_date"""
            )
        )

    @api.model
    def _query_replace(self, rows):
        """Write all vintages; SQL because they are replaced as a whole."""
        names = ("program_id, company_id, issue_date, age, issued, redeemed, expired, remaining, remaining_value,"
                 " expected, lost, lost_value")  # fmt: skip
        columns = list(zip(*rows, strict=True)) or [()] * 12
        self.env.cr.execute("DELETE FROM hotel_loyalty_vintage")
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_loyalty_vintage (%(names)s, currency_id, redemption_rate, breakage_rate)
                   SELECT fresh.*, company.currency_id, 100.0 * redeemed / NULLIF(issued, 0),
                          100.0 * lost / NULLIF(issued, 0)
                     FROM unnest(%(program)s::int[], %(company)s::int[], %(issue)s::date[], %(counts)s,
                                 %(value)s::numeric[], %(expected)s::int[], %(lost)s::int[], %(lost_value)s::numeric[])
                          AS fresh(%(names)s)
                     JOIN res_company company ON company.id = fresh.company_id RETURNING 1""",
                names=SQL(names),
                program=list(columns[0]),
                company=list(columns[1]),
                issue=list(columns[2]),
                counts=SQL(", ").join(SQL("%s::int[]", list(column)) for column in columns[3:8]),
                value=list(columns[8]),
                expected=list(columns[9]),
                lost=list(columns[10]),
                lost_value=list(columns[11]),
            )
        )
