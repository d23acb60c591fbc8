from odoo import models
from odoo.tools import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_comparison(self):
        """Return what a person compares two guests by, as the user may see it and in his or her language.

        :rtype: dict[str, str]
        """
        self.ensure_one()
        genders = dict(self._fields["hotel_gender"]._description_selection(self.env))
        place = (self.street, self.zip, self.city, self.country_id.name)
        return {
            "name": self.name or "",
            "birth_date": format_date(self.env, self.hotel_birth_date) if self.hotel_birth_date else "",
            "phone": self.phone or "",
            "email": self.email or "",
            "address": ", ".join(part for part in place if part),
            "gender": genders.get(self.hotel_gender, ""),
            "code": self.hotel_guest_code or "",
            "stays": str(self.hotel_stay_count),
            "last": format_date(self.env, self.hotel_last_departure_date) if self.hotel_last_departure_date else "",
        }
