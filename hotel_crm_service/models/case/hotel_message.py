from odoo import models

from .hotel_case_acknowledge import HEADERS


class HotelMessage(models.Model):
    _inherit = "hotel.message"

    def _prepare_mail(self, subject, body):
        """What is said about a case stands in its thread already; what comes back goes to its department."""
        vals = super()._prepare_mail(subject, body)
        if self.res_model == "hotel.case":
            vals["body"] = ""
            case = self.env["hotel.case"].browse(self.res_id)
            if case.department_id.alias_email:
                vals["reply_to"] = case.department_id.alias_email
            if self.dedupe_key.startswith(f"{case._get_acknowledge_key()}/"):
                vals["headers"] = repr(HEADERS)
        return vals
