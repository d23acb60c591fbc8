"""What the guest's page shows at its head."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_desk_note = fields.Text(
        string="Open Note", help="Shown at the head of the guest's page until it is cleared."
    )
    hotel_flags = fields.Json(string="Flags", compute="_compute_hotel_flags", exportable=False)
    hotel_block_text = fields.Char(string="Block", compute="_compute_hotel_block_text")
    hotel_presence_stay_id = fields.Many2one(
        "hotel.stay", string="Present or Next Stay", compute="_compute_hotel_presence"
    )
    hotel_presence = fields.Char(string="Whereabouts", compute="_compute_hotel_presence")
    hotel_is_in_house = fields.Boolean(
        string="In House", compute="_compute_hotel_presence", search="_search_hotel_is_in_house"
    )

    @api.depends("hotel_is_blocked", "hotel_vip_code_id", "hotel_preference_ids.note")
    def _compute_hotel_flags(self):
        for partner in self:
            guest = partner._origin or partner
            partner.hotel_flags = [list(flag) for flag in guest._get_hotel_flags()]

    @api.depends("hotel_is_blocked", "hotel_block_reason", "hotel_block_until")
    @api.depends_context("lang")
    def _compute_hotel_block_text(self):
        reasons = dict(self._fields["hotel_block_reason"]._description_selection(self.env))
        for partner in self:
            reason = reasons.get(partner.hotel_block_reason)
            until = format_date(self.env, partner.hotel_block_until)
            if not partner.hotel_is_blocked:
                partner.hotel_block_text = False
            elif until:
                partner.hotel_block_text = self.env._(
                    "Blocked: %(reason)s, until %(date)s", reason=reason, date=until
                )
            else:
                partner.hotel_block_text = self.env._("Blocked: %s", reason)

    @api.depends("hotel_stay_ids.state", "hotel_stay_ids.arrival_date", "hotel_stay_ids.room_id")
    @api.depends_context("uid", "lang")
    def _compute_hotel_presence(self):
        """Name the stay that runs, else the next one, among those that the user sees."""
        stays = self.env["hotel.stay"]
        stays = stays.search_fetch(
            Domain("partner_id", "in", self.ids) & stays._get_ahead_domain(),
            ["partner_id", "state", "property_id", "room_id", "arrival_date", "departure_date"],
            order="arrival_date, id",
        )
        by_guest = stays.grouped("partner_id")
        for partner in self:
            ahead = by_guest.get(partner._origin, stays.browse())
            stay = ahead.filtered(lambda stay: stay.state == "in_house")[:1] or ahead[:1]
            partner.hotel_presence_stay_id = stay
            partner.hotel_is_in_house = stay.state == "in_house"
            partner.hotel_presence = self._describe_hotel_presence(stay)

    def _search_hotel_is_in_house(self, operator, value):
        if operator != "in":
            return NotImplemented
        present = Domain("hotel_stay_ids", "any", [("state", "=", "in_house")])
        if True in value and False in value:
            return Domain.TRUE
        return present if True in value else ~present

    @api.model
    def _describe_hotel_presence(self, stay):
        """Return one line on where the guest is or when he or she comes.

        :param hotel.stay stay: the present or next stay, or none
        :rtype: str or False
        """
        if not stay:
            return False
        values = {
            "hotel": stay.property_id.name,
            "room": stay.room_id.name,
            "arrival": format_date(self.env, stay.arrival_date),
            "departure": format_date(self.env, stay.departure_date),
        }
        if stay.state != "in_house":
            return self.env._("Arrives on %(arrival)s, %(hotel)s", **values)
        if stay.room_id:
            return self.env._("In house until %(departure)s, %(hotel)s, room %(room)s", **values)
        return self.env._("In house until %(departure)s, %(hotel)s", **values)

    def get_formview_id(self, access_uid=None):
        """Open guests on the guest's page wherever a link leads to one.

        Callable by all who may read contacts.
        """
        user = self.env["res.users"].browse(access_uid or self.env.uid)
        if self.is_hotel_guest and user.has_group("hotel_crm_base.group_staff"):
            return self.env.ref("hotel_crm_base.res_partner_view_form_hotel_guest").id
        return super().get_formview_id(access_uid=access_uid)
