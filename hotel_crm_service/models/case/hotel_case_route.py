"""Which department a case goes to."""

from odoo import models


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def _route(self):
        """Send cases that have no department to the one that is responsible for their category."""
        cases = self.filtered(lambda case: not case.department_id and case.is_open)
        if not cases:
            return
        for department_id, found in cases.sudo().grouped(lambda case: case._find_department_id()).items():
            if department_id:
                found.write({"department_id": department_id})

    def _find_department_id(self):
        """Return the department that is responsible for this case, else the one that takes what is left.

        :rtype: int | bool
        """
        here = self.env["hotel.department"]._get_duties(self.property_id.id)
        responsible = [number for number, category_ids, _is_fallback in here if self.category_id.id in category_ids]
        return next(iter(responsible or (number for number, _ids, is_fallback in here if is_fallback)), False)
