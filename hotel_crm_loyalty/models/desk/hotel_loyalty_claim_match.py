"""Which stay a claim is about, and what it would earn: nobody's stay, or the member's own, never another guest's."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import facts

CANDIDATES = 20


class HotelLoyaltyClaim(models.Model):
    _inherit = "hotel.loyalty.claim"

    candidate_ids = fields.Many2many("hotel.stay", compute="_compute_candidate_ids", string="Stays to Choose From")

    @api.depends("card_id", "property_id", "arrival_date", "departure_date")
    def _compute_candidate_ids(self):
        for claim in self:
            claim.candidate_ids = claim.sudo()._get_candidates().sudo(False)

    def _get_candidates(self):
        """Return departed stays of these dates that are nobody's or the member's, and earned nothing yet.

        :rtype: hotel.stay
        """
        self.ensure_one()
        stays = self.env["hotel.stay"]
        if not (self.property_id and self.arrival_date and self.departure_date and self.card_id):
            return stays
        domain = Domain("property_id", "=", self.property_id.id) & Domain("state", "=", "departed")
        domain &= Domain("arrival_date", "=", self.arrival_date) & Domain("departure_date", "=", self.departure_date)
        domain &= Domain("partner_id", "in", [False, self.card_id.partner_id.id])
        found = stays.search(domain, limit=CANDIDATES, order="id")
        return found.filtered(lambda stay: not self._has_earned(stay) and not self._is_claimed(stay))

    def _has_earned(self, stay):
        """Return whether the points of a stay are on the member's card already."""
        moves = self.env["hotel.loyalty.move"]
        key = f"stay:{stay.id}"
        return bool(moves.search_count([("card_id", "=", self.card_id.id), ("origin", "=", key)], limit=1))

    def _is_claimed(self, stay):
        return bool(self.search_count([("stay_id", "=", stay.id), ("state", "=", "approved")], limit=1))

    def _find_stay(self):
        """Note the stay that this claim is about, where there is one, and whether the member has proven it.

        A stay without a guest is proven by its number alone: dates are easy to guess.
        """
        candidates = self._get_candidates()
        proven = candidates.filtered(lambda stay: stay.partner_id or self._knows_number(stay))
        stay = proven if len(proven) == 1 else proven.browse()
        if not stay and len(candidates) == 1:
            stay = candidates
        self.write(
            {
                "stay_id": stay.id,
                "is_proven": bool(stay) and stay in proven,
                "points": self._get_stay_points(stay) if stay else 0,
            }
        )

    def _knows_number(self, stay):
        """Return whether the number that the member gives is one of the stay: of the booking, or of a bill."""
        given = _fold(self.number)
        if not given:
            return False
        lines = self.env["hotel.consumption"].search([("stay_id", "=", stay.id)])
        numbers = {stay.source_ref, stay.reservation_id.name, *lines.mapped("bill_ref")}
        return given in {_fold(number) for number in numbers if number}

    def _get_stay_points(self, stay):
        """Return what a stay would earn the member by the rules.

        :param hotel.stay stay: departed
        :rtype: int
        """
        fact = self._make_stay_fact(stay)
        card = self.card_id
        outcome = self.env["hotel.loyalty.evaluation"].sudo()._look(card, more_facts={card.id: [fact]})[card.id]
        return sum(move.points for move in outcome.moves if move.origin == fact.key and move.lot)

    def _make_stay_fact(self, stay):
        """Return a stay as the rules take it.

        :rtype: rules.facts.Stay
        """
        currency = self.program_id.currency_id
        spend = {}
        for line in self.env["hotel.consumption"].search([("stay_id", "=", stay.id), ("accrues_points", "=", True)]):
            amount = line.currency_id._convert(line.amount_net, currency, line.company_id, line.business_date)
            spend[line.kind] = spend.get(line.kind, Decimal(0)) + Decimal(str(amount))
        hotel = stay.property_id
        return facts.Stay(
            f"stay:{stay.id}",
            stay.arrival_date,
            stay.departure_date,
            spend=tuple(sorted(spend.items())),
            property_code=hotel.code or "",
            brand=hotel.hotel_brand or "",
            rate=stay.rate_plan_id.code or "",
            channel=stay.channel_id.code or "",
            segment=stay.market_segment_id.code or "",
            booked=stay.booked_at and stay.booked_at.date(),
        )


def _fold(number):
    """Return a number as it is compared: without blanks and dashes, small letters."""
    return "".join(sign for sign in (number or "").casefold() if sign.isalnum())
