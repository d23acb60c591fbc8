from odoo import api, fields, models
from odoo.tools import SQL

from ...lifetime import bgnbd, gamma_gamma, valuation

#: ids of guests that are valued at once
STEP = 100000
#: More guests than that teach nothing new: parameters are then known to a few percent.
FIT_GUESTS = 50000
#: parts that the guests are divided into by the hash of their id, to take some of them
PARTS = 1024


class HotelValueFit(models.Model):
    """One valuation of guests: what was fitted, on how many, how well, and how far it has come."""

    _name = "hotel.value.fit"
    _description = "Valuation Report"
    _order = "id desc"
    _rec_name = "create_date"

    model_id = fields.Many2one("hotel.value.model", string="Guests of", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="model_id.company_id", store=True, index=True)
    property_id = fields.Many2one(related="model_id.property_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    today_date = fields.Date(string="As of", required=True, readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="running",
        readonly=True,
    )
    method = fields.Selection(
        [("forecast", "Forecast"), ("rfm", "Recency, Frequency, Spend")],
        readonly=True,
        help="Forecast: expected stays (BG/NBD) and spend per stay (Gamma-Gamma). Where there is no reliable fit,"
        " guests are told apart by how recently and often they came and what they spent.",
    )
    stay_reason = fields.Char(readonly=True)  # a code of lifetime.fitting.Fit: reason, else remark
    amount_reason = fields.Char(readonly=True)
    note = fields.Char(compute="_compute_note", string="Remarks")
    cuts = fields.Json(readonly=True)
    cut_text = fields.Text(compute="_compute_cut_text", string="Limits of Scores")
    guest_count = fields.Integer(string="Guests in the Fit", readonly=True)
    repeater_count = fields.Integer(string="Guests Who Came Back", readonly=True)
    valued_count = fields.Integer(string="Guests Valued", readonly=True)
    r = fields.Float(digits=(16, 6), readonly=True)
    alpha = fields.Float(digits=(16, 6), readonly=True, help="In weeks.")
    a = fields.Float(digits=(16, 6), readonly=True)
    b = fields.Float(digits=(16, 6), readonly=True)
    stay_log_likelihood = fields.Float(string="Log-Likelihood of Stays", digits=(16, 2), readonly=True)
    p = fields.Float(digits=(16, 6), readonly=True)
    q = fields.Float(digits=(16, 6), readonly=True)
    v = fields.Float(digits=(16, 6), readonly=True)
    amount_log_likelihood = fields.Float(string="Log-Likelihood of Spend", digits=(16, 2), readonly=True)
    correlation = fields.Float(
        digits=(16, 3), readonly=True, string="Spend and Frequency", help="Correlation, -1 to 1; near 0 is best."
    )
    position = fields.Integer(readonly=True, default=-1, help="Guests up to this internal number are done; -1: none.")
    last_position = fields.Integer(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Percent.")
    finished_at = fields.Datetime(readonly=True)

    _one_running = models.UniqueIndex(
        "(model_id) WHERE state = 'running'", "These guests are being valued already."
    )

    @api.depends("position", "last_position", "state")
    def _compute_progress(self):
        for fit in self:
            share = max(fit.position, 0) / fit.last_position if fit.last_position else 0.0
            fit.progress = 100.0 if fit.state == "done" else 100.0 * min(share, 1.0)

    @api.depends("stay_reason", "amount_reason", "correlation", "method")
    def _compute_note(self):
        reasons = {
            "few": self.env._("too few guests have come back"),
            "flat": self.env._("all guests are alike"),
            "border": self.env._("the data follow no pattern that the model knows"),
            "stuck": self.env._("the calculation came to no end"),
            "unsure": self.env._("the data do not settle it"),
        }
        for fit in self:
            sentences = []
            if fit.method == "rfm":
                sentences.append(
                    self.env._(
                        "No forecast, classes by recency, frequency and spend only: %(reason)s.",
                        reason=reasons.get(fit.stay_reason, fit.stay_reason),
                    )
                )
            elif fit.amount_reason and fit.amount_reason != "alike":
                sentences.append(
                    self.env._(
                        "Spend per stay is each guest's own mean so far, not a forecast: %(reason)s.",
                        reason=reasons.get(fit.amount_reason, fit.amount_reason),
                    )
                )
            elif abs(fit.correlation) > valuation.DOUBTFUL:
                sentences.append(
                    self.env._("Guests who come often spend otherwise than the rest: take the value with care.")
                )
            if fit.method == "forecast" and fit.stay_reason == "staying":
                sentences.append(
                    self.env._("Hardly any guest leaves for good; the forecast goes by how often they come.")
                )
            fit.note = " ".join(sentences)

    @api.depends("cuts")
    def _compute_cut_text(self):
        names = {
            "recency": self.env._("Days since the last arrival, 5 to 1"),
            "frequency": self.env._("Stays, 1 to 5"),
            "monetary": self.env._("Spend, 1 to 5"),
        }
        for fit in self:
            fit.cut_text = "\n".join(
                f"{title}: {' | '.join(f'{limit:,.0f}' for limit in (fit.cuts or {}).get(name, []))}"
                for name, title in names.items()
            )

    def action_cancel(self):
        """Stop after the running batch. Callable by managers.

        :raises AccessError: for everybody else
        """
        self.model_id.check_access("write")
        # written by the program only
        self.sudo().filtered(lambda fit: fit.state == "running").write({"state": "cancelled"})

    @api.model
    def _continue(self, step=STEP):
        """Carry on what is running, range by range, committing each.

        :param int step: internal numbers of guests per range
        """
        cron = self.env["ir.cron"]
        for fit in self.search([("state", "=", "running")], order="id"):
            while fit.state == "running":
                if fit.position < 0:
                    fit._fit()
                else:
                    fit._value_range(step)
                left = fit.last_position - fit.position
                seconds_left = cron._commit_progress(1, remaining=max(left // step, 1))
                fit.invalidate_recordset()
                if not seconds_left:
                    return

    def _fit(self):
        """Learn from this model's guests, or from so many of them that no more is to be learned."""
        model, today = self.model_id, self.today_date
        share = self._query_share()
        _ids, facts = model._query_facts(
            lambda column: SQL("(hashint4(%s) & %s) < %s", column, PARTS - 1, share), today, with_diners=False
        )
        stays = valuation.fit_stays(facts, today.toordinal())
        amounts, correlation = valuation.fit_amounts(facts)
        self.write(
            {
                "position": 0,
                "cuts": valuation.find_cuts(facts, today.toordinal()),
                "guest_count": len(facts.visits),
                "repeater_count": int((facts.visits > 1).sum()),
                "method": "forecast" if stays.is_converged else "rfm",
                "stay_reason": stays.reason or stays.remark,
                "amount_reason": amounts.reason or amounts.remark,
                "stay_log_likelihood": stays.log_likelihood if stays.parameters else 0,
                "amount_log_likelihood": amounts.log_likelihood if amounts.parameters else 0,
                "correlation": correlation,
                **stays.parameters,
                **amounts.parameters,
            }
        )

    def _query_share(self):
        """Return how many parts of PARTS are fitted; counted in SQL, archived guests too."""
        if self.property_id:
            count = SQL("SELECT count(DISTINCT partner_id) FROM hotel_stay WHERE property_id = %s", self.property_id.id)
        else:
            count = SQL(
                "SELECT count(*) FROM hotel_guest_metric WHERE company_id = %s AND stay_count > 0", self.company_id.id
            )
        [(guests,)] = self.env.execute_query(count)
        return min(PARTS, -(-PARTS * FIT_GUESTS // max(guests, 1)))

    def _value_range(self, step):
        """Value the guests of the next range of ids."""
        first, last = self.position + 1, self.position + step
        valued = self.env["hotel.guest.value"]._refresh_range(self, first, last)
        vals = {"position": min(last, self.last_position), "valued_count": self.valued_count + valued}
        if last >= self.last_position:
            vals |= {"state": "done", "finished_at": fields.Datetime.now()}
            self.env["hotel.guest.figure"]._wake()
        self.write(vals)

    def _get_stay_parameters(self):
        return bgnbd.Parameters(self.r, self.alpha, self.a, self.b) if self.method == "forecast" else None

    def _get_amount_parameters(self):
        if self.amount_reason not in ("", False, "alike"):
            return None
        return gamma_gamma.Parameters(self.p, self.q, self.v)
