"""A stay whose points are missing: the member says which one, and sees the answer."""

from odoo import api, models

from odoo.addons.hotel_crm_base import contact, visitor

MOST_SHOWN = 50


class HotelMemberClaim(models.AbstractModel):
    """The claims page of a card."""

    _name = "hotel.member.claim"
    _description = "Claims of a Member"

    @api.model
    def _get_rule(self, card):
        """Return what the programme says about claims, or None.

        :rtype: rules.record_offers.Claims | None
        """
        return self.env["hotel.member.page"]._get_terms(card.program_id).version.claims

    @api.model
    def _get_hotels(self, card):
        """Return where a stay may have been: the hotels of the programme.

        :rtype: hotel.property, with sudo
        """
        return card.program_id._get_hotel_properties().filtered("active").sorted("name")

    @api.model
    def _get_claims(self, card):
        """Return what a member has claimed, the latest first.

        :param loyalty.card card: the guest's own, with sudo
        :returns: claim, state (in words)
        :rtype: list[dict]
        """
        # guests have no rights on claims: the card is their own
        claims = self.env["hotel.loyalty.claim"].sudo().search(
            [("card_id", "=", card.id)], order="id desc", limit=MOST_SHOWN
        )
        states = dict(claims._fields["state"]._description_selection(self.env))
        return [{"claim": claim, "state": states[claim.state]} for claim in claims]

    @api.model
    def _read_form(self, card, values):
        """Return what a member wrote and sentences about what is wrong with it.

        :param values: as they came with the request
        :returns: facts (hotel, arrival, departure, number, text), problems (field to sentence)
        :rtype: tuple[dict, dict]
        """
        hotel_id = visitor.read_id(values.get("hotel"))
        facts = {
            "hotel": self._get_hotels(card).filtered(lambda hotel: hotel.id == hotel_id),
            "arrival": visitor.read_date(values.get("arrival")),
            "departure": visitor.read_date(values.get("departure")),
            "number": contact.clean(str(values.get("number") or ""))[: visitor.MAX_CODE],
            "text": visitor.read_text(values.get("text"), visitor.MAX_NOTE),
        }
        problems = {}
        if not facts["hotel"]:
            problems["hotel"] = self.env._("Please choose the hotel.")
        for name in ("arrival", "departure"):
            if not facts[name]:
                problems[name] = self.env._("Please enter a date.")
        if not problems and facts["departure"] < facts["arrival"]:
            problems["departure"] = self.env._("The departure lies before the arrival.")
        return facts, problems

    @api.model
    def _claim(self, card, facts):
        """File a claim.

        :param loyalty.card card: the guest's own, with sudo
        :param dict facts: as `_read_form` has returned them, without problems
        :raises UserError: it is not taken; the sentence is for the guest
        """
        days = facts["arrival"], facts["departure"]
        return card._hotel_claim(facts["hotel"], *days, number=facts["number"], text=facts["text"])
