from odoo import api, models, tools
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Each page, and each link on it, asks for the language that has no place in addresses: it is kept in memory."""

    _inherit = "ir.http"

    @classmethod
    def _get_default_lang(cls):
        if "website" in request.env:
            # each site has its own
            return super()._get_default_lang()
        code = request.env["ir.http"]._get_hotel_default_code()
        return request.env["res.lang"]._get_data(code=code) if code else super()._get_default_lang()

    @api.model
    @tools.ormcache()
    def _get_hotel_default_code(self):
        # what stands there is closed to visitors; whoever changes it ends what is kept
        return self.env["ir.default"].sudo()._get("res.partner", "lang")
