"""What a member may do with points: redeem them, and pass them on."""

from odoo import models
from odoo.exceptions import UserError

from ...rules import limits, words


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _hotel_evaluate(self, as_of=None):
        """Book what the rules say about these members now.

        :rtype: dict[int, rules.results.Outcome]: card's id to outcome
        """
        return self.env["hotel.loyalty.evaluation"]._evaluate(self, as_of)

    def _hotel_redeem(self, points, **values):
        """Take points from a member for something; they leave at once.

        :param int points: how many, more than 0
        :param values: what else the redemption says (order_id, reservation_id, reward_id, note ...)
        :rtype: hotel.loyalty.redemption, with sudo
        :raises UserError: so many are not there, or the account is closed
        """
        self.ensure_one()
        if not isinstance(points, int) or points <= 0:
            raise UserError(self.env._("Redeem one point or more."))
        self._check_hotel_open()
        # points are taken by the program: who may ask for it is the caller's to check
        card = self.sudo()
        outcome = card._hotel_evaluate()[card.id]
        if outcome.available < points:
            raise UserError(self.env._("%(missing)s points are missing.", missing=points - outcome.available))
        redemption = self.env["hotel.loyalty.redemption"].sudo().create(
            {"card_id": card.id, "points": points, "user_id": self.env.uid, **values}
        )
        card._hotel_evaluate()
        return redemption

    def _hotel_transfer(self, other_card, points, kind="transfer", note=None):
        """Pass points on to another member, within the limits of the programme.

        :param loyalty.card other_card: who gets them, of the same programme
        :param int points: how many
        :param str kind: transfer or gift
        :returns: what left this card and what came to the other
        :rtype: hotel.loyalty.posting, with sudo
        :raises UserError: with all that stands against it
        """
        self.ensure_one()
        giver, receiver = self.sudo(), other_card.sudo()
        if giver.program_id != receiver.program_id:
            raise UserError(self.env._("Both are members of one programme."))
        for card in giver | receiver:
            card._check_hotel_open()
        outcome = (giver | receiver)._hotel_evaluate()[giver.id]
        self._check_hotel_transfer(giver, receiver, points, kind, outcome)
        terms = giver.program_id._get_hotel_plan().at(outcome.as_of)
        postings = self.env["hotel.loyalty.posting"].sudo()
        common = {"kind": kind, "note": note, "user_id": self.env.uid, "date": outcome.as_of}
        sent = postings.create({**common, "card_id": giver.id, "points": -points, "peer_card_id": receiver.id})
        after = giver._hotel_evaluate()[giver.id]
        expiries = {lot.key: lot.expires for lot in after.lots}
        moved = [move for move in after.moves if move.origin == f"post:{sent.id}" and move.lot]
        left = [(move.points, expiries[move.lot]) for move in moved]
        lots = limits.split_transfer(left, terms.version.transfers.keep_expiry)
        got = postings.create(
            {
                **common,
                "card_id": receiver.id,
                "points": points,
                "peer_card_id": giver.id,
                "lots": [[part, expires and expires.isoformat()] for part, expires in lots],
            }
        )
        receiver._hotel_evaluate()
        return sent | got

    def _check_hotel_transfer(self, giver, receiver, points, kind, outcome):
        """Refuse a transfer that the programme's limits do not allow.

        :raises UserError: with all reasons
        """
        terms = giver.program_id._get_hotel_plan().at(outcome.as_of)
        history = self.env["hotel.loyalty.posting"].sudo()
        moved = [("kind", "in", ("transfer", "gift")), ("state", "=", "posted")]
        given = history.search([*moved, ("card_id", "=", giver.id), ("points", "<", 0)])
        received = history.search([*moved, ("card_id", "=", receiver.id), ("points", ">", 0)])
        wish = limits.Transfer(
            kind, points, outcome.as_of, str(receiver.id),
            tuple((posting.date, -posting.points) for posting in given),
            tuple((posting.date, posting.points) for posting in received),
        )  # fmt: skip
        verdict = limits.check_transfer(terms, outcome, giver.hotel_joined_date, wish)
        if not verdict.is_allowed:
            raise UserError(giver._explain_hotel_reasons(verdict.reasons))

    def _check_hotel_open(self):
        """Refuse an account that is closed or of no hotel programme.

        :raises UserError: with the reason
        """
        card = self.sudo()
        if not card.hotel_managed or not card.active or card.hotel_state != "active":
            raise UserError(self.env._("This account is closed."))

    def _explain_hotel_reasons(self, reasons):
        """Return reasons of the rules in words of the user's language, a line each.

        :param Iterable[rules.results.Reason] reasons: why
        :rtype: str
        """
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        names = self.sudo().program_id._get_hotel_names(language)
        return "\n".join(words.explain(reason, language, names) for reason in reasons)
