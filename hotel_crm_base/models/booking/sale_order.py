from odoo import fields, models


class SaleOrder(models.Model):
    """A folio: the bill of a reservation, or of one part of it."""

    _inherit = "sale.order"

    hotel_reservation_id = fields.Many2one("hotel.reservation", index="btree_not_null", ondelete="restrict", copy=False)
    hotel_property_id = fields.Many2one(
        related="hotel_reservation_id.property_id", store=True, index="btree_not_null", precompute=True
    )
    hotel_folio_kind = fields.Selection(
        [("main", "Main"), ("rooms", "Rooms"), ("extras", "Extras"), ("fee", "Fee")],
        string="Folio",
        copy=False,
        help="Main: all charges that no other folio of the reservation takes.",
    )
