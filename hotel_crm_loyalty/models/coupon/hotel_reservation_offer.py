"""What a member can have for points on his or her own booking: discounts, and nights."""

from odoo import models
from odoo.tools import formatLang

from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _get_points_offers(self, partner):
        """Return what a member can use points for on this booking now.

        :param res.partner partner: who is logged in; nobody but the booker is offered any
        :returns: dicts of ``key`` (names the offer), ``card`` (with sudo), ``name``, ``points`` (the price), ``least``
            and ``most`` (points, where the member says how many; else None), ``note`` (what a point is worth),
            and what it is: ``reward`` (with sudo), or ``award`` (a code of the rules) and ``stay``
        :rtype: list[dict]
        """
        self.ensure_one()
        if not partner or partner != self.partner_id or self.state not in ("held", "confirmed"):
            return []
        # members have no rights on cards; these are their own
        reservation = self.sudo().with_company(self.company_id)
        cards = self.env["loyalty.card"].sudo().search(
            [("partner_id", "=", partner.id), ("hotel_managed", "=", True), ("hotel_state", "=", "active")]
        )
        offers = []
        for card in cards.filtered(lambda card: card.points > 0 and not reservation._get_points_problem(card)):
            offers += [*reservation._list_discount_offers(card), *reservation._list_night_offers(card)]
        return offers

    def _list_discount_offers(self, card):
        """Yield the discounts of a member's programme that are not on the booking yet; with sudo."""
        taken = self.reward_use_ids.filtered(lambda use: use.state in LIVE).reward_id
        for reward in card.program_id.reward_ids - taken:
            if reward.reward_type != "discount" or not reward._is_for_hotel() or reward.required_points > card.points:
                continue
            offer = {"key": f"reward:{reward.id}", "card": card, "reward": reward, "name": reward._get_hotel_name()}
            offer |= {"points": int(reward.required_points), "least": None, "most": None, "note": ""}
            if reward.discount_mode == "per_point":
                self._ensure_charged_nights()
                most = min(self._get_points_needed(reward, int(card.points)), int(card.points))
                least = max(int(reward.required_points), 1)
                if most < least:
                    continue
                worth = formatLang(self.env, 100 * reward.discount, currency_obj=reward.currency_id)
                note = self.env._("100 points take off %s.", worth)
                offer |= {"points": most, "least": least, "most": most, "note": note}
            yield offer

    def _list_night_offers(self, card):
        """Yield the ways in which a member may pay nights with points; with sudo."""
        program = card.program_id
        rewards = self._get_night_rewards(program)
        if not rewards:
            return
        self._ensure_charged_nights()
        names = program._get_hotel_names("zh_CN" if (self.env.lang or "").startswith("zh") else "en")
        stays = self._get_live_stays()
        for reward in rewards:
            for stay in stays:
                lines = self._get_payable_nights(stay)
                answer, problem = self._quote_free_nights(card, reward.code, lines)
                if problem or answer.points <= 0 or not answer.is_allowed:
                    continue
                offer = {"key": f"award:{reward.code}:{stay.id}", "card": card, "award": reward.code, "stay": stay}
                name, nights = names.get(reward.code, reward.code), len(lines)
                offer["name"] = self.env._("%(reward)s: all nights (%(count)s)", reward=name, count=nights)
                if len(stays) > 1:
                    offer["name"] += f", {stay.room_type_id.name}"
                yield from self._add_price(offer, reward, answer, card)

    def _get_night_rewards(self, program):
        """Return the rewards of the rules that pay nights: not those that the catalogue has for other things only.

        :rtype: list[rules.record_offers.Reward]
        """
        items = self.env["hotel.loyalty.item"].search([("program_id", "=", program.id), ("reward_code", "!=", False)])
        nights = set(items.filtered(lambda item: item.kind == "free_night").mapped("reward_code"))
        others = set(items.mapped("reward_code")) - nights
        rewards = program._get_hotel_plan().at(program._get_hotel_today()).version.rewards
        return [
            reward
            for reward in rewards
            if reward.kind == "free_night" or (reward.kind == "by_value" and reward.code not in others)
        ]

    def _add_price(self, offer, reward, answer, card):
        """Yield an offer of nights with its price; not where the member has too few points for it."""
        have, least = int(card.points), max(reward.least_points, 1)
        offer |= {"points": answer.points, "least": None, "most": None, "note": ""}
        if reward.cash_rate is not None and least <= min(have, answer.points):
            worth = formatLang(self.env, 100 * float(reward.cash_rate), currency_obj=card.program_id.currency_id)
            note = self.env._("What is left is paid in money: %s for 100 points.", worth)
            yield {**offer, "least": least, "most": min(have, answer.points), "note": note}
        elif answer.points <= have:
            yield offer

    def _ensure_charged_nights(self):
        """Have the nights on the bill, where a booking that is only held has none yet: they are what points pay."""
        if not self._get_charged_nights():
            self._sync_folio()

    def _get_payable_nights(self, stay):
        """Return the nights of a stay that points may pay: those that are charged, not billed, and not paid so yet.

        :rtype: sale.order.line
        """
        uses = self.reward_use_ids.filtered(lambda use: use.kind == "award" and use.state in LIVE)
        paid = {tuple(night) for use in uses for night in use.nights}
        return self._get_charged_nights().filtered(
            lambda line: line.hotel_stay_id == stay
            and not line._is_fixed_charge()
            and (stay.id, line.hotel_service_date.isoformat()) not in paid
        )

    def _use_points_offer(self, partner, key, points, expected):
        """Use points for what the page has offered. The booking is the guest's own.

        :param res.partner partner: who is logged in
        :param str key: of the offer
        :param int points: how many, where the member says it
        :param str expected: the price that was shown
        :returns: a sentence where it cannot be, else empty
        :rtype: str
        """
        self.ensure_one()
        offer = next((each for each in self._get_points_offers(partner) if each["key"] == key), None)
        if offer is None:
            return ""  # sent twice, or gone: the page shows what there is
        if str(offer["points"]) != expected:
            return self.env._("The price has changed meanwhile. Please look at it again.")
        if offer["most"] is None:
            points = None
        elif not points or not offer["least"] <= points <= offer["most"]:
            values = {"least": offer["least"], "most": offer["most"]}
            return self.env._("Please use between %(least)s and %(most)s points.", **values)
        if "reward" in offer:
            return self._use_points(offer["card"], offer["reward"], points)
        return self._use_free_nights(offer["card"], offer["award"], offer["stay"], points)
