from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Each link of a page asks for the language that has no place in addresses; one query answers them all."""

    _inherit = "ir.http"

    @classmethod
    def _get_default_lang(cls):
        found = getattr(request, "hotel_default_lang", None)
        if found is None:
            found = request.hotel_default_lang = super()._get_default_lang()
        return found
