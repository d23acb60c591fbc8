"""What a guest asks of the privacy desk on the page of his or her own data."""

from odoo import api, models
from odoo.exceptions import UserError

SHOWN = 10


class HotelOwnProfile(models.AbstractModel):
    _inherit = "hotel.own.profile"

    @api.model
    def _get_privacy(self, partner):
        """Return what the page shows of a guest's requests.

        :param res.partner partner: who is logged in, with sudo
        :returns: requests (newest first), can_ask (kinds that may be asked for now)
        :rtype: dict
        """
        requests = self.env["hotel.privacy.request"].sudo()
        requests = requests.search([("partner_id", "=", partner.id)], order="id desc", limit=SHOWN)
        asked = {one.kind for one in requests if one.state in ("unconfirmed", "open", "queued")}
        return {"requests": requests, "can_ask": {"copy", "erasure"} - asked}

    @api.model
    def _ask_privacy(self, partner, values):
        """Note what a guest asks for, and return what the page says of it.

        :param values: as they came with the request: kind, and agreed for an erasure
        :returns: key of a notice and a problem, one of them empty
        :rtype: tuple[str, str]
        """
        kind = values.get("kind")
        if kind not in ("copy", "erasure") or not partner.is_hotel_guest:
            return "", self.env._("This cannot be asked for here.")
        if kind == "erasure" and values.get("agreed") != "1":
            return "", self.env._("Please tick that you understand that it is for good.")
        self.env["hotel.privacy.request"]._ask(partner, kind)
        return "asked", ""

    @api.model
    def _withdraw_privacy(self, partner, request_id):
        """Withdraw a request of the guest, and return what the page says of it, as above."""
        requests = self.env["hotel.privacy.request"].sudo()
        found = requests.search([("id", "=", request_id), ("partner_id", "=", partner.id)])
        try:
            found._cancel_own()
        except UserError as error:
            return "", str(error)
        return ("withdrawn", "") if found else ("", self.env._("There is no such request."))
