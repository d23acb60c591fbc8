"""A code in each room: whoever scans it can tell the hotel something, and learns nothing about anybody."""

import base64
import binascii
import hashlib
import hmac
import struct

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import consteq

from odoo.addons.hotel_crm_loyalty import qr

SCOPE = b"hotel_crm_service.room"
#: bytes of the signature that stand in a code: 96 bits are not to be guessed, and the code stays small
SIGNED = 12


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    service_code_version = fields.Integer(
        default=1, readonly=True, copy=False, help="A new version makes the printed codes of this room worthless."
    )
    service_url = fields.Char(string="Address in the QR Code", compute="_compute_service_url")

    @api.depends("service_code_version")
    def _compute_service_url(self):
        for room in self:
            room.service_url = f"{room.get_base_url()}/hotel/room/{room._get_service_token()}" if room.id else False

    def action_renew_service_code(self):
        """Make the codes that hang in these rooms worthless. Callable by those who may write rooms."""
        self.check_access("write")
        for room in self:
            room.service_code_version += 1

    def action_print_service_codes(self):
        """Open the sheet of codes of these rooms. Callable by staff who see them.

        :rtype: dict: action
        """
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "target": "new", "url": f"/hotel/room-codes?ids={ids}"}

    def _get_service_token(self):
        """Return what names this room in an address: its id and version, signed.

        :rtype: str
        """
        self.ensure_one()
        body = struct.pack(">II", self._origin.id or 0, self.sudo().service_code_version)
        return base64.urlsafe_b64encode(body + self._sign_service(body)).decode()

    def _draw_service_code(self):
        """Return the code of this room as an image for a page.

        :rtype: Markup: SVG, drawn by us
        """
        return Markup(qr.draw(self.service_url))  # noqa: S704 (nothing in it was typed)

    @api.model
    def _sign_service(self, body):
        # the secret is closed to users
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return hmac.new(secret.encode(), SCOPE + body, hashlib.sha256).digest()[:SIGNED]

    @api.model
    def _find_by_service_token(self, token):
        """Return the room that a token names, with sudo; none where it is not ours or has been renewed.

        :param token: as it came with the request
        :rtype: hotel.room
        """
        none = self.sudo().browse()
        try:
            content = base64.urlsafe_b64decode(str(token)[:64].encode("ascii"))
            body, signature = content[:8], content[8:]
            room_id, version = struct.unpack(">II", body)
        except (ValueError, binascii.Error, struct.error):
            return none
        if not consteq(signature.hex(), self._sign_service(body).hex()):
            return none
        wanted = [("id", "=", room_id), ("service_code_version", "=", version)]
        return none.search_fetch(wanted, ["name", "property_id"])
