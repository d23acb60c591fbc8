from odoo import api, models, tools


class HotelCaseCategory(models.Model):
    """What a case is about: cleanliness, noise, staff, food, ..."""

    _name = "hotel.case.category"
    _inherit = ["hotel.code.mixin", "hotel.cached.mixin"]
    _description = "Case Category"

    @api.model
    @tools.ormcache()
    def _get_ids(self):
        """Return the ids of the categories in use, by code.

        :rtype: dict[str, int]
        """
        return {category.code: category.id for category in self.sudo().search([])}
