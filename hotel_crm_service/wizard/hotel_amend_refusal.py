from odoo import fields, models


class HotelAmendRefusal(models.TransientModel):
    """Why amends are refused."""

    _name = "hotel.amend.refusal"
    _description = "Refuse Amends"

    amend_id = fields.Many2one("hotel.amend", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Said to who asked.")

    def action_refuse(self):
        """Refuse with this reason. Callable by approvers.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: it is decided already
        """
        self.ensure_one()
        self.amend_id.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
