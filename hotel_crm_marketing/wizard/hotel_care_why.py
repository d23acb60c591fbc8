from odoo import api, fields, models


class HotelCareWhy(models.TransientModel):
    """A question of staff: why did this guest get nothing?"""

    _name = "hotel.care.why"
    _description = "Why Did This Guest Get Nothing?"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, domain="[('is_hotel_guest', '=', True)]")
    rule_id = fields.Many2one("hotel.care.rule", help="Empty: all rules that are running.")
    answer = fields.Html(compute="_compute_answer")

    @api.depends("partner_id", "rule_id")
    def _compute_answer(self):
        for wizard in self:
            wizard.answer = wizard._get_answer() if wizard.partner_id else False

    def _get_answer(self):
        """Return what the rules say of the guest, as HTML; the user has to see both."""
        self.partner_id.check_access("read")
        rules = self.rule_id or self.rule_id.search([("state", "=", "running")])
        rules.check_access("read")
        found = [(rule, rule._explain(self.partner_id)) for rule in rules]
        return self.env["ir.qweb"]._render("hotel_crm_marketing.care_why_answer", {"found": found})
