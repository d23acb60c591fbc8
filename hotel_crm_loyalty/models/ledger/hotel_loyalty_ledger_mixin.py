from odoo import api, models
from odoo.exceptions import AccessError

from .. import guards


class HotelLoyaltyLedgerMixin(models.AbstractModel):
    """A record of the ledger: written by the evaluation alone."""

    _name = "hotel.loyalty.ledger.mixin"
    _description = "Record of the Loyalty Ledger"
    _log_access = False

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
