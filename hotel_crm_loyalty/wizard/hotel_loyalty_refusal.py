from odoo import fields, models
from odoo.exceptions import UserError

MODELS = [
    ("hotel.loyalty.posting", "Posting of Points"),
    ("hotel.loyalty.grant", "Tier Given"),
    ("hotel.loyalty.redemption", "Redemption of Points"),
    ("loyalty.card", "Account"),
]


class HotelLoyaltyRefusal(models.TransientModel):
    """Why something is refused, cancelled or closed."""

    _name = "hotel.loyalty.refusal"
    _description = "Reason of a Refusal"

    res_model = fields.Selection(MODELS, required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    reason = fields.Char(required=True, help="Said to who asked.")

    def action_refuse(self):
        """Refuse it with this reason. Callable by whoever may refuse the record.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: it is decided already, or gone
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("It is gone."))
        if self.res_model == "loyalty.card":
            record.action_hotel_close(self.reason)
        else:
            record.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
