from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import guards


class HotelLoyaltyLot(models.Model):
    """Points of one member that came in together, and what is left of them."""

    _name = "hotel.loyalty.lot"
    _description = "Lot of Points"
    _log_access = False
    _order = "expiry_date, earned_date, id"
    _rec_name = "key"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="card_id.company_id")
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("earn", "Earned"), ("bonus", "Bonus"), ("post", "Posted"), ("return", "Returned")],
        required=True,
        readonly=True,
    )
    granted = fields.Integer(readonly=True)
    remaining = fields.Integer(readonly=True)
    earned_date = fields.Date(required=True, readonly=True)
    available_date = fields.Date(required=True, readonly=True, help="First day on which they can be used.")
    expiry_date = fields.Date(readonly=True, help="Day on which what remains is lost. Empty: not by itself.")
    is_available = fields.Boolean(string="Can Be Used", readonly=True, help="Counted in the points of the card.")
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True, ondelete="restrict")
    version_code = fields.Char(string="Version", readonly=True)

    _key_unique = models.UniqueIndex("(card_id, key)", "This lot is there already.")
    _remaining_not_negative = models.Constraint("CHECK (remaining >= 0)", "A lot cannot have less than nothing.")
    _expiry_idx = models.Index("(expiry_date) WHERE remaining > 0")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_ledger()
        return super().create(vals_list)

    def write(self, vals):
        self._check_ledger()
        return super().write(vals)

    def unlink(self):
        self._check_ledger()
        return super().unlink()

    def _check_ledger(self):
        """Refuse whoever is not the evaluation.

        :raises AccessError: always but for it
        """
        if not guards.is_given(self.env.context, guards.LEDGER):
            raise AccessError(self.env._("Points are booked by the rules of the programme, not by hand."))
