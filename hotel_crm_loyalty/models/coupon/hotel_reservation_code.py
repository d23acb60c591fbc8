"""Codes on bookings: quoted, applied, checked again before paying, kept or given back at the end."""

from odoo import api, models

from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused, PriceChanged

from ...discounts import allot
from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    # ---- before it is booked ----------------------------------------------------------------

    def _get_quote_lines(self, terms):
        """Return what the code of some terms takes off."""
        lines = super()._get_quote_lines(terms)
        if not terms.code:
            return lines
        booking = self._get_wanted_booking(terms)
        rule, card = self.env["loyalty.program"]._find_hotel_code(terms.code)
        problem = self._get_code_problem(rule, card, booking)
        if problem:
            raise CodeRefused(problem)
        hotel, program = self.env["hotel.property"].sudo().browse(terms.property_id), rule.program_id or card.program_id
        points = None if rule else card.points
        reward, amount = self._get_best_reward(program.reward_ids, booking, hotel, points)
        if not reward:
            raise CodeRefused(self.env._("There is nothing that this code could reduce."))
        if program._is_hotel_used_up(is_asked=True):
            raise CodeRefused(self.env._("This offer has been used as often as it could be."))
        return [*lines, {"name": reward._get_hotel_name(), "amount": -amount * hotel.currency_id.rounding}]

    @api.model
    def _get_code_problem(self, rule, card, booking):
        """Return what keeps a booking from using a code; empty where nothing does.

        :rtype: str
        """
        if rule:
            return rule.program_id.with_env(self.env)._get_hotel_problem(booking, rule)
        return card.with_env(self.env)._get_hotel_problem(booking)

    @api.model
    def _get_best_reward(self, rewards, booking, hotel, points=None):
        """Return the reward that takes most off a booking, and how much, in the smallest coins.

        :param loyalty.reward rewards: of one programme
        :param float points: those of the card; only rewards that cost no more
        :rtype: tuple[loyalty.reward, int]
        """
        found = [(rewards.browse(), 0)]
        for reward in rewards.filtered(lambda reward: reward._is_for_hotel()):
            if points is not None and points < reward.required_points:
                continue
            amount = 0
            if reward.reward_type == "discount":
                terms = reward._get_hotel_terms(reward.id, hotel, booking.charges, reward.required_points)
                amount = sum(allot(booking.charges, [terms])[reward.id].values())
                if not amount:
                    continue
            found.append((reward, amount))
        return max(found, key=lambda pair: (bool(pair[0]), pair[1], -pair[0].id))

    # ---- booking ----------------------------------------------------------------------------

    @api.model
    def _book(self, terms, confirm=False):
        """Refuse another discount than the one that was shown, as another price is refused."""
        reservation = super()._book(terms, confirm=confirm)
        expected = terms.extra.get("expected_discount")
        if expected is not None:
            taken = sum(reservation.sudo().reward_use_ids.mapped("amount"))  # guests see no uses
            if reservation.currency_id.compare_amounts(taken, expected):
                raise PriceChanged(
                    self.env._("The discount is %(amount)s now.", amount=reservation.currency_id.format(taken))
                )
        return reservation

    def _apply_code(self, code):
        """Apply a coupon or a shared code to this booking, whose rooms are held or booked."""
        problem = super()._apply_code(code)
        if problem or not (code or "").strip():
            return problem
        self.ensure_one()
        # who books has no rights on folios and coupons
        reservation = self.sudo().with_company(self.company_id)
        if reservation.state not in ("held", "confirmed", "in_house"):
            return self.env._("Codes are used once rooms are held.")
        reservation._sync_folio()
        folio = reservation._get_folio(kind="room")
        found = folio._try_apply_code(code)
        if "error" in found:
            return found["error"]
        card, rewards = next(iter(found.items()))
        return folio._apply_program_reward(rewards[:1], card).get("error", "")

    def _try_hotel_code(self, code):
        """Return the coupon of a code with its rewards, the best first; with sudo.

        :param str code: as typed
        :returns: loyalty.card -> loyalty.reward, or ``error`` -> a sentence, as Odoo's orders have it
        :rtype: dict
        """
        self.ensure_one()
        rule, card = self.env["loyalty.program"]._find_hotel_code(code)
        booking = self._get_booking()
        problem = self._get_code_problem(rule, card, booking)
        problem = problem or self._get_clash(rule.program_id or card.program_id)
        if problem:
            return {"error": problem, "not_found": not (rule or card)}
        program = rule.program_id or card.program_id
        points = None if rule else card.points
        best, _amount = self._get_best_reward(program.reward_ids, booking, self.property_id, points)
        if not best:
            return {"error": self.env._("There is nothing that this code could reduce.")}
        if program._is_hotel_used_up():
            return {"error": self.env._("This offer has been used as often as it could be.")}
        if rule:
            card = self._make_card_of_code(program, best)
        return {card: best | program.reward_ids}

    def _get_clash(self, program):
        """Return what is said where a discount on everything stands on the booking already: there is one at most.

        :rtype: str
        """
        others = self.reward_use_ids.filtered(lambda use: use.state in LIVE and use.kind in ("coupon", "code"))
        if program in others.program_id:
            return self.env._("A code of this offer is on the booking already.")
        clash = others.reward_id.filtered("is_global_discount")[:1]
        if clash and program.reward_ids.filtered("is_global_discount"):
            name = clash._get_hotel_name()
            return self.env._("“%s” is on the booking already: one discount is given at a time.", name)
        return ""

    def _make_card_of_code(self, program, reward):
        """Return a coupon that stands for one use of a shared code.

        :rtype: loyalty.card
        """
        cards = self.env["loyalty.card"].with_context(loyalty_no_mail=True, tracking_disable=True)
        return cards.create({"program_id": program.id, "points": reward.required_points or 1.0, "partner_id": False})

    # ---- paying -----------------------------------------------------------------------------

    def _check_before_payment(self):
        """Say which codes do not fit any more; what the folio costs without them is shown first."""
        problems = super()._check_before_payment()
        reservation = self.sudo()  # guests pay without rights on coupons
        for use in reservation._get_unfit_uses():
            problems.append(self.env._("“%s” cannot be used any more. Please load the page again.", use.name))
        reservation._drop_unfit_uses()
        return problems
