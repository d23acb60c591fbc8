from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_audiences(self, hotel=None):
        """Return whose rates this guest may book, as in `hotel.rate.plan.audience`. An empty partner is the public.

        :param hotel.property hotel: where, if it is known
        :rtype: set[str]
        """
        audiences = {"all"}
        if self.commercial_partner_id.is_company:
            audiences.add("company")
        if self._is_hotel_member(hotel):
            audiences.add("member")
        return audiences

    def _is_hotel_member(self, hotel=None):
        """Hook: whether this guest books the rates of members: who has an account here. Programmes say it better.

        :param hotel.property hotel: where, if it is known
        :rtype: bool
        """
        # whether somebody has an account is no secret to the price of a room
        return bool(self.sudo().user_ids)
