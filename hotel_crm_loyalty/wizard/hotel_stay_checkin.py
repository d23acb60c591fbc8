from odoo import Command, api, fields, models


class HotelStayCheckin(models.TransientModel):
    """What the arriving member is entitled to, and what he or she was given."""

    _inherit = "hotel.stay.checkin"

    benefit_ids = fields.One2many("hotel.stay.checkin.benefit", "checkin_id", string="Benefits")
    member_text = fields.Char(string="Member", compute="_compute_member_text")
    upgrade_text = fields.Char(string="Upgrade", compute="_compute_upgrade_text")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        stay = self.env["hotel.stay"].browse(values.get("stay_id"))
        if stay:
            values["benefit_ids"] = [
                Command.create({"code": benefit["code"], "kind": benefit["kind"], "name": benefit["name"]})
                for benefit in stay._get_member_benefits()
            ]
        return values

    @api.depends("stay_id")
    @api.depends_context("lang")
    def _compute_member_text(self):
        for checkin in self:
            cards = checkin.stay_id.partner_id._get_hotel_cards_at(checkin.property_id)
            checkin.member_text = ", ".join(
                f"{card.program_id.name}: {card.hotel_tier_id.name or ''}".rstrip(": ") for card in cards
            )

    @api.depends("stay_id", "benefit_ids.kind")
    @api.depends_context("lang")
    def _compute_upgrade_text(self):
        """Name the best rooms that are free, for members whose tier comes with an upgrade."""
        for checkin in self:
            checkin.upgrade_text = False
            if "upgrade" in checkin.benefit_ids.mapped("kind"):
                rooms = checkin.stay_id._get_upgrade_rooms()[:3]
                names = ", ".join(f"{room.name} ({room.room_type_id.name})" for room in rooms)
                checkin.upgrade_text = names or self.env._("No better room is free.")

    def _check_in(self):
        result = super()._check_in()
        self.benefit_ids.filtered("is_given")._give(self.stay_id)
        return result
