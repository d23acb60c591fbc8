"""Permits of the loyalty addon; see hotel_crm_base.guards."""

from odoo.addons.hotel_crm_base.guards import Permit, is_given

__all__ = ["LEDGER", "ORDER", "REWARD", "RULES", "is_given"]

#: the evaluation writes what the rules say to cards, lots, moves and Odoo's history
LEDGER = Permit("hotel_loyalty_ledger")
#: core changes the points of cards for an order; what it means is written as redemptions of the order
ORDER = Permit("hotel_loyalty_order")
#: rules are put in force: what follows from them is written to revisions, programmes and tiers
RULES = Permit("hotel_loyalty_rules")
#: coupons and points come to a booking, or leave it: its uses and the lines of its bills are written
REWARD = Permit("hotel_loyalty_reward")
