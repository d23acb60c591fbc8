"""Rewards: what may be had for the points of a card, what was redeemed, and the codes that came of it."""

from odoo import api, models
from odoo.exceptions import UserError

#: so many redemptions and coupons are shown, the latest first
MOST_SHOWN = 50
#: kinds that are collected at a hotel, which the member may name
COLLECTED = ("gift", "service")


class HotelMemberReward(models.AbstractModel):
    """The rewards page of a card."""

    _name = "hotel.member.reward"
    _description = "Rewards of a Member"

    @api.model
    def _get_items(self, card):
        """Return the rewards of a card's programme.

        :param loyalty.card card: the guest's own, with sudo
        :rtype: hotel.loyalty.item, with sudo
        """
        # guests have no rights on the catalogue
        return self.env["hotel.loyalty.item"].sudo().search([("program_id", "=", card.program_id.id)])

    @api.model
    def _find_item(self, card, item_id):
        """Return one reward of a card's programme, or none.

        :param int item_id: as sent
        """
        return self._get_items(card).filtered(lambda item: item.id == item_id)

    @api.model
    def _get_catalogue(self, card):
        """Return what a member may choose from, what can be had now first.

        :returns: see hotel.loyalty.item's `_get_catalogue`; also has_image, is_by_value (its price depends on what
            it is used for) and is_for_booking (the page of the booking says it; else the desk)
        :rtype: list[dict]
        """
        items = self._get_items(card)
        pictured = {item.id for item in items.with_context(bin_size=True) if item.image_256}
        rows = [
            {
                **row,
                "has_image": row["id"] in pictured,
                "is_by_value": not row["points"],
                "is_for_booking": row["kind"] not in COLLECTED,
            }
            for row in items._get_catalogue(card)
        ]
        return sorted(rows, key=lambda row: (row["is_by_value"], not row["is_open"]))

    @api.model
    def _get_hotels(self, card, item):
        """Return where a reward may be collected, where the member has a choice.

        :rtype: hotel.property, with sudo
        """
        hotels = self.env["hotel.property"].sudo()
        if item.kind not in COLLECTED or item.property_id:
            return hotels
        return card.program_id._get_hotel_properties().filtered("active").sorted("name")

    @api.model
    def _get_redemptions(self, card):
        """Return what a member has redeemed, the latest first.

        :returns: redemption, name, state (in words), can_cancel
        :rtype: list[dict]
        """
        # guests have no rights on the ledger: the card is their own
        found = self.env["hotel.loyalty.redemption"].sudo().search(
            [("card_id", "=", card.id)], order="date desc, id desc", limit=MOST_SHOWN
        )
        states = dict(found._fields["state"]._description_selection(self.env))
        return [
            {
                "redemption": one,
                "name": one.item_id.name or one.reward_id.description or self.env._("Points on a booking"),
                "state": states[one.state],
                "can_cancel": self._can_cancel(one),
            }
            for one in found
        ]

    @api.model
    def _get_coupons(self, card):
        """Return the coupons of a member, those that can be used first.

        :rtype: list[dict]: see res.partner's `_get_hotel_coupons`
        """
        return card.partner_id._get_hotel_coupons()

    @api.model
    def _can_cancel(self, redemption):
        return bool(redemption.item_id) and redemption.state == "requested"

    @api.model
    def _redeem(self, card, item, hotel, expected_points, key):
        """Take the points for a reward, at the price that was shown.

        :param loyalty.card card: the guest's own, with sudo
        :param hotel.loyalty.item item: of its programme
        :param hotel.property hotel: where it is collected, or none
        :param str expected_points: as it was shown
        :param str key: names the form: sent twice, it is redeemed once
        :rtype: hotel.loyalty.redemption, with sudo
        :raises UserError: what speaks against it; the sentence is for the guest
        """
        points = item._get_list_points(card)
        if not points:
            raise UserError(self.env._("The price of this reward depends on your booking: please ask the hotel."))
        if str(points) != expected_points:
            raise UserError(self.env._("The price has changed meanwhile. Please look at it again."))
        return item._redeem(card, hotel=hotel or None, request_key=key)

    @api.model
    def _cancel(self, card, redemption_id):
        """Give back what waits still for the hotel's yes.

        :param loyalty.card card: the guest's own, with sudo
        :param int redemption_id: as sent
        :raises UserError: it is none of this card, or it waits no more
        """
        redemptions = self.env["hotel.loyalty.redemption"].sudo()
        redemption = redemptions.search([("id", "=", redemption_id or 0), ("card_id", "=", card.id)])
        if not redemption or not self._can_cancel(redemption):
            raise UserError(self.env._("This cannot be cancelled any more."))
        redemption._lock_in(("requested",))
        redemption._cancel(self.env._("Cancelled by the member."))
