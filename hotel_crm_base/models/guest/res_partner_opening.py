"""The way from any screen to the page of a guest."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def hotel_open_guest(self):
        """Return the action that opens the page of this guest. Callable by all staff.

        :rtype: dict
        :raises AccessError: the user may not see this guest
        """
        self.ensure_one()
        self.check_access("read")
        form = self.env.ref("hotel_crm_base.res_partner_view_form_hotel_guest", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "res_id": self.id,
            "views": [[form.id if form else False, "form"]],
            "target": "current",
        }
