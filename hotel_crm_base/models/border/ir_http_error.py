import json

import psycopg2

from odoo import models
from odoo.http import JsonRPCDispatcher, request


class IrHttp(models.AbstractModel):
    """Guests are shown no traceback: JSON-RPC sends one with every error, also with the expected ones."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(request.dispatcher, JsonRPCDispatcher) and not cls._hotel_is_internal():
            answer = json.loads(response.get_data())
            data = (answer.get("error") or {}).get("data") or {}
            if data.pop("debug", None):
                response.set_data(json.dumps(answer))
        return response

    @classmethod
    def _hotel_is_internal(cls):
        """Return whether it is staff who asks; what has broken the transaction leaves nobody to ask.

        Nobody asks, too, where a session has ended: the client has to learn that, and not of another error.
        """
        try:
            user = request.env.user
            return bool(user) and user._is_internal()
        except psycopg2.Error:
            return False
