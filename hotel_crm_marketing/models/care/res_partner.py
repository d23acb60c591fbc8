from odoo import models
from odoo.tools import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.care.greeting": "partner_id"}

    def _hotel_export(self):
        """Add the greetings to the copy that a guest asked for."""
        greetings = self.env["hotel.care.greeting"].sudo().search([("partner_id", "=", self.id)])
        rows = [
            {
                self.env._("Occasion"): greeting.rule_id.name,
                self.env._("Day"): format_date(self.env, greeting.event_date),
                self.env._("Channel"): greeting.channel or "",
            }
            for greeting in greetings
        ]
        return {**super()._hotel_export(), **({self.env._("Greetings"): rows} if rows else {})}

    def _get_portal_greetings(self):
        """Return the greetings of the last 30 days that the portal shows. The caller says who may see them.

        :rtype: hotel.care.greeting, with sudo
        """
        self.ensure_one()
        # a guest has no rights on greetings; these are his or her own
        return (
            self.env["hotel.care.greeting"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.id),
                    ("state", "in", ("portal", "asked")),
                    ("create_date", ">=", "today -30d"),
                ],
                limit=10,
            )
            .filtered(lambda greeting: greeting.rule_id.is_portal and greeting.rule_id.portal_text)
        )
