from odoo import api, fields, models
from odoo.exceptions import AccessError


class HotelReservationCancel(models.TransientModel):
    """A booking to be cancelled or a request to be declined: the fee is shown before it is done."""

    _name = "hotel.reservation.cancel"
    _description = "Cancel or Decline a Booking"

    reservation_id = fields.Many2one("hotel.reservation", required=True, readonly=True, ondelete="cascade")
    is_declined = fields.Boolean(readonly=True)
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    fee = fields.Monetary(string="Cancellation Fee", compute="_compute_fee")
    sentence = fields.Char(compute="_compute_fee")
    reason = fields.Char(help="Written to the booking. The guest reads it where a request is declined.")
    is_fee_waived = fields.Boolean(string="Waive the Fee")

    @api.depends("reservation_id", "is_declined")
    def _compute_fee(self):
        for wizard in self:
            if wizard.is_declined or not wizard.reservation_id:
                wizard.fee, wizard.sentence = 0.0, False
            else:
                quote = wizard.reservation_id._quote_cancel()
                wizard.fee, wizard.sentence = quote["fee"], quote["sentence"]

    def action_apply(self):
        """Cancel or decline; those who may write reservations, the fee is waived by managers.

        :raises AccessError: where somebody else waives the fee
        :raises NotChangeable: where guests are in house or have left
        """
        self.ensure_one()
        reservation = self.reservation_id
        if self.is_fee_waived and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Fees are waived by managers."))
        if self.is_declined:
            reservation._decline(self.reason or "")
        else:
            reservation._cancel(self.reason or "", waive_fee=self.is_fee_waived)
        return {"type": "ir.actions.act_window_close"}
