from odoo import api, models
from odoo.modules.module import get_manifest

from ...rest.endpoint import Endpoint
from ...rest.openapi import describe
from ...rest.reading import ENDPOINTS
from ...rest.schema import Anything

BASE = "/hotel/api/v1"
PAGE = Endpoint(
    "GET",
    "openapi.json",
    "",
    ("hotel.api", "_api_describe"),
    "This description",
    Anything(),
    about="OpenAPI 3.1.",
    tag="Client",
    is_readonly=True,
)


class HotelApi(models.AbstractModel):
    """The reading half of API v1, and the description of all of it."""

    _inherit = "hotel.api"

    @api.model
    def _get_endpoints(self):
        return [*super()._get_endpoints(), PAGE, *ENDPOINTS]

    @api.model
    def _api_describe(self, _client):
        """Return the description of all endpoints, whatever the rights of the client are."""
        return self._describe()

    @api.model
    def _describe(self):
        """Return the description of API v1 in OpenAPI 3.1.

        :rtype: dict
        """
        return describe(self._get_endpoints(), BASE, get_manifest("hotel_crm_base")["version"])
