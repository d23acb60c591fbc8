"""Points on bookings: for a discount, or for nights. They leave the member's lots at once, by a redemption."""

import math

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base import cancellation

from ...discounts import allot
from ...rules.rewards import Wish, quote


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    # ---- a discount -------------------------------------------------------------------------

    def _use_points(self, card, reward, points=None):
        """Use a member's points for a discount on this booking. Who may is the caller's to check.

        :param loyalty.card card: of a guest of this booking
        :param loyalty.reward reward: a discount of the programme
        :param int points: of a reward by point: how many at most; default what one reward costs
        :returns: a sentence where it cannot be, else empty
        :rtype: str
        """
        self.ensure_one()
        # the desk and members have no rights on folios
        reservation = self.sudo().with_company(self.company_id)
        problem = reservation._get_points_problem(card.sudo())
        if problem:
            return problem
        reservation._sync_folio()
        folio = reservation._get_folio(kind="room")
        more = {"points": points} if points and reward.discount_mode == "per_point" else {}
        return folio._apply_program_reward(reward.sudo(), card.sudo(), **more).get("error", "")

    def _get_points_problem(self, card):
        """Return what keeps a member from spending points on this booking; empty where nothing does.

        :param loyalty.card card: with sudo
        :rtype: str
        """
        if self.state not in ("held", "confirmed", "in_house"):
            return self.env._("Points are used once rooms are held.")
        guests = self.partner_id | self._get_live_stays().partner_id
        if not card.hotel_managed or card.partner_id not in guests:
            return self.env._("Points are spent for the member's own booking.")
        if self.property_id not in card.program_id._get_hotel_properties():
            return self.env._("The programme does not count at this hotel.")
        return ""

    def _take_points_reward(self, reward, card, points):
        """Put a discount for points on this booking; see ``_take_reward``.

        :rtype: dict
        """
        problem = self._get_points_problem(card)
        if problem:
            return {"error": problem}
        points = self._get_points_needed(reward, points)
        try:
            redemption = card._hotel_redeem(points, **self._prepare_redemption_vals(reward_id=reward.id))
        except UserError as error:
            return {"error": str(error)}
        name = self.env._("%(reward)s (%(points)s points)", reward=reward._get_hotel_name(), points=points)
        self._add_use(card, "points", name, reward_id=reward.id, points=points, redemption_id=redemption.id)
        return {}

    def _get_points_needed(self, reward, points):
        """Return how many points a reward takes: those by point no more than the booking costs.

        :rtype: int
        """
        if reward.discount_mode != "per_point":
            return int(reward.required_points)
        charges = self._get_charged_nights()._get_hotel_charges()
        terms = [*self._get_discount_terms(charges), reward._get_hotel_terms("new", self.property_id, charges, points)]
        coins = sum(allot(charges, terms)["new"].values())
        worth = reward._to_hotel_coins(reward.discount * points, self.property_id)
        # points that take less than they are worth stay with the member
        return math.ceil(points * coins / worth - 1e-9) if worth else int(points)

    def _prepare_redemption_vals(self, **values):
        """Return what a redemption says about this booking.

        :rtype: dict
        """
        note = self.env._("Booking %s", self.name)
        return {"reservation_id": self.id, "property_id": self.property_id.id, "note": note, **values}

    # ---- nights -----------------------------------------------------------------------------

    def _use_free_nights(self, card, reward_code, stay, pay_points=None):
        """Pay the nights of a stay that are still to come with points, wholly or in part. The caller checks rights.

        :param loyalty.card card: of a guest of this booking
        :param str reward_code: of the programme's rules
        :param hotel.stay stay: of this booking
        :param int pay_points: how many points, the rest in money; default all in points
        :returns: a sentence where it cannot be, else empty
        :rtype: str
        """
        self.ensure_one()
        reservation = self.sudo().with_company(self.company_id)  # as in _use_points
        card, stay = card.sudo(), stay.sudo()
        problem = reservation._get_points_problem(card)
        if problem:
            return problem
        reservation._sync_folio()
        lines = reservation._get_payable_nights(stay)
        answer, problem = reservation._quote_free_nights(card, reward_code, lines, pay_points)
        return problem or reservation._take_free_nights(card, stay, lines, answer)

    def _quote_free_nights(self, card, reward_code, lines, pay_points=None):
        """Return what some nights cost in points, and what stands against it.

        :param sale.order.line lines: of nights
        :rtype: tuple[rules.rewards.Quote | None, str]
        """
        terms = card.program_id._get_hotel_plan().at(card.program_id._get_hotel_today())
        reward = next((each for each in terms.version.rewards if each.code == reward_code), None)
        if not lines or reward is None or reward.kind not in ("free_night", "by_value"):
            return None, self.env._("There are no nights that points could pay.")
        wish = Wish(
            reward_code,
            lines.mapped("hotel_service_date"),
            self._get_award_prices(card, reward, lines),
            self.property_id.code,
            pay_points,
        )
        answer = quote(terms, card.hotel_tier_id.code or terms.tiers[0].code, wish)
        return answer, "" if answer.is_allowed else card._explain_hotel_reasons(answer.reasons)

    def _get_award_prices(self, card, reward, lines):
        """Return the price of each night: in points as the room type says, or in the programme's currency.

        :rtype: list
        """
        if reward.points is None:
            return [line.hotel_stay_id.room_type_id.hotel_award_points or 0 for line in lines]
        currency, day = card.program_id.currency_id, self.property_id._get_local_today()
        return [
            str(self.currency_id._convert(line.price_total, currency, self.company_id, day)) for line in lines
        ]

    def _take_free_nights(self, card, stay, lines, answer):
        """Redeem the points of a quote and put the nights on the booking as paid with them.

        :param rules.rewards.Quote answer: allowed
        :returns: a sentence where it cannot be, else empty
        :rtype: str
        """
        if answer.points <= 0:
            return self.env._("There are no nights that points could pay.")
        self._lock_folios()
        is_whole = len(lines) == len(stay.night_ids)
        try:
            redemption = card._hotel_redeem(
                answer.points, **self._prepare_redemption_vals(is_award_night=is_whole)
            )
        except UserError as error:
            return str(error)
        day = self.property_id._get_local_today()
        cash = card.program_id.currency_id._convert(float(answer.cash), self.currency_id, self.company_id, day)
        self._add_use(
            card,
            "award",
            self.env._("Nights paid with %s points", answer.points),
            points=answer.points,
            redemption_id=redemption.id,
            cash=cash,
            nights=[[stay.id, night.isoformat()] for night in lines.mapped("hotel_service_date")],
        )
        return ""

    # ---- the fee ----------------------------------------------------------------------------

    def _get_fee(self, kind, value, stays):
        """Charge no fee for nights that were paid with points: the points are lost instead."""
        uses = self.sudo().reward_use_ids.filtered(lambda use: use.kind == "award" and use.state == "used")
        if not uses:
            return super()._get_fee(kind, value, stays)
        paid = {(stay_id, day) for use in uses for stay_id, day in use.nights}
        fees = []
        for stay in stays:
            # a guest who cancels online has no rights on nights
            nights = stay.sudo().night_ids.sorted("date")
            prices = [
                0.0 if (stay.id, night.date.isoformat()) in paid else night.gross or night.rate for night in nights
            ]
            fees.append(cancellation.get_fee(kind or "none", value, prices))
        return self.currency_id.round(sum(fees))
