"""Who may listen to what happens in the rooms of a property."""

import re

from odoo import models

from .hotel_room_live import SUBCHANNEL

#: what a screen asks for: hotel_rooms_ and the id of a property
CHANNEL = re.compile(r"hotel_rooms_(\d{1,9})", re.ASCII)


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let staff hear of the rooms of the properties that they see; for all others there is no such channel."""
        asked = [match for match in map(CHANNEL.fullmatch, channels) if match]
        channels = [channel for channel in channels if not CHANNEL.fullmatch(channel)]
        hotels = self.env["hotel.property"]
        if asked and hotels.has_access("read"):
            # the record rules say whose they are
            found = hotels.search([("id", "in", [int(match[1]) for match in asked])])
            channels += [(hotel, SUBCHANNEL) for hotel in found]
        return super()._build_bus_channel_list(channels)
