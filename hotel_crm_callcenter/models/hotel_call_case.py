"""The one place where calls meet cases of the service addon."""

from odoo import models


class HotelCall(models.Model):
    _inherit = "hotel.call"

    def _open_complaint(self):
        """Make a case of what the guest has said to the menu, and plan to call back.

        :rtype: hotel.case
        """
        case = self._make_case(self.env._("Complaint left on the telephone: listen to the recording of the call."))
        self._plan_callback("case")
        return case

    def _make_case(self, text, kind="complaint"):
        """Return a new case about this call, made as the superuser: the menu has no rights.

        :rtype: hotel.case
        """
        return self.env["hotel.case"].sudo().create(self._prepare_case_vals(text, kind))

    def _prepare_case_vals(self, text, kind):
        return {
            "kind": kind,
            "source": "phone",
            "subject": self.env._("Complaint by telephone") if kind == "complaint" else self.env._("By telephone"),
            "description": text,
            "partner_id": self.partner_id.id,
            "contact_phone": self.number,
            "property_id": self.property_id.id,
        }

    def _open_case(self):
        """Return the action that opens a new case with what is known from this call.

        :rtype: dict
        """
        values = self._prepare_case_vals(self.note or "", "complaint")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Case"),
            "res_model": "hotel.case",
            "views": [[False, "form"]],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items() if value},
        }

    def _get_open_cases(self):
        """Return the open cases of the guest that the user may see: id and name.

        :rtype: list[dict]
        """
        cases = self.env["hotel.case"]
        if not cases.has_access("read"):
            return []
        found = cases.search([("partner_id", "=", self.partner_id.id), ("is_open", "=", True)], limit=5)
        return [{"id": case.id, "name": case.display_name} for case in found]
