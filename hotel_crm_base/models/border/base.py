from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def export_data(self, fields_to_export):
        """Guests reached from any exported record are one entry."""
        model = None if self._name == "res.partner" else self._name
        with self.env["hotel.access.log"]._frame("export", fields_to_export, model):
            return super().export_data(fields_to_export)
