"""Accounts that nobody has used for the years that the programme says are closed (F31)."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

from ...rules import limits

_logger = logging.getLogger(__name__)


class HotelLoyaltyEvaluation(models.AbstractModel):
    _inherit = "hotel.loyalty.evaluation"

    @api.model
    def _close_idle(self, program, outcomes):
        """Close accounts without activity that were just evaluated; what is left on them is lost.

        :param loyalty.program program: whose members
        :param dict outcomes: card's id to rules.results.Outcome
        """
        if self.env.context.get("hotel_loyalty_closing"):
            return  # closing evaluates too
        plan = program._get_hotel_plan()
        if not any(version.accounts.idle_years for version in plan.programme.versions):
            return
        cards = self.env["loyalty.card"].browse(list(outcomes)).filtered(lambda card: card.hotel_state == "active")
        idle = cards.filtered(lambda card: self._is_idle(plan, card, outcomes[card.id].as_of))
        for card in idle.with_context(hotel_loyalty_closing=True):
            try:
                with self.env.cr.savepoint():
                    card._hotel_close_idle(card)
            except UserError as error:
                # a reward on its way, say: the others do not wait for it
                _logger.info("Loyalty account %s stays open: %s", card.id, error)

    @api.model
    def _is_idle(self, plan, card, day):
        closing = limits.get_closing_day(plan.at(day).version.accounts, card.hotel_active_date)
        return closing is not None and closing <= day
