from odoo import fields, models

from ..models.guest.res_partner_block import BLOCK_REASONS


class HotelGuestBlock(models.TransientModel):
    """The question why a guest is blocked and for how long."""

    _name = "hotel.guest.block"
    _description = "Block a Guest"

    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Selection(BLOCK_REASONS, required=True)
    until_date = fields.Date(string="Until", help="Last day of the block. Empty: without end.")
    note = fields.Text(required=True, help="What happened. Shown to the staff, never to the guest.")

    def action_block(self):
        """Block the guest; managers and approvers.

        :raises AccessError: for everybody else
        """
        self.ensure_one()
        guest = self.partner_id
        guest._set_hotel_block(
            {
                "hotel_block_reason": self.reason,
                "hotel_block_until": self.until_date,
                "hotel_block_note": self.note,
            }
        )
        guest._note_hotel_block(f"{guest.hotel_block_text}\n{self.note}")
        return {"type": "ir.actions.act_window_close"}
