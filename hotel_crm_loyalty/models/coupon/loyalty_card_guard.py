"""Nobody's hand writes what a coupon is worth: neither a seller's form nor a remote call."""

from odoo import models
from odoo.exceptions import AccessError

from .. import guards

#: what makes a coupon what it is; points are nobody's, the rest is for who manages programmes
KEPT = frozenset({"points", "partner_id", "code", "expiration_date", "program_id", "hotel_code_key"})
KEEPERS = "sales_team.group_sale_manager"


def is_permitted(env):
    """Return whether the program itself writes, or Odoo on behalf of an order."""
    return env.su or any(guards.is_given(env.context, permit) for permit in (guards.ORDER, guards.LEDGER))


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def write(self, vals):
        """Refuse points by hand, and all that makes a coupon but by managers.

        :raises AccessError: somebody else
        """
        kept = KEPT & set(vals)
        if kept and not is_permitted(self.env):
            if "points" in kept or not self.env.user.has_group(KEEPERS):
                raise AccessError(self.env._("Points and owners of coupons are not changed by hand."))
        return super().write(vals)
