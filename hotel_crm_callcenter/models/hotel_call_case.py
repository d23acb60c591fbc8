"""The one place where calls meet cases of the service addon."""

from odoo import models


class HotelCall(models.Model):
    _inherit = "hotel.call"

    def _open_complaint(self):
        """Make a case of what the guest has said to the menu, and plan to call back.

        :rtype: recordset: the case; empty where the service addon has none
        """
        case = self._make_case(self.env._("Complaint left on the telephone: listen to the recording of the call."))
        self._plan_callback("case")
        return case

    def _make_case(self, text, kind="complaint"):
        """Return a case about this call."""
        cases = self.env.get("hotel.case")
        if cases is None:
            return self.browse()
        values = {
            "kind": kind,
            "source": "phone",
            "subject": self.env._("Complaint by telephone") if kind == "complaint" else self.env._("Call"),
            "description": text,
            "partner_id": self.partner_id.id,
            "contact_phone": self.number,
            "property_id": self.property_id.id,
        }
        # columns that the service addon does not have (yet) are left out
        return cases.create({name: value for name, value in values.items() if name in cases._fields})
