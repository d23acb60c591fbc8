from odoo import api, fields, models

from .hotel_loyalty_limit import DEFAULTS


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_limit_ids = fields.One2many("hotel.loyalty.limit", "program_id", string="Limits of Adjustments")
    hotel_item_ids = fields.One2many("hotel.loyalty.item", "program_id", string="Rewards of the Hotels")

    @api.model_create_multi
    def create(self, vals_list):
        """A new hotel programme begins with limits of adjustments, for administrators to change."""
        programs = super().create(vals_list)
        for program in programs.filtered(lambda program: program.hotel_managed and not program.hotel_limit_ids):
            self.env["hotel.loyalty.limit"].create(
                [
                    {"program_id": program.id, "role": role, "points": points, "can_grant": can_grant}
                    for role, points, can_grant in DEFAULTS
                ]
            )
        return programs

    def _is_hotel_here(self, hotel):
        """Return whether this programme counts at a hotel.

        :param hotel.property hotel: where
        :rtype: bool
        """
        self.ensure_one()
        program = self.sudo()
        if program.hotel_property_ids:
            return hotel in program.hotel_property_ids
        company = program.company_id
        return not company or company in hotel.sudo().company_id.parent_ids
