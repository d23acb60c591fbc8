from odoo import fields, models


class HotelStayCheckinBenefit(models.TransientModel):
    """Something that comes with the tier of an arriving member, ticked where it was given."""

    _name = "hotel.stay.checkin.benefit"
    _description = "Benefit at the Check-In"

    checkin_id = fields.Many2one("hotel.stay.checkin", required=True, index=True, ondelete="cascade")
    code = fields.Char(required=True)
    kind = fields.Char(required=True)
    name = fields.Char(string="Benefit", required=True)
    is_given = fields.Boolean(string="Given")
    note = fields.Char()

    def _give(self, stay):
        """Note that the guest of a stay had these benefits.

        :param hotel.stay stay: just begun; the user writes it
        """
        entitled = {benefit["code"] for benefit in stay._get_member_benefits()}
        given = self.filtered(lambda benefit: benefit.code in entitled)
        kinds = {kind.code: kind for kind in self.env["hotel.service.kind"].search([])}
        self.env["hotel.service.record"].create(
            [
                {
                    "partner_id": stay.partner_id.id,
                    "stay_id": stay.id,
                    "property_id": stay.property_id.id,
                    "kind_id": (kinds.get(benefit.kind) or kinds.get("member_benefit") or kinds["other"]).id,
                    "note": f"{benefit.name}: {benefit.note}" if benefit.note else benefit.name,
                }
                for benefit in given
            ]
        )
        stay._promise_late_check_out(given.mapped("code"))
