from odoo import models
from odoo.exceptions import AccessError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """What is printed about guests leaves the house: it is an export."""
        self._check_hotel_groups(report)
        records = self.env.get(report.model)
        if docids and records is not None and hasattr(records, "_add_shown"):
            with records._trace("export", [report.report_name]) as frame:
                records.browse(docids)._add_shown(frame)
        return super()._get_rendering_context(report, docids, data)

    def _check_hotel_groups(self, report):
        """Refuse our papers to whom they are not for. Odoo hides the button only; the address prints for everybody.

        :raises AccessError: the user is in none of the groups of the report
        """
        groups = report.group_ids if (report.model or "").startswith("hotel.") else self.env["res.groups"]
        if groups and not self.env.su and not groups & self.env.user.all_group_ids:
            raise AccessError(self.env._("This paper is printed by others."))
