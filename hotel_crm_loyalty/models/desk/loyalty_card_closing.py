"""Accounts that end: at the wish of the member, or after years without anything."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import guards

CLOSERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_service", "hotel_crm_base.group_manager")


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    hotel_closed_date = fields.Date(string="Closed On", readonly=True, copy=False)
    hotel_closed_reason = fields.Char(string="Why Closed", readonly=True, copy=False)

    def action_hotel_close(self, reason):
        """Close an account at the wish of the member; its points are lost. Callable by front office, service, managers.

        :param str reason: why, in words
        :raises AccessError: another role
        :raises UserError: no reason, closed already, or rewards are on their way
        """
        self.ensure_one()
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in CLOSERS):
            raise AccessError(self.env._("Your role does not close accounts."))
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why the account is closed."))
        self._hotel_close(reason.strip())

    def _hotel_close(self, reason):
        """Close accounts: what is left of the points is taken, and nothing is earned any more.

        :param str reason: kept with it
        :raises UserError: closed already, or rewards are on their way
        """
        for card in self.sudo():
            card._check_hotel_open()
            waiting = self.env["hotel.loyalty.redemption"].sudo().search_count(
                [("card_id", "=", card.id), ("state", "in", ("requested", "approved")), ("item_id", "!=", False)]
            )
            if waiting:
                raise UserError(self.env._("Hand over or cancel the rewards of this member first."))
            card._hotel_evaluate()
            card._hotel_take_rest(reason)
            today = card.program_id._get_hotel_today()
            permit = {guards.LEDGER.key: guards.LEDGER}
            card.with_context(**permit).write(
                {
                    "hotel_state": "closed",
                    "active": False,
                    "hotel_closed_date": today,
                    "hotel_closed_reason": reason,
                    "hotel_next_date": False,
                }
            )

    def _hotel_take_rest(self, reason):
        """Take the points that are left, pending ones too."""
        rest = int(self.points) + self.hotel_pending
        if rest:
            self.env["hotel.loyalty.posting"].sudo().create(
                {
                    "card_id": self.id,
                    "kind": "adjust",
                    "points": -rest,
                    "note": reason,
                    "user_id": self.env.uid,
                    "reason_id": self.env.ref("hotel_crm_loyalty.hotel_loyalty_reason_closed").id,
                }
            )
            self._hotel_evaluate()

    @api.model
    def _hotel_close_idle(self, cards):
        """Close accounts of which the rules say that they were idle for too long.

        :param loyalty.card cards: of members whose time has come
        """
        for card in cards:
            card._hotel_close(card.env._("No activity for years."))
