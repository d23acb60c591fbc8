"""What a property shows of itself on the booking pages."""

from odoo import api, fields, models
from odoo.fields import Domain

#: words that stand where the code of a property could, in the addresses of pages
RESERVED = {"api", "find-booking", "image", "import"}


class HotelProperty(models.Model):
    _name = "hotel.property"
    _inherit = ["hotel.property", "image.mixin"]

    description = fields.Html(string="Description for Guests", translate=True, help="Shown on the booking pages.")

    @api.model
    def _get_online_domain(self):
        """Return which properties are shown on the booking pages.

        :rtype: Domain
        """
        return Domain("is_online", "=", True) & Domain("active", "=", True)

    @api.model
    def _find_by_slug(self, slug):
        """Return the property whose page has this address, with sudo and in its company; or none.

        :param str slug: see `_get_slug`
        :rtype: hotel.property
        """
        # visitors have no rights on properties: what is shown is picked field by field
        hotels = self.sudo().search(self._get_online_domain())
        hotel = hotels.filtered(lambda hotel: hotel._get_slug(hotels) == slug.lower())[:1]
        return hotel.with_company(hotel.company_id) if hotel else hotel

    def _get_slug(self, others=None):
        """Return the name of the property in addresses: its code, with its id where others have it too.

        :param hotel.property others: all that are online; default they are searched
        :rtype: str
        """
        self.ensure_one()
        if others is None:
            others = self.sudo().search(self._get_online_domain())
        code = self.env["ir.http"]._slugify(self.code) or "hotel"
        same = [hotel for hotel in others if (self.env["ir.http"]._slugify(hotel.code) or "hotel") == code]
        return code if len(same) < 2 and code not in RESERVED else f"{code}-{self.id}"

    def _get_page_url(self):
        """Return the path of the property's booking page.

        :rtype: str
        """
        return f"/hotel/{self._get_slug()}"
