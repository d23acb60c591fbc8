"""Who may listen to what happens to the cases of a hotel."""

from odoo import models

from .hotel_case_live import SUBCHANNEL


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let staff hear of cases of the hotels that they see; for all others there is no such channel."""
        wanted = self._get_case_channels(channels)
        return super()._build_bus_channel_list([channel for channel in channels if channel != SUBCHANNEL]) + wanted

    def _get_case_channels(self, channels):
        """Return what the channel of cases stands for: the record rules say which hotels that are.

        :rtype: list[tuple[hotel.property, str]]
        """
        if SUBCHANNEL not in channels or not self.env["hotel.case"].has_access("read"):
            return []
        return [(hotel, SUBCHANNEL) for hotel in self.env["hotel.property"].search([])]
