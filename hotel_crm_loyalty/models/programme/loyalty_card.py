"""Rewards of milestones that a member may choose from."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.results import Reason

KINDS = ("milestone", "choice", "withdraw")


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _get_hotel_offers(self):
        """Return the milestones at which these members may still choose a reward; one query for all of them.

        :returns: card's id to offers, the earliest first, each with ``decision`` (hotel.loyalty.decision, with sudo),
            ``date``, ``reason`` in words and ``options``: list of (code, name, points)
        :rtype: dict[int, list[dict]]
        """
        # who may ask is for the caller to know; a member sees his or her own
        cards = self.sudo()
        decisions = self.env["hotel.loyalty.decision"].sudo().search_fetch(
            [("card_id", "in", cards.ids), ("kind", "in", KINDS), ("is_void", "=", False)], order="date, id"
        )
        offers = {card_id: [] for card_id in self.ids}
        for card, found in decisions.grouped("card_id").items():
            taken = {(one.inputs or {}).get("offer") for one in found if one.kind == "choice"}
            gone = {one.origin.partition("/")[2] for one in found if one.kind == "withdraw"}
            for offer in found:
                if offer.kind == "milestone" and not {offer.key.split("~")[0]} & (taken | gone):
                    options = card._get_hotel_options(offer)
                    if options:
                        offers[card.id].append(
                            {"decision": offer, "date": offer.date, "reason": offer.reason, "options": options}
                        )
        return offers

    def _get_hotel_options(self, offer):
        """Return what may be chosen at a milestone, by the rules that offered it: (code, name, points)."""
        code, language = offer.key.rsplit("/", 1)[-1].split(":")[0], self._get_hotel_language()
        for version in self.program_id._get_hotel_plan().programme.versions:
            for milestone in version.milestones if version.code == offer.version_code else ():
                if milestone.code == code:
                    return [
                        (option.code, (option.name or {}).get(language) or (option.name or {}).get("en") or option.code,
                         option.points)
                        for option in milestone.options
                    ]  # fmt: skip
        return []

    def _get_hotel_language(self):
        """Return the key by which the rules know the user's language."""
        return self.env["hotel.loyalty.revision"]._get_rules_language()

    def _hotel_choose(self, decision, option):
        """Take a reward at a milestone; points of it are credited at once.

        :param hotel.loyalty.decision decision: the milestone, of this member
        :param str option: code of what is chosen
        :rtype: hotel.loyalty.choice, with sudo
        :raises UserError: it is not on offer, or the choice was made already
        """
        self.ensure_one()
        self._check_hotel_open()
        # the member is locked, so that of two choices at once the second finds the first
        card = self.sudo()
        card._hotel_evaluate()
        offers = {offer["decision"]: offer["options"] for offer in card._get_hotel_offers()[card.id]}
        if option not in [code for code, _name, _points in offers.get(decision.sudo(), ())]:
            raise UserError(self._explain_hotel_reasons([Reason.of("choice_refused", option=option)]))
        today = fields.Date.to_date(card.program_id._get_hotel_today())
        choice = self.env["hotel.loyalty.choice"].sudo().create(
            {"card_id": card.id, "decision_id": decision.id, "option": option, "date": today, "user_id": self.env.uid}
        )
        card._hotel_evaluate()
        return choice
