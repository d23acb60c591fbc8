from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    @api.model_create_multi
    def create(self, vals_list):
        stays = super().create(vals_list)
        stays._check_room_in_house()
        return stays

    def write(self, vals):
        left = self.browse()
        if "room_id" in vals:
            left = self.filtered(lambda stay: stay.state == "in_house" and stay.room_id.id != vals["room_id"])
        rooms = left.room_id
        result = super().write(vals)
        if {"state", "room_id"} & set(vals):
            self._check_room_in_house()
        if rooms:
            # the desk moves guests without rights on rooms
            rooms._set_dirty("move")
        return result

    def _after_check_out(self):
        result = super()._after_check_out()
        # departures of long ago, such as those of an import, say nothing about the room now
        lately = self.filtered(
            lambda stay: stay.departure_date >= stay.property_id.business_date - timedelta(days=1)
        )
        lately.room_id._set_dirty("check_out")
        return result

    def _check_room_in_house(self):
        """Let nobody at the desk have a guest in house without a room.

        What another system says is a fact: it is loaded by code, which may leave the room open. A
        property without rooms, which only counts its guests, needs none either. No constraint of the
        ORM, because those do not know whether code or a person writes.

        :raises UserError: naming the guest
        """
        if self.env.su:
            return
        lost = self.filtered(lambda stay: stay.state == "in_house" and not stay.room_id)
        for hotel, stays in lost.grouped("property_id").items():
            if self.env["hotel.room"].search_count([("property_id", "=", hotel.id)], limit=1):
                raise UserError(
                    self.env._("%(guest)s is in house without a room: choose one.", guest=stays[0]._get_guest_name())
                )
