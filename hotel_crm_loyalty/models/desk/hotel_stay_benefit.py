"""What the guest of a stay is entitled to as a member."""

from odoo import fields, models

from ...rules import benefits


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    hotel_late_check_out = fields.Float(
        string="Check-out Until", readonly=True, copy=False, help="Local time that was promised; 0: as the hotel says."
    )

    def _get_member_benefits(self):
        """Return what the guest is entitled to here, of all programmes that count at the hotel.

        :rtype: list[dict]: code, kind, hour, name, note, and tier in words
        """
        self.ensure_one()
        found = {}
        for card in self.partner_id._get_hotel_cards_at(self.property_id):
            for benefit in card._get_hotel_benefits():
                found.setdefault(benefit["code"], {**benefit, "tier": card.hotel_tier_id.name or ""})
        return list(found.values())

    def _get_choice_rank(self):
        """Members whose tier comes with an upgrade choose before others; who has a VIP code before all."""
        rank = super()._get_choice_rank() * 100
        cards = self.partner_id._get_hotel_cards_at(self.property_id)
        entitled = cards.filtered(
            lambda card: any(benefit["kind"] == "upgrade" for benefit in card._get_hotel_benefits())
        )
        return rank + max(entitled.hotel_tier_id.mapped("rank"), default=0)

    def _get_upgrade_rooms(self):
        """Return free rooms of better types than the one that was booked, the best type last.

        :rtype: hotel.room
        """
        self.ensure_one()
        booked = self.booked_room_type_id or self.room_type_id
        price = booked.list_price
        rooms = self._get_free_rooms().filtered(lambda room: room.room_type_id.list_price > price)
        return rooms.sorted(lambda room: (room.room_type_id.list_price, room.name))

    def _promise_late_check_out(self, codes):
        """Note until when the guest may stay, by the benefits that were given.

        :param codes: of benefits
        """
        hour = benefits.get_late_checkout(codes)
        if hour is not None:
            # the desk that checks in may write the stay, but not this promise by itself
            self.sudo().hotel_late_check_out = hour
