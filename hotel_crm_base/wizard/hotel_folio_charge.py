from odoo import fields, models

from ..models.consumption.hotel_consumption import KINDS


class HotelFolioCharge(models.TransientModel):
    """A charge that the desk posts to a room."""

    _name = "hotel.folio.charge"
    _description = "Charge to the Room"

    stay_id = fields.Many2one("hotel.stay", required=True, readonly=True)
    property_id = fields.Many2one(related="stay_id.property_id")
    currency_id = fields.Many2one(related="stay_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="minibar")
    outlet_id = fields.Many2one("hotel.outlet", domain="[('property_id', '=', property_id)]")
    description = fields.Char(string="Items", required=True)
    amount = fields.Monetary(required=True, help="Tax included.")
    bill_ref = fields.Char(string="Bill")

    def action_post(self):
        """Post the charge. Callable by front office and finance.

        :raises AccessError: another role, or a stay of another property
        :raises UserError: not in house, no posting to this room, or no amount
        """
        self.ensure_one()
        self.stay_id.check_access("read")
        self.stay_id.reservation_id.folio_ids._check_cashier()
        self.stay_id._post_charge(self.outlet_id, self.kind, self.description, self.amount, self.bill_ref or "")
        return {"type": "ir.actions.act_window_close"}
