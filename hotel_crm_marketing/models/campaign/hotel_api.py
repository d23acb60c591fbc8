from odoo import api, models

from odoo.addons.hotel_crm_base.rest.reading import LONG, NUMBER, make_guest_endpoint
from odoo.addons.hotel_crm_base.rest.schema import Day, Listing, Record, Text

OFFER = Record(
    {
        "id": NUMBER,
        "title": LONG,
        "kind": Text(),
        "summary": Text(least=0, most=4096, optional=True),
        "start": Day(optional=True),
        "end": Day(optional=True),
        "properties": Listing(Text(), about="Codes; empty: all."),
        "path": Text(about="Of the page, below the address of the server."),
    }
)


class HotelApi(models.AbstractModel):
    _inherit = "hotel.api"

    @api.model
    def _get_endpoints(self):
        return [
            *super()._get_endpoints(),
            make_guest_endpoint(
                "offers",
                ("hotel.api.reading", "_api_offers"),
                "Offers and activities that are open to the guest",
                Record({"offers": Listing(OFFER)}),
                "offers.read",
                about="Those of everybody, and members' offers where the guest is a member of the tier.",
                tag="Marketing",
            ),
        ]
