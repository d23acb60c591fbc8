from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """What is printed about guests leaves the house: it is an export."""
        records = self.env.get(report.model)
        if docids and records is not None and hasattr(records, "_add_shown"):
            with records._trace("export", [report.report_name]) as frame:
                records.browse(docids)._add_shown(frame)
        return super()._get_rendering_context(report, docids, data)
