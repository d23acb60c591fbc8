"""The one route of API v1: which endpoints there are, and what each takes and gives, says `hotel.api`."""

from odoo.http import Controller, request, route

from ...rest.endpoint import find
from ...rest.errors import ApiError
from .answers import read_body
from .dispatcher import API

BASE = "/hotel/api/v1"


def _is_readonly(_controller, _rule, args):
    """Whether a request may be asked of a replica of the database."""
    try:
        endpoints = request.env["hotel.api"]._get_endpoints()
        return find(endpoints, request.httprequest.method, args.get("path", ""))[0].is_readonly
    except ApiError:
        return False


class ApiV1(Controller):
    """For systems that have a key of a client (hotel.api.client); the README says how."""

    @route([BASE, f"{BASE}/<hotel_rest:path>"], readonly=_is_readonly, **API)
    def call(self, path="", **_params):
        """Answer a request by the endpoint of its method and address."""
        http = request.httprequest
        api = request.env["hotel.api"]
        endpoint, parts = find(api._get_endpoints(), http.method, path)
        client = api._get_client(endpoint)
        data = read_body(endpoint.max_body) if endpoint.body else b""
        query = http.args.to_dict()
        status, answer, headers = api._call(client, endpoint, parts, query, data, http.headers.get("Idempotency-Key"))
        return request.make_json_response(answer, status=status, headers=headers)
