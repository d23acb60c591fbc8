"""API v1 behind its route: the client of the key, its rights, its idempotency keys, then one call of a model."""

import zlib

import psycopg2

from odoo import api, models

from ... import turns
from ...booking_request import digest, read_json
from ...rest import catalogue, feeds
from ...rest.errors import ApiError
from .hotel_api_answer import read_key

#: first key of the advisory locks of feeds; see turns.py
TURN = 7_241_906


class HotelApi(models.AbstractModel):
    """The endpoints of API v1: which there are, and the frame in which each is called.

    An addon adds endpoints by extending `_get_endpoints` (data: rest.endpoint.Endpoint). What an endpoint
    names as its call is a private method ``_method(client, **values)`` of a model: ``client`` is the
    hotel.api.client, as the superuser; ``self`` has the rights of its technical user.
    """

    _name = "hotel.api"
    _description = "API v1"

    @api.model
    def _get_endpoints(self):
        """Return all endpoints.

        :rtype: list[rest.endpoint.Endpoint]
        """
        return [*catalogue.ENDPOINTS, *feeds.ENDPOINTS]

    @api.model
    def _get_client(self, endpoint):
        """Return the client whose key was sent, as the superuser, where it may use an endpoint.

        :param Endpoint endpoint: that is asked
        :rtype: hotel.api.client
        :raises ApiError: the key is of no client, or the client has no such right
        """
        # technical users read no clients: what they may know of their own stands here
        client = self.env["hotel.api.client"].sudo().search([("user_id", "=", self.env.uid)], limit=1)
        if not client:
            raise ApiError("This key is of no client of the API.", "forbidden")
        if endpoint.scope and endpoint.scope not in client.scope_ids.mapped("code"):
            raise ApiError(f"This client has no right “{endpoint.scope}”.", "forbidden")
        return client.with_company(client.company_id)

    @api.model
    def _call(self, client, endpoint, parts, query, data, key=None):
        """Check a request and answer it; the same request twice by one idempotency key is answered once.

        :param hotel.api.client client: who asks
        :param Endpoint endpoint: what is asked
        :param dict parts: of the address
        :param dict query: of the address
        :param bytes data: the body
        :param str key: the header Idempotency-Key, or None
        :returns: HTTP status, answer, headers
        :rtype: tuple[int, dict, dict]
        :raises ApiError: the request cannot be answered
        """
        values, body = endpoint.read_query(parts, query), {}
        if endpoint.body:
            body = read_json(data)
            values |= endpoint.read_body(body)
        if endpoint.is_serial:
            self._in_turn(client)
        if not endpoint.is_readonly:
            client._touch()
        answers = self.env["hotel.api.answer"].sudo()  # the program's own
        key = read_key(key) if endpoint.takes_key and key is not None else None
        mark = digest({"method": endpoint.method, "path": endpoint.path, "parts": parts, "query": query, "body": body})
        if key:
            known = answers._find(client, key, mark)
            if known is not None:
                return 200, known, {"Idempotent-Replayed": "true"}
        model, method = endpoint.call
        context = {"hotel_api_client": client.id, "lang": client.lang}
        target = self.env[model].with_company(client.company_id).with_context(**context)
        answer = getattr(target, method)(client, **values)
        if key:
            answers._query_keep(client, key, mark, answer)
        return 200, answer, {}

    @api.model
    def _in_turn(self, client):
        """Wait until no other request writes for the same source system.

        :raises ApiError: the turn did not come in time
        """
        self.env.flush_all()
        number = zlib.crc32(f"{client.company_id.id} {client.source_system}".encode()) - 2**31
        try:
            turns.take(self.env.cr, TURN, number)
        except psycopg2.errors.LockNotAvailable:
            self.env.cr.rollback()
            raise ApiError("Another request of this source is at work. Send it again.", "try_again") from None
