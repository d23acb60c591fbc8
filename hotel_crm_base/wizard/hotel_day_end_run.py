from odoo import api, fields, models


class HotelDayEndRun(models.TransientModel):
    """The question whether to end the business day, with what is still open."""

    _name = "hotel.day.end.run"
    _description = "End the Business Day"

    property_id = fields.Many2one(
        "hotel.property", required=True, ondelete="cascade", default=lambda self: self.env.user._get_hotel_property()
    )
    date = fields.Date(string="Business Day", compute="_compute_date", store=True, precompute=True, required=True)
    arrivals_open = fields.Integer(string="Arrivals Not Come", compute="_compute_open")
    departures_open = fields.Integer(string="Departures Not Gone", compute="_compute_open")
    rooms_held = fields.Integer(compute="_compute_open")
    rooms_dirty = fields.Integer(compute="_compute_open")

    @api.depends("property_id")
    def _compute_date(self):
        for run in self:
            run.date = run.property_id.business_date

    @api.depends("property_id", "date")
    def _compute_open(self):
        stays, rooms, items = self.env["hotel.stay"], self.env["hotel.room"], self.env["hotel.day.end.item"]
        for run in self:
            domains = items._get_stay_domains(run.property_id, run.date or run.property_id.business_date)
            run.arrivals_open = stays.search_count(domains["arrival"])
            run.departures_open = stays.search_count(domains["departure"])
            run.rooms_held = stays.search_count(domains["held"])
            run.rooms_dirty = rooms.search_count(
                [("property_id", "=", run.property_id.id), ("housekeeping_state", "=", "dirty")]
            )

    def action_run(self):
        """End the day that is shown. Callable by front office and managers.

        :returns: the day's end with what was open
        :rtype: dict: action
        :raises UserError: the day has not begun by the clock, or is not the one that runs
        """
        self.ensure_one()
        day_end = self.property_id._end_day_by_hand(self.date)
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.day.end",
            "res_id": day_end.id,
            "views": [(False, "form")],
        }
