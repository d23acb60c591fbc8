from odoo import api, fields, models


class HotelFolioSplit(models.TransientModel):
    """A folio for one kind of charges or one guest, or charges moved from one folio to another."""

    _name = "hotel.folio.split"
    _description = "Split the Folio"

    reservation_id = fields.Many2one("hotel.reservation", required=True, readonly=True)
    target = fields.Selection(
        [
            ("rooms", "Rooms"),
            ("extras", "All but Rooms"),
            ("main", "Everything of One Guest"),
            ("open", "An Open Folio"),
        ],
        string="New Folio For",
        required=True,
        default="rooms",
    )
    stay_id = fields.Many2one(
        "hotel.stay", string="Only of", domain="[('reservation_id', '=', reservation_id)]", help="Empty: all guests."
    )
    payer_id = fields.Many2one("res.partner", string="Paid By", help="Empty: as the main folio, or the guest.")
    folio_id = fields.Many2one(
        "sale.order",
        string="Move To",
        domain="[('hotel_reservation_id', '=', reservation_id), ('state', '!=', 'cancel')]",
    )
    line_ids = fields.Many2many(
        "sale.order.line",
        string="Charges",
        domain=(
            "[('order_id.hotel_reservation_id', '=', reservation_id), ('order_id', '!=', folio_id),"
            " ('qty_invoiced', '=', 0)]"
        ),
    )

    @api.onchange("target")
    def _onchange_target(self):
        """Offer the payer of the reservation for rooms."""
        self.payer_id = self.reservation_id.payer_id if self.target == "rooms" else False

    def action_split(self):
        """Make the folio and move the charges. Callable by front office and finance.

        :raises AccessError: another role, or a reservation of another property
        :raises UserError: charges that are invoiced, or nothing to move to
        """
        self.ensure_one()
        self.reservation_id.check_access("read")
        self.reservation_id.folio_ids._check_cashier()
        if self.target == "open":
            (self.folio_id | self.line_ids.order_id)._check_cashier()
            self.folio_id._move_charges(self.line_ids)
        else:
            self.payer_id.check_access("read")
            self.reservation_id._split_folio(self.target, self.payer_id, self.stay_id)
        return {"type": "ir.actions.act_window_close"}
