from odoo import api, fields, models


class HotelImportPreset(models.Model):
    """A mapping to use again for files of the same layout."""

    _name = "hotel.import.preset"
    _inherit = ["hotel.import.options"]
    _description = "Import Preset"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    column_ids = fields.One2many("hotel.import.column", "preset_id", string="Columns", copy=True)

    def _prepare_job_vals(self):
        """Return the options for a job; its columns are made when the file is read."""
        self.ensure_one()
        values = self.copy_data()[0]
        return {name: values[name] for name in self._get_option_names() if name in values}

    @api.model
    def _find_for(self, kind, header):
        """Return the preset whose columns all stand in a header, the one with most of them.

        :param str kind: of the job
        :param list[str] header: of the file
        :rtype: hotel.import.preset
        """
        fitting = self.search([("kind", "=", kind)]).filtered(
            lambda preset: (
                preset.column_ids.filtered("name")
                and set(preset.column_ids.filtered("name").mapped("name")) <= set(header)
            )
        )
        return fitting.sorted(lambda preset: -len(preset.column_ids))[:1]
