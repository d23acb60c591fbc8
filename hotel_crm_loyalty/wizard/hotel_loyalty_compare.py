from markupsafe import Markup

from odoo import api, fields, models

TABLE = Markup(
    '<table class="table table-sm"><thead><tr><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>'
)
ROW = Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")


class HotelLoyaltyCompare(models.TransientModel):
    """Two states of a programme's rules beside each other."""

    _name = "hotel.loyalty.compare"
    _description = "Compare Loyalty Rules"

    program_id = fields.Many2one("loyalty.program", required=True, readonly=True)
    before_id = fields.Many2one(
        "hotel.loyalty.revision", required=True, domain="[('program_id', '=', program_id)]"
    )
    after_id = fields.Many2one(
        "hotel.loyalty.revision", required=True, domain="[('program_id', '=', program_id)]"
    )
    change_count = fields.Integer(string="Differences", compute="_compute_changes")
    changes_html = fields.Html(string="What Differs", compute="_compute_changes", sanitize=False)

    @api.depends("before_id", "after_id")
    @api.depends_context("lang")
    def _compute_changes(self):
        for wizard in self:
            found = wizard.before_id._get_differences(wizard.after_id) if wizard.before_id and wizard.after_id else []
            rows = Markup("").join(ROW % change for change in found)
            wizard.change_count = len(found)
            titles = self.env._("Where"), wizard.before_id.display_name or "", wizard.after_id.display_name or ""
            wizard.changes_html = TABLE % (*titles, rows) if found else False
