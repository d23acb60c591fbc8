"""Browsers that a user has signed in with: what others try from the same Wi-Fi does not lock them out.

The cookie opens nothing. It only gives the browser a count of failures of its own, so a stolen one is worth five tries.
"""

import secrets

from odoo import models
from odoo.http import request
from odoo.tools import consteq, hmac

COOKIE = "hotel_device"
#: days that a browser is remembered, and users of it
DAYS, MOST = 180, 8


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_hotel_device(self):
        """Return the number of this browser, empty where the user has not signed in with it.

        :rtype: str
        """
        for part in self._read_hotel_devices():
            number, _dot, mark = part.partition(".")[2].partition(".")
            if self and part.startswith(f"{self.id}.") and consteq(mark, self._sign_hotel_device(number)):
                return number
        return ""

    def _remember_hotel_device(self):
        """Let the browser say next time that this user has signed in with it."""
        if not request or not hasattr(request, "future_response"):
            return
        number = self._get_hotel_device() or secrets.token_urlsafe(12)
        own = f"{self.id}.{number}.{self._sign_hotel_device(number)}"
        others = [part for part in self._read_hotel_devices() if not part.startswith(f"{self.id}.")]
        request.future_response.set_cookie(
            COOKIE,
            "~".join([own, *others][:MOST]),
            max_age=DAYS * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.httprequest.scheme == "https",
        )

    def _read_hotel_devices(self):
        text = request.httprequest.cookies.get(COOKIE) or ""
        return text.split("~")[:MOST] if text.isascii() else []

    def _sign_hotel_device(self, number):
        """Return the mark of a browser's number; those from before the user was signed out everywhere are void."""
        # whoever signs in is nobody yet
        user = self.sudo()
        return hmac(user.env, COOKIE, (user.id, number, str(user.hotel_signed_out_at)))
