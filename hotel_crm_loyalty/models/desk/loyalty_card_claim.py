from odoo import models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _hotel_claim(self, hotel, arrival_date, departure_date, number=None, text=None):
        """File a missing stay for this member. Who asks for whom is the caller's to check.

        :param hotel.property hotel: where
        :param date arrival_date: by the hotel's calendar
        :param date departure_date: by the hotel's calendar
        :param str number: of the confirmation or a bill
        :param str text: what the member says
        :returns: the claim: granted at once, or waiting for an answer until ``answer_date``
        :rtype: hotel.loyalty.claim, with sudo
        :raises UserError: too late, not left yet, or too many wait
        :raises ValidationError: the programme does not count there
        """
        self.ensure_one()
        values = {"number": number, "text": text, "arrival_date": arrival_date, "departure_date": departure_date}
        # members have no rights on claims; what is stored is checked there
        return self.env["hotel.loyalty.claim"].sudo().create(
            {"card_id": self.id, "property_id": hotel.id, **values}
        )
