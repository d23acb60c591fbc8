"""How API v1 reads requests and answers.

A dispatcher of its own, beside Odoo's for pages, JSON-RPC and JSON-2: only there every error comes by,
also those before a route is reached (no key, an old key) and after it (two transactions that met).
"""

from odoo.http import HttpDispatcher, Response, request

from ...rest.errors import ApiError
from .answers import answer_to, refuse, spend

TYPE = "hotel_api_v1"
#: largest body of any endpoint, in bytes; each has a limit of its own
MOST = 8 * 1024 * 1024
API = {"type": TYPE, "auth": "hotel_api", "save_session": False, "csrf": False, "max_content_length": MOST}


class HotelApiV1Dispatcher(HttpDispatcher):
    """Dispatches routes of type ``hotel_api_v1``."""

    routing_type = TYPE
    mimetypes = ("application/json",)

    def dispatch(self, endpoint, args):
        """Check how often the key is used, call the route, answer as JSON."""
        self.request.params = dict(args)
        try:
            spend()
            result = self.request.registry["ir.http"]._dispatch(endpoint)
        except ApiError as error:
            raise refuse(error) from None
        response = result if isinstance(result, Response) else request.make_json_response(result)
        response.headers["Cache-Control"] = "no-store"
        return response

    def handle_error(self, exc):
        """Return the answer to an error: a status, a code and a sentence."""
        return answer_to(exc)
