from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_audiences(self):
        """Hook: return whose rates this guest may book, as in `hotel.rate.plan.audience`.

        A member is a guest with an account here; programmes say it more exactly. An empty partner is
        the public.

        :rtype: set[str]
        """
        audiences = {"all"}
        if self.commercial_partner_id.is_company:
            audiences.add("company")
        # whether somebody has an account is no secret to the price of a room
        if self.sudo().user_ids:
            audiences.add("member")
        return audiences
