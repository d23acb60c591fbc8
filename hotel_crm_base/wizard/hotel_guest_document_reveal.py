from odoo import fields, models

from ..models.guest.identity_check import asks_identity


class HotelGuestDocumentReveal(models.TransientModel):
    """The question why somebody wants to read an identity number."""

    _name = "hotel.guest.document.reveal"
    _description = "Read an Identity Number"

    document_id = fields.Many2one(
        "hotel.guest.document", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(required=True)

    @asks_identity
    def action_reveal(self):
        """Show the number in a notification, which no table keeps; identity group.

        :return: a client action with the number in clear
        :rtype: dict
        :raise UserError: see hotel.guest.document.hotel_reveal_number
        """
        self.ensure_one()
        number = self.document_id.hotel_reveal_number(self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.document_id.partner_id.display_name,
                "message": number,
                "type": "info",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
