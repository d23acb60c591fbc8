"""Which stay and which hotel an answer is about."""

from odoo import api, models

from .hotel_survey_answer import BEEN


class HotelSurveyAnswer(models.Model):
    _inherit = "hotel.survey.answer"

    @api.model
    def _place(self, inputs):
        """Return stay and hotel of completed surveys; what does not count is left out.

        Whose answer it is, is known only by the link of a stay, by a sign-in, or by an invitation that was sent to
        the guest: Odoo fills in the partner by these alone. An address that somebody has typed says nothing. What the
        hotel's own people answer does not count, nor does a second answer of a guest about the same stay.

        :param survey.user_input inputs: complete, with sudo
        :rtype: dict[survey.user_input, tuple[hotel.stay, hotel.property]]
        """
        counted = self.search([("user_input_id", "in", inputs.ids)]).user_input_id
        fresh = (inputs - counted).filtered(lambda one: one.hotel_stay_id or not one._is_hotel_staff())
        found = {one: self._place_one(one) for one in fresh}
        stays = {stay.id for stay, _hotel in found.values() if stay}
        known = self.search([("stay_id", "in", list(stays)), ("survey_id", "in", fresh.survey_id.ids)])
        told = {(answer.stay_id, answer.survey_id) for answer in known}
        placed = {}
        for one, (stay, hotel) in found.items():
            if not stay or (stay, one.survey_id) not in told:
                placed[one] = (stay, hotel)
                told.add((stay, one.survey_id))
        return placed

    @api.model
    def _place_one(self, user_input):
        """Return the stay and the hotel of one survey; none where they cannot be told."""
        if user_input.hotel_stay_id:
            return user_input.hotel_stay_id, user_input.hotel_stay_id.property_id
        hotel = user_input.survey_id.hotel_property_id
        stay = self._find_stay(user_input.partner_id.filtered("is_hotel_guest"), hotel)
        return stay, hotel or stay.property_id

    @api.model
    def _find_stay(self, guest, hotel):
        """Return the last stay of a guest, at one hotel where it is said."""
        if not guest:
            return self.env["hotel.stay"]
        domain = [("partner_id", "=", guest.id), ("state", "in", BEEN)]
        if hotel:
            domain.append(("property_id", "=", hotel.id))
        return self.env["hotel.stay"].search(domain, order="arrival_date desc, id desc", limit=1)

    @api.model
    def _find_rule(self, user_input, stay):
        """Return the rule whose thresholds say what is a low answer: without a stay nobody can be asked back."""
        rules = self.env["hotel.survey.rule"]
        if not stay:
            return rules
        hotel = stay.property_id
        found = rules.search([("survey_id", "=", user_input.survey_id.id), ("company_id", "=", hotel.company_id.id)])
        return found.filtered(lambda rule: not rule.property_ids or hotel in rule.property_ids)[:1]
