from odoo import fields, models


class HotelConsumptionReverse(models.TransientModel):
    """The question why a charge is taken back."""

    _name = "hotel.consumption.reverse"
    _description = "Reverse a Charge"

    line_ids = fields.Many2many("hotel.consumption", string="Charges", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_reverse(self):
        """Take the charges back; those who may post consumption.

        :raises UserError: where a charge is a reversal or is reversed already
        """
        self.line_ids.action_reverse(self.reason)
        return {"type": "ir.actions.act_window_close"}
