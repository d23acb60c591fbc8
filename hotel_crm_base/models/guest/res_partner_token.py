from odoo import api, models

from ... import guards
from .hotel_guest_token import SOURCE_FIELDS

#: What is written to these fields may change under what a guest is found.
TOKEN_FIELDS = {*SOURCE_FIELDS, "country_id", "company_id", "parent_id"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not guards.is_given(self.env.context, guards.BULK):
            guests = partners.filtered("is_hotel_guest")
            if guests:
                guests._refresh_hotel_tokens()
        return partners

    def write(self, vals):
        concerned = self.browse()
        if TOKEN_FIELDS & set(vals) and not guards.is_given(self.env.context, guards.BULK):
            # those who are guests before or after
            concerned = self if "is_hotel_guest" in vals else self.sudo().filtered("is_hotel_guest")
        result = super().write(vals)
        if concerned:
            concerned._refresh_hotel_tokens()
        return result

    def unlink(self):
        guests = self.sudo().filtered("is_hotel_guest")
        result = super().unlink()
        if guests:
            guests._refresh_hotel_tokens()
        return result

    def _refresh_hotel_tokens(self):
        """Keep the look-up tables in step with these contacts."""
        # nobody has rights on the look-up tables
        self.env["hotel.guest.token"].sudo()._refresh_partners(self.ids)
