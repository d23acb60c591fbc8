"""Who comes through the door of the telephony contract."""

import re

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from odoo import models
from odoo.http import request

from .hotel_call_exchange import SCOPE

BEARER = re.compile(r"bearer\s+(\S+)\s*", re.IGNORECASE)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_hotel_telephony(cls):
        """Let in the technical user of a bridge, by a key that opens nothing else.

        The key has a scope of its own, so neither RPC nor JSON-2 take it; other keys are not taken here.
        """
        found = BEARER.fullmatch(request.httprequest.headers.get("Authorization") or "")
        keys = request.env["res.users.apikeys"]
        uid = found and keys._check_credentials(scope=SCOPE, key=found[1])
        if not uid:
            raise Unauthorized("Invalid key", www_authenticate=WWWAuthenticate("bearer"))
        request.update_env(user=uid)
        request.session.can_save = False
