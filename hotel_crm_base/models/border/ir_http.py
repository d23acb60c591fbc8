"""Who comes through the doors that other programs use."""

import re

import psycopg2
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized
from werkzeug.routing import PathConverter

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

from .hotel_api_client import SCOPE

BEARER = re.compile(r"bearer\s+(\S+)\s*", re.IGNORECASE)


class RestConverter(PathConverter):
    """The rest of an address whatever stands in it: werkzeug's own stops at the end of a line."""

    regex = r"[^/](?s:.*?)"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        """Say "later" where the database failed: Odoo says "no", and other programs give up what they had to tell."""
        try:
            return super()._authenticate_explicit(auth)
        except AccessDenied as denied:
            if isinstance(denied.__context__, psycopg2.Error):
                raise ServiceUnavailable("Please try again.") from denied
            raise

    @classmethod
    def _auth_method_public(cls):
        """Let visitors in as nobody, whom Odoo looks for in the database with each request, twice."""
        if request.env.uid is None and "website" not in request.env:
            return request.update_env(user=cls._get_public_users()[0])
        return super()._auth_method_public()

    @classmethod
    def _get_converters(cls):
        return {**super()._get_converters(), "hotel_rest": RestConverter}

    @classmethod
    def _hotel_let_in(cls, scope):
        """Let in the technical user of another program, by a key that opens nothing else.

        The key has a scope of its own, so neither RPC nor JSON-2 take it; other keys are not taken here.

        :param str scope: of the keys of this door
        :raises Unauthorized: there is no such key
        """
        found = BEARER.fullmatch(request.httprequest.headers.get("Authorization") or "")
        keys = request.env["res.users.apikeys"]
        uid = found and keys._check_credentials(scope=scope, key=found[1])
        if not uid:
            raise Unauthorized("Invalid key", www_authenticate=WWWAuthenticate("bearer"))
        request.update_env(user=uid)
        request.session.can_save = False

    @classmethod
    def _auth_method_hotel_api(cls):
        """Let in the technical user of an integration (hotel.api.client)."""
        cls._hotel_let_in(SCOPE)
