"""Which department a case goes to."""

from odoo import models


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def _route(self):
        """Send cases that have no department to the one that is responsible for their category."""
        cases = self.filtered(lambda case: not case.department_id and case.is_open)
        if not cases:
            return
        # whoever takes a case in need not see the departments
        departments = self.env["hotel.department"].sudo().search([("property_id", "in", cases.property_id.ids)])
        for target, found in cases.sudo().grouped(lambda case: case._find_department(departments)).items():
            if target:
                found.write({"department_id": target.id})

    def _find_department(self, departments):
        """Return the one of some departments that is responsible for this case, else the one that takes what is left.

        :rtype: hotel.department
        """
        here = departments.filtered(lambda department: department.property_id == self.property_id)
        responsible = here.filtered(lambda department: self.category_id in department.category_ids)
        return (responsible or here.filtered("is_fallback"))[:1]
