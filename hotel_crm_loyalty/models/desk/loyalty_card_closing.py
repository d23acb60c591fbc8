"""Accounts that end: at the wish of the member, or after years without anything."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...rules.dates import add_months
from .. import guards

BATCH = 500
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

    def _tell_hotel_owner(self):
        """Return what the owner is told of these cards, with sudo.

        :rtype: dict[str, list[dict]]: a heading to its rows
        """
        moves = self.env["hotel.loyalty.move"].sudo().search([("card_id", "in", self.ids)], order="id")
        return {
            self.env._("Cards"): [
                {
                    "programme": card.program_id.name,
                    "code": card.code,
                    "tier": card.hotel_tier_id.name or "",
                    "points": card.points,
                    "joined": card.hotel_joined_date,
                    "ended": card.hotel_closed_date,
                    "why_ended": card.hotel_closed_reason or "",
                }
                for card in self
            ],
            self.env._("Points"): [
                {"date": move.date, "kind": move.kind, "points": move.points, "reason": move.reason or ""}
                for move in moves
            ],
        }

    def _query_forget_owner(self):
        """Take from cards what leads to their owner, who is erased: the code, why it was closed, words of its history.

        Points and tier stay in the books until they end by the rules. SQL because a code is nobody's to change.
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL(
                """UPDATE loyalty_card SET code = 'erased-' || id, hotel_code_key = NULL, hotel_closed_reason = NULL
                    WHERE id = ANY(%s)""",
                self.ids,
            )
        )
        cr.execute(SQL("UPDATE loyalty_history SET description = '-' WHERE card_id = ANY(%s)", self.ids))
        self.env.invalidate_all(flush=False)

    @api.model
    def _cron_close_idle(self):
        """Close accounts without activity for the years that the rules name, some in each transaction."""
        ruled = [("hotel_managed", "=", True), ("hotel_revision_id", "!=", False)]
        for program in self.env["loyalty.program"].search(ruled):
            today = program._get_hotel_today()
            rule = program._get_hotel_plan().at(today).version.accounts
            if rule.idle_years:
                cards = self.browse(self._query_idle(program, add_months(today, -12 * rule.idle_years)))
                cards._close_idle_batch(rule.idle_years)

    def _close_idle_batch(self, years):
        """Close these accounts, committing after each; what somebody works on is left for the next time."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(self))
        for card in self:
            if card.try_lock_for_update():
                card._hotel_close(self.env._("No activity for %(years)s years.", years=years))
            if not cron._commit_progress(1):
                break

    @api.model
    def _query_idle(self, program, before):
        """Return ids of accounts on which nothing has happened since a day: no points, no stay to come, no reward
        on its way; SQL because there may be a million.

        :param loyalty.program program: whose members
        :param date before: the last day of activity is this one or an earlier one
        :rtype: list[int]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT card.id FROM loyalty_card card
                    WHERE card.program_id = %(program)s AND card.hotel_managed AND card.active
                      AND card.hotel_state = 'active' AND card.hotel_joined_date <= %(before)s
                      AND NOT EXISTS (SELECT FROM hotel_loyalty_move move
                                       WHERE move.card_id = card.id AND move.date > %(before)s
                                         AND move.kind <> 'expire')
                      AND NOT EXISTS (SELECT FROM hotel_stay stay WHERE stay.partner_id = card.partner_id
                                       AND (stay.state IN ('held', 'booked', 'in_house')
                                            OR stay.state = 'departed' AND stay.departure_date > %(before)s))
                      AND NOT EXISTS (SELECT FROM hotel_loyalty_redemption redemption
                                       WHERE redemption.card_id = card.id AND redemption.item_id IS NOT NULL
                                         AND redemption.state IN ('requested', 'approved'))
                    ORDER BY card.id LIMIT %(limit)s""",
                program=program.id,
                before=before,
                limit=BATCH,
            )
        )
        return [card_id for (card_id,) in rows]
