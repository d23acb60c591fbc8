"""Guests searched by what the hotel knows of their stays."""

from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_stayed_property_ids = fields.Many2many(
        "hotel.property",
        string="Stayed At",
        compute="_compute_hotel_stay_facts",
        search="_search_hotel_stayed_property_ids",
    )
    hotel_booked_channel_ids = fields.Many2many(
        "hotel.channel",
        string="Booked Through",
        compute="_compute_hotel_stay_facts",
        search="_search_hotel_booked_channel_ids",
    )

    @api.depends("hotel_stay_ids.state")
    @api.depends_context("uid")
    def _compute_hotel_stay_facts(self):
        for partner in self:
            stays = partner.hotel_stay_ids
            taken = stays.filtered(lambda stay: stay.state in ("in_house", "departed"))
            partner.hotel_stayed_property_ids = taken.property_id
            partner.hotel_booked_channel_ids = stays.channel_id

    def _search_hotel_stayed_property_ids(self, operator, value):
        taken = Domain("state", "in", ("in_house", "departed"))
        return self._search_hotel_stay_fact("property_id", taken, operator, value)

    def _search_hotel_booked_channel_ids(self, operator, value):
        return self._search_hotel_stay_fact("channel_id", Domain.TRUE, operator, value)

    @api.model
    def _search_hotel_stay_fact(self, name, domain, operator, value):
        """Return the domain of guests with a stay, seen by the user, that has such a value.

        :param str name: a field of hotel.stay
        :param Domain domain: the stays that count
        :rtype: Domain
        """
        if operator == "in" and False in value:
            some = Domain("hotel_stay_ids", "any", domain & Domain(name, "!=", False))
            wanted = [item for item in value if item is not False]
            return ~some | self._search_hotel_stay_fact(name, domain, operator, wanted)
        if operator.startswith("not "):
            return NotImplemented
        return Domain("hotel_stay_ids", "any", domain & Domain(name, operator, value))
