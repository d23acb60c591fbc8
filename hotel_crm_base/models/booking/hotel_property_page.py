"""What a property shows of itself on the booking pages."""

from collections import Counter

from odoo import api, fields, models, tools
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
        found = [hotel_id for hotel_id, name in self._read_slugs().items() if name == slug.lower()]
        # visitors have no rights on properties: what is shown is picked field by field
        hotel = self.sudo().browse(found[:1])
        return hotel.with_company(hotel.company_id) if hotel else hotel

    def _get_slug(self):
        """Return the name of the property in addresses: its code, with its id where others have it too.

        :rtype: str
        """
        self.ensure_one()
        slugify = self.env["ir.http"]._slugify
        # one that is offline has no page that others could be taken for
        return self._read_slugs().get(self.id) or slugify(self.code) or "hotel"

    @api.model
    @tools.ormcache()
    def _read_slugs(self):
        """Return the names in addresses of all that are online, by id; links of a page ask for them again and again.

        :rtype: dict[int, str]
        """
        slugify = self.env["ir.http"]._slugify
        hotels = self.sudo().search(self._get_online_domain())
        codes = {hotel.id: slugify(hotel.code) or "hotel" for hotel in hotels}
        counts = Counter(codes.values())
        return {
            hotel_id: code if counts[code] < 2 and code not in RESERVED else f"{code}-{hotel_id}"
            for hotel_id, code in codes.items()
        }

    def _get_page_url(self):
        """Return the path of the property's booking page.

        :rtype: str
        """
        return f"/hotel/{self._get_slug()}"
