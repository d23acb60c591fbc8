"""Accounts that nobody has used for the years that the programme says are closed (F31)."""

from odoo import api, models

from ...rules import limits


class HotelLoyaltyEvaluation(models.AbstractModel):
    _inherit = "hotel.loyalty.evaluation"

    @api.model
    def _close_idle(self, program, outcomes):
        """Close accounts without activity that were just evaluated; what is left on them is lost.

        :param loyalty.program program: whose members
        :param dict outcomes: card's id to rules.results.Outcome
        """
        plan = program._get_hotel_plan()
        if not any(version.accounts.idle_years for version in plan.programme.versions):
            return
        cards = self.env["loyalty.card"].browse(list(outcomes)).filtered(lambda card: card.hotel_state == "active")
        idle = cards.filtered(lambda card: self._is_idle(plan, card, outcomes[card.id].as_of))
        if idle:
            idle._hotel_close(self.env._("The account was closed: nothing had happened for years."))

    @api.model
    def _is_idle(self, plan, card, day):
        closing = limits.get_closing_day(plan.at(day).version.accounts, card.hotel_active_date)
        return closing is not None and closing <= day
