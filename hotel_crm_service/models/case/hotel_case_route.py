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
        for case in cases.sudo():
            here = departments.filtered(lambda department, case=case: department.property_id == case.property_id)
            responsible = here.filtered(lambda department, case=case: case.category_id in department.category_ids)
            target = (responsible or here.filtered("is_fallback"))[:1]
            if target:
                case.department_id = target
