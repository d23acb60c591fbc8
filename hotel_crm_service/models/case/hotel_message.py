from odoo import models


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
        return vals
