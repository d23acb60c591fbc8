"""Closed accounts that are opened again: closed by mistake, or the member has thought better of it."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .. import guards


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def action_hotel_open_guest(self):
        """Return the action that opens the page of the member.

        :rtype: dict
        :raises AccessError: the user may not see this member
        """
        self.ensure_one()
        self.check_access("read")
        return self.partner_id.hotel_open_guest()

    def action_hotel_reopen(self):
        """Open a closed account again, with the points that closing took. Callable by managers.

        :raises AccessError: another role
        :raises UserError: it is not closed, was united with another one, or the guest has a new one
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Accounts are opened again by managers."))
        self._hotel_reopen()
        return True

    def _hotel_reopen(self):
        """Open accounts again. What closing took was a fact: refused, the lots are as they were before it.

        :raises UserError: see ``action_hotel_reopen``
        """
        reason = self.env.ref("hotel_crm_loyalty.hotel_loyalty_reason_closed")
        for card in self.sudo():
            if card.hotel_state != "closed" or card.hotel_merged_into_id or not card.partner_id:
                raise UserError(self.env._("Only a closed account that was united with no other is opened again."))
            if card.program_id._get_hotel_card(card.partner_id):
                raise UserError(self.env._("This guest has a new account of the programme."))
            taken = self.env["hotel.loyalty.posting"].sudo().search(
                [
                    ("card_id", "=", card.id),
                    ("reason_id", "=", reason.id),
                    ("state", "=", "posted"),
                    ("date", ">=", card.hotel_closed_date),
                ]
            )
            taken.write({"state": "refused"})
            permit = {guards.LEDGER.key: guards.LEDGER}
            card.with_context(**permit).write(
                {"hotel_state": "active", "active": True, "hotel_closed_date": False, "hotel_closed_reason": False}
            )
            card._hotel_evaluate()
