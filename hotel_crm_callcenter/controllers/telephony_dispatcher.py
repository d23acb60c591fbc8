"""How the contract reads requests and answers: JSON both ways, and every error has a code."""

from odoo.http import HttpDispatcher, Response

from odoo.addons.hotel_crm_base.controllers.api.answers import Refusal, answer_to

from ..contract import MAX_BODY, ContractError, read_json
from ..models.hotel_call_recording import MAX_BYTES

TYPE = "hotel_telephony"
CONTRACT = {"type": TYPE, "auth": "hotel_telephony", "save_session": False, "csrf": False}
JSON = {**CONTRACT, "methods": ["POST"], "max_content_length": MAX_BODY}
SOUND = {**CONTRACT, "methods": ["PUT"], "max_content_length": MAX_BYTES}


class HotelTelephonyDispatcher(HttpDispatcher):
    """Dispatches routes of type ``hotel_telephony``; an error undoes what its request has written."""

    routing_type = TYPE
    mimetypes = ("application/json", "audio/x-wav", "audio/wav")

    def dispatch(self, endpoint, args):
        """Read the body, call the route."""
        http = self.request.httprequest
        try:
            query = http.args.to_dict()
            body = read_json(http.get_data()) if http.method == "POST" else {}
            self.request.params = {**args, "query": query, "body": body}
            result = self.request.registry["ir.http"]._dispatch(endpoint)
        except ContractError as error:
            raise Refusal(error.status, error.code, error.message) from None
        response = result if isinstance(result, Response) else self.request.make_json_response(result)
        response.headers["Cache-Control"] = "no-store"
        return response

    def handle_error(self, exc):
        """Return the answer to an error: a status, a code and a sentence."""
        return answer_to(exc)
