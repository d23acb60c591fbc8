"""Rewards of a member: the catalogue, a redemption with its confirmation, and taking it back."""

import uuid

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import name_form, page

from .member_tools import get_card, go_to, show


class MemberReward(Controller):
    """What points buy; the price is shown, then confirmed."""

    @route("/my/club/rewards", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def rewards(self, **params):
        """Show the catalogue, what was redeemed, and the coupons."""
        return show_rewards(get_card(params))

    @route("/my/club/rewards/<int:item_id>", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def ask(self, item_id, **params):
        """Show what a reward costs, and what is left then."""
        card = get_card(params)
        return show_redeem(card, get_item(card, item_id))

    @route("/my/club/rewards/<int:item_id>", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def redeem(self, item_id, expected_points="", hotel="", nonce="", **params):
        """Take the points at the price that was shown."""
        card = get_card(params)
        item, rewards = get_item(card, item_id), request.env["hotel.member.reward"]
        hotel_id = visitor.read_id(hotel)
        chosen = rewards._get_hotels(card, item).filtered(lambda one: one.id == hotel_id)
        try:
            with request.env.cr.savepoint():
                rewards._redeem(card, item, chosen, expected_points, name_form(nonce))
        except UserError as error:
            return show_redeem(card, item, str(error), 409)
        return go_to("/my/club/rewards", card, notice="redeemed")

    @route("/my/club/rewards/cancel", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def cancel(self, redemption="", **params):
        """Give back what the hotel has not said yes to yet."""
        card = get_card(params)
        try:
            with request.env.cr.savepoint():
                request.env["hotel.member.reward"]._cancel(card, visitor.read_id(redemption))
        except UserError as error:
            return show_rewards(card, str(error), 409)
        return go_to("/my/club/rewards", card, notice="cancelled")

    @route("/my/club/rewards/<int:item_id>/image", type="http", auth="user", methods=["GET"])
    def image(self, item_id, **params):
        """Return the picture of a reward of one's own programmes."""
        item = get_item(get_card(params), item_id)
        if not item.image_256:
            raise NotFound()
        response = request.env["ir.binary"]._get_image_stream_from(item, "image_256").get_response()
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


def get_item(card, item_id):
    """Return a reward of the programme of a card, with sudo.

    :raises NotFound: there is none
    """
    item = request.env["hotel.member.reward"]._find_item(card, item_id)
    if not item:
        raise NotFound()
    return item


def show_rewards(card, problem="", status=200):
    """Return the page of the rewards."""
    rewards = request.env["hotel.member.reward"]
    values = {
        "problem": problem,
        "rows": rewards._get_catalogue(card),
        "redemptions": rewards._get_redemptions(card),
        "coupons": rewards._get_coupons(card),
        "available": int(card.points),
    }
    return show("member_rewards", card, values, status)


def show_redeem(card, item, problem="", status=200):
    """Return the page that asks whether to redeem, with the price."""
    row = item._get_catalogue(card)[0]
    values = {
        "problem": problem,
        "row": row,
        "hotels": request.env["hotel.member.reward"]._get_hotels(card, item),
        "available": int(card.points),
        "left": int(card.points) - row["points"],
        "nonce": uuid.uuid4().hex,
    }
    return show("member_redeem", card, values, status)
