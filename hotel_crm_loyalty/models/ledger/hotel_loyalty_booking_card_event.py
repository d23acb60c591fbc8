from odoo import api, models
from odoo.tools import SQL

from .. import bulk

TIER = "tier.changed"


class HotelLoyaltyBookingCard(models.AbstractModel):
    """Members whose tier has changed are told to other systems, by whatever it came about."""

    _inherit = "hotel.loyalty.booking.card"

    @api.model
    def _record(self, program, outcomes, facts):
        # who listens is no secret of the rules
        if TIER not in self.env["hotel.event.subscription"]._query_listened_kinds():
            return super()._record(program, outcomes, facts)
        before = self._query_tiers(outcomes)
        result = super()._record(program, outcomes, facts)
        changed = [card_id for card_id, tier_id in self._query_tiers(outcomes).items() if before[card_id] != tier_id]
        self.env["hotel.event.delivery"]._hotel_emit(TIER, self.env["loyalty.card"].browse(changed))
        return result

    @api.model
    def _query_tiers(self, card_ids):
        """Return the tier of each of some cards; SQL because of volume.

        :rtype: dict[int, int]
        """
        ids = bulk.make_ids(card_ids)
        return dict(self.env.execute_query(SQL("SELECT id, hotel_tier_id FROM loyalty_card WHERE id = ANY(%s)", ids)))
