from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...lifetime import valuation

#: a fit is renewed after so many days
FIT_DAYS = 30


class HotelValueModel(models.Model):
    """Whose guests are valued together: those of a company, or of one property."""

    _name = "hotel.value.model"
    _description = "Guest Valuation"
    _order = "company_id, property_id, id"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    property_id = fields.Many2one(
        "hotel.property", ondelete="cascade", index=True, help="Empty: all properties of the company."
    )
    active = fields.Boolean(default=True)
    limit_active = fields.Float(
        string="Warm From", default=0.5, help="Least chance to come back within 12 months of a warm guest."
    )
    limit_cooling = fields.Float(string="Cooling From", default=0.25)
    limit_at_risk = fields.Float(string="At Risk From", default=0.1, help="Guests below are counted as lost.")
    fit_ids = fields.One2many("hotel.value.fit", "model_id", string="Valuations")
    last_fit_id = fields.Many2one("hotel.value.fit", string="Last Valuation", readonly=True, ondelete="set null")
    valued_at = fields.Datetime(related="last_fit_id.create_date", string="Valued")
    state = fields.Selection(related="last_fit_id.state")
    method = fields.Selection(related="last_fit_id.method")
    progress = fields.Float(related="last_fit_id.progress")
    note = fields.Char(related="last_fit_id.note")

    _once = models.UniqueIndex(
        "(company_id, COALESCE(property_id, 0))", "The guests of this company or property are valued already."
    )
    _limit_check = models.Constraint(
        "CHECK (1 > limit_active AND limit_active > limit_cooling AND limit_cooling > limit_at_risk"
        " AND limit_at_risk > 0)",
        "The limits go down from Warm over Cooling to At Risk, all between 0 and 1.",
    )

    @api.depends("company_id", "property_id")
    def _compute_name(self):
        for model in self:
            model.name = model.property_id.name or model.company_id.name

    @api.constrains("company_id", "property_id")
    def _check_property(self):
        for model in self:
            if model.property_id and model.property_id.company_id != model.company_id:
                raise ValidationError(self.env._("The property belongs to another company."))

    def action_value(self):
        """Order a valuation of these guests; a job carries it out. Callable by managers.

        :returns: the action that shows the report with its progress
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self.check_access("write")
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Valuing guests is for managers."))
        fit = self._start()[:1]
        return {
            "type": "ir.actions.act_window",
            "res_model": fit._name,
            "res_id": fit.id,
            "views": [[False, "form"]],
        }

    def _start(self):
        """Return the running valuations of these models, new ones where there are none, and wake the job.

        :rtype: hotel.value.fit
        """
        # written by the program only
        fits = self.env["hotel.value.fit"].sudo()
        running = fits.search([("model_id", "in", self.ids), ("state", "=", "running")])
        fresh = self - running.model_id
        for fit in fits.create([model._prepare_fit_vals() for model in fresh]):
            fit.model_id.last_fit_id = fit
            running |= fit
        if running:  # the job itself starts what is old: with nothing to do, it is not to wake itself for ever
            self.env.ref("hotel_crm_base.ir_cron_value").sudo()._trigger()
        return running.with_env(self.env)

    def _prepare_fit_vals(self):
        return {
            "model_id": self.id,
            "today_date": fields.Date.context_today(self),
            "last_position": self.env["hotel.metric.run"].sudo()._query_last_partner_id(),
        }

    def _get_limits(self):
        """Return the least chances to come back of the bands but the last (tuple of float)."""
        return self.limit_active, self.limit_cooling, self.limit_at_risk

    @api.model
    def _cron_value(self):
        """Value guests anew where the last valuation is old, and go on with those that are running."""
        for company in self.env["hotel.property"].search([]).company_id:
            if not self.with_context(active_test=False).search_count(
                [("company_id", "=", company.id), ("property_id", "=", False)], limit=1
            ):
                self.create({"company_id": company.id})
        since = fields.Datetime.subtract(fields.Datetime.now(), days=FIT_DAYS)
        recent = self.env["hotel.value.fit"].search([("create_date", ">", since)]).model_id
        (self.search([]) - recent)._start()
        self.env["hotel.value.fit"]._continue()

    def _query_facts(self, condition, today, with_diners=True):
        """Return what is known of some guests of this model, by one query; SQL because of volume.

        :param condition: function of a column (SQL) that returns the condition on the guest (SQL)
        :param date today: stays that begin later do not count
        :param bool with_diners: guests who never stayed as well
        :returns: ids of guests (array), and their facts
        :rtype: tuple[numpy.ndarray, valuation.Facts]
        """
        return self.env["hotel.guest.value"]._query_facts(self, condition, today, with_diners)

    def _get_rules(self, fit):
        """Return what guests are valued by after a fit (valuation.Rules)."""
        return valuation.Rules(
            today=fit.today_date.toordinal(),
            cuts=fit.cuts,
            limits=self._get_limits(),
            stays=fit._get_stay_parameters(),
            amounts=fit._get_amount_parameters(),
        )
