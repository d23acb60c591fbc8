from odoo import fields, models


class HotelGuestMetricQueue(models.Model):
    """A guest whose facts changed since his or her figures were computed."""

    _name = "hotel.guest.metric.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Guests Whose Figures Are Due"
    _rec_name = "partner_id"
    _log_access = False
    _queued_columns = ("partner_id",)

    # no foreign key: a bulk load would check it a million times, and a guest that is gone does no harm
    partner_id = fields.Integer(string="Guest (id)", required=True)
