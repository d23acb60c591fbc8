from odoo import fields, models

from ..consumption.hotel_consumption import KINDS


class SaleOrderLine(models.Model):
    """A charge on a folio; room charges are one line per night."""

    _inherit = "sale.order.line"

    hotel_stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="restrict", copy=False)
    hotel_service_date = fields.Date(string="Service Date", copy=False, help="The night, or the day of the charge.")
    hotel_is_night = fields.Boolean(string="Room Charge", copy=False)
    hotel_kind = fields.Selection(KINDS, string="Kind of Charge", copy=False)
    hotel_outlet_id = fields.Many2one("hotel.outlet", string="Outlet", ondelete="restrict", copy=False)
    hotel_posted_at = fields.Datetime(
        string="Posted At", copy=False, readonly=True, help="When the charge was due: a night once it has been slept."
    )
    hotel_bill_ref = fields.Char(string="Bill", copy=False)

    _hotel_night_once = models.UniqueIndex(
        "(hotel_stay_id, hotel_service_date) WHERE hotel_is_night", "A night is charged to a stay once."
    )
