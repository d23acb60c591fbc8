"""What a reward of the catalogue costs a member, and what speaks against it."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules import results, rewards
from .hotel_loyalty_item import ISSUED


class HotelLoyaltyItem(models.Model):
    _inherit = "hotel.loyalty.item"

    def _get_rewards(self):
        """Return the rewards of the rules in force by their codes.

        :rtype: dict[str, rules.record_offers.Reward]
        """
        self.ensure_one()
        program = self.sudo().program_id
        if not program.hotel_revision_id:
            return {}
        version = program._get_hotel_plan().at(program._get_hotel_today()).version
        return {reward.code: reward for reward in version.rewards}

    def _get_quote(self, card, prices=(), hotel=None):
        """Return what a member pays for it today.

        :param loyalty.card card: of the programme of this reward
        :param prices: where the rules price it by value: the price in the programme's currency, one for each night
        :param hotel.property hotel: where it is used
        :rtype: rules.rewards.Quote
        """
        self.ensure_one()
        program = self.sudo().program_id
        today = program._get_hotel_today()
        if not self.reward_code:
            return rewards.Quote(self.points, 0, ())
        terms = program._get_hotel_plan().at(today)
        hotel = hotel or self.property_id
        wish = rewards.Wish(
            self.reward_code, [today] * max(len(prices), 1), list(prices), hotel.sudo().code or ""
        )
        return rewards.quote(terms, card.sudo().hotel_tier_id.code or "", wish)

    def _find_obstacles(self, card, hotel=None):
        """Return what speaks against this reward for a member now, in words; points are not looked at.

        :rtype: list[str]
        """
        self.ensure_one()
        item, member = self.sudo(), card.sudo()
        today = item.program_id._get_hotel_today()
        obstacles = []
        if not item.active or member.program_id != item.program_id:
            obstacles.append(self.env._("It is not on offer."))
        if item.from_date and today < item.from_date:
            obstacles.append(self.env._("From %(day)s on.", day=format_date(self.env, item.from_date)))
        if item.until_date and today > item.until_date:
            obstacles.append(self.env._("Until %(day)s only.", day=format_date(self.env, item.until_date)))
        if item.is_stocked and item.stock <= 0:
            obstacles.append(self.env._("There is nothing left."))
        if item.tier_id.rank > member.hotel_tier_id.rank:
            tier = item.tier_id.with_env(self.env).sudo()
            obstacles.append(self.env._("From %(tier)s up.", tier=tier.name))
        if hotel and item.property_id and hotel != item.property_id:
            name = item.property_id.with_env(self.env).sudo().name
            obstacles.append(self.env._("Only at %(hotel)s.", hotel=name))
        return obstacles

    def _redeem(self, card, hotel=None, note=None, prices=(), request_key=None, is_desk=False):
        """Take points from a member for this reward. Who asks for whom is the caller's to check.

        The stock is taken first, then the points: every path locks in this order.

        :param loyalty.card card: the member
        :param hotel.property hotel: where it is collected; default the hotel of the reward
        :param str note: what the member or the desk says to it
        :param prices: see ``_get_quote``
        :param str request_key: names the request: asked for twice, it is redeemed once
        :param bool is_desk: somebody of the hotel does it: nothing waits for approval
        :rtype: hotel.loyalty.redemption, with sudo
        :raises UserError: what speaks against it, or too few points
        """
        self.ensure_one()
        redemptions = self.env["hotel.loyalty.redemption"].sudo()
        if request_key:
            known = redemptions.search([("card_id", "=", card.id), ("request_key", "=", request_key)])
            if known:
                return known
        hotel = hotel or self.property_id
        self._check_offer(card, hotel)
        quote = self._get_quote(card, prices, hotel)
        reasons = [reason for reason in quote.reasons if isinstance(reason, results.Reason)]
        if reasons or quote.points <= 0:
            raise UserError(card._explain_hotel_reasons(reasons) or self.env._("The rules say no price for it."))
        # rewards are everybody's to see, their stock is the program's to count
        item = self.sudo()
        item._take_stock()
        redemption = card._hotel_redeem(
            quote.points,
            item_id=item.id,
            property_id=hotel.id or None,
            note=note,
            request_key=request_key,
            state="approved" if is_desk or not item.needs_approval else "requested",
            expires_date=item._get_last_day(),
        )
        redemption._after_redeemed()
        return redemption

    def _check_offer(self, card, hotel):
        """Refuse what is not on offer for a member.

        :raises UserError: with all that speaks against it
        """
        obstacles = self._find_obstacles(card, hotel)
        if obstacles:
            raise UserError("\n".join(obstacles))
        if hotel and not self.sudo().program_id._is_hotel_here(hotel):
            raise UserError(self.env._("The programme does not count at this hotel."))

    def _get_last_day(self):
        """Return until when it is to be collected, or None."""
        today = self.program_id._get_hotel_today()
        is_collected = self.collect_days and not (self.kind in ISSUED and self.coupon_program_id)
        return today.fromordinal(today.toordinal() + self.collect_days) if is_collected else None

    def _get_catalogue(self, card, hotel=None):
        """Return what a member sees of these rewards: what they cost, and whether he or she can have them.

        :rtype: list[dict]: id, name, description, kind, points (0: by value), missing (points), obstacles (texts),
            stock (None: no limit), hotel, is_open (nothing speaks against it)
        """
        member = card.sudo()
        rows = []
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for item in self:
            points = item._get_list_points(card)
            obstacles = item._find_obstacles(card, hotel)
            missing = max(points - int(member.points), 0)
            rows.append(
                {
                    "id": item.id,
                    "name": item.name,
                    "description": item.description or "",
                    "kind": item.kind,
                    "kind_name": kinds[item.kind],
                    "points": points,
                    "missing": missing,
                    "obstacles": obstacles,
                    "stock": item.stock if item.is_stocked else None,
                    "hotel": item.property_id.name or "",
                    "is_open": not obstacles and not missing and member.hotel_state == "active",
                }
            )
        return rows

    def _get_list_points(self, card):
        """Return the price in points, 0 where it depends on a price in money."""
        quote = self._get_quote(card)
        return quote.points
