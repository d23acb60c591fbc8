"""What a guest comes back for, and when he or she came: at the company at work."""

from odoo import api, fields, models

from .hotel_guest_metric_favourite import SEASONS
from .res_partner_figures import READERS


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_favourite_room_type_id = fields.Many2one(
        "hotel.room.type",
        string="Favourite Room Type",
        compute="_compute_hotel_favourites",
        groups=READERS,
        help="The one of most nights.",
    )
    hotel_favourite_season = fields.Selection(
        SEASONS,
        string="Favourite Season",
        compute="_compute_hotel_favourites",
        groups=READERS,
        help="The part of the year of most arrivals.",
    )
    hotel_favourite_outlet_id = fields.Many2one(
        "hotel.outlet",
        string="Favourite Outlet",
        compute="_compute_hotel_favourites",
        groups=READERS,
        help="The one of most charges.",
    )
    hotel_metric_month_ids = fields.One2many(
        "hotel.guest.metric.month", "partner_id", string="Figures by Month", groups=READERS
    )

    @api.depends_context("allowed_company_ids")
    def _compute_hotel_favourites(self):
        """Read the rows of the company at work, in one query for all guests."""
        rows = self.env["hotel.guest.metric"].search_fetch(
            [("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id)]
        )
        by_guest = {row.partner_id.id: row for row in rows}
        for partner in self:
            row = by_guest.get(partner._origin.id, rows.browse())
            # rooms and outlets of hotels that the user does not work for are not named
            room_type, outlet = row.favourite_room_type_id, row.favourite_outlet_id
            visible = self.env.user.hotel_visible_property_ids
            partner.hotel_favourite_room_type_id = room_type if room_type.sudo().property_id in visible else False
            partner.hotel_favourite_outlet_id = outlet if outlet.sudo().property_id in visible else False
            partner.hotel_favourite_season = row.favourite_season
