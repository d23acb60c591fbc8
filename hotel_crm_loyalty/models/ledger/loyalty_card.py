"""The card of a member: what the rules say about him or her, written by the evaluation alone."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import guards

#: 32 letters and digits that nobody takes for another one: 5 bits each
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 14
#: what only the evaluation writes
KEPT = frozenset({"points", "program_id", "partner_id", "active", "expiration_date"})


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    hotel_managed = fields.Boolean(related="program_id.hotel_managed", store=True, precompute=True)
    hotel_joined_date = fields.Date(string="Member Since", readonly=True, copy=False)
    hotel_tier_id = fields.Many2one(
        "hotel.loyalty.tier", string="Tier", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    hotel_tier_since = fields.Date(string="Tier Since", readonly=True, copy=False)
    hotel_tier_until = fields.Date(string="Tier Until", readonly=True, copy=False)
    hotel_debt = fields.Integer(string="Points Owed", readonly=True, copy=False)
    hotel_pending = fields.Integer(
        string="Pending Points", readonly=True, copy=False, help="Earned, but not to be used yet."
    )
    hotel_lost_date = fields.Date(
        string="Balance Lost On", readonly=True, copy=False, help="Unless something happens before."
    )
    hotel_next_date = fields.Date(
        string="Next Evaluation", readonly=True, copy=False, help="When something happens by itself."
    )
    hotel_cycle_start = fields.Date(string="Cycle From", readonly=True, copy=False)
    hotel_cycle_end = fields.Date(string="Cycle To", readonly=True, copy=False)
    hotel_counts = fields.Json(string="Counts of the Cycle", readonly=True, copy=False)
    hotel_lifetime = fields.Json(string="Counts of a Life", readonly=True, copy=False)
    hotel_evaluated_date = fields.Date(string="Evaluated For", readonly=True, copy=False)
    hotel_state = fields.Selection(
        [("active", "Active"), ("closed", "Closed")], string="Account", default="active", readonly=True, copy=False
    )
    hotel_merged_into_id = fields.Many2one(
        "loyalty.card", string="United With", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    hotel_active_date = fields.Date(string="Last Activity", readonly=True, copy=False)
    # not for people: a hash of the facts that the booked state follows from
    hotel_fingerprint = fields.Char(readonly=True, copy=False)
    hotel_lot_ids = fields.One2many("hotel.loyalty.lot", "card_id", string="Lots")
    hotel_move_ids = fields.One2many("hotel.loyalty.move", "card_id", string="Moves")
    hotel_decision_ids = fields.One2many("hotel.loyalty.decision", "card_id", string="Decisions")

    _hotel_member_unique = models.UniqueIndex(
        "(program_id, partner_id) WHERE hotel_managed AND active AND partner_id IS NOT NULL",
        "This guest has a card of this programme already.",
    )
    _hotel_points_not_negative = models.Constraint(
        "CHECK (NOT hotel_managed OR points >= 0)", "Points cannot be less than nothing."
    )
    _hotel_next_idx = models.Index("(hotel_next_date) WHERE hotel_managed AND hotel_next_date IS NOT NULL")

    @api.model
    def _generate_code(self):
        """Return a code that nobody guesses: 70 bits; core's have 32."""
        return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))

    @api.model_create_multi
    def create(self, vals_list):
        """Members join through the programme: a card made by hand would be a second door."""
        cards = super().create(vals_list)
        if not guards.is_given(self.env.context, guards.LEDGER) and any(card.hotel_managed for card in cards):
            raise AccessError(self.env._("Guests join a hotel programme through its own door."))
        return cards

    def write(self, vals):
        """Leave what core means for an order to the order's redemptions, and refuse everybody else.

        :raises AccessError: somebody but the evaluation writes points, tier or owner of a member
        """
        kept = {name for name in vals if name in KEPT or name.startswith("hotel_")}
        if not kept or guards.is_given(self.env.context, guards.LEDGER):
            return super().write(vals)
        managed = self.filtered("hotel_managed")
        if not managed:
            return super().write(vals)
        if kept != {"points"} or not guards.is_given(self.env.context, guards.ORDER):
            raise AccessError(self.env._("Points and tiers follow from the rules of the programme, not from a hand."))
        rest = {name: value for name, value in vals.items() if name != "points"}
        result = super(LoyaltyCard, managed).write(rest) if rest else True
        return super(LoyaltyCard, self - managed).write(vals) and result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_member(self):
        if any(card.hotel_managed for card in self):
            raise AccessError(self.env._("The account of a member is closed, not deleted."))

    # ---- hooks -------------------------------------------------------------------------------

    def _after_join(self):
        """Hook: these guests have just become members."""
