from odoo import api, models

from odoo.addons.hotel_crm_base.rest.reading import LONG, NUMBER, make_guest_endpoint
from odoo.addons.hotel_crm_base.rest.schema import Day, Flag, Listing, Record, Text, Whole

MODEL, SCOPE, TAG = "hotel.api.reading", "loyalty.read", "Loyalty"
POINTS = Whole(-(2**31))
NEED = Record(
    {
        "name": LONG,
        "have": Text(least=0, about="As the language of the key's user writes it; spend with its currency."),
        "need": Text(least=0),
        "missing": Text(least=0, about="Empty where nothing is missing."),
    }
)
WAY = Record({"is_met": Flag(), "needs": Listing(NEED)})
MEMBERSHIP = Record(
    {
        "card_id": NUMBER,
        "programme": LONG,
        "state": Text(),
        "tier": LONG,
        "tier_name": LONG,
        "tier_until": Day(optional=True),
        "points": POINTS,
        "pending": POINTS,
        "debt": POINTS,
        "expiring": Listing(Record({"date": Day(optional=True), "points": POINTS})),
        "next_tier": Record(
            {"name": LONG, "ways": Listing(WAY, about="One of them is enough; all needs of a way are met together.")},
            optional=True,
        ),
    }
)
COUPON = Record(
    {
        "code": Text(),
        "name": LONG,
        "until": Day(optional=True),
        "hotels": LONG,
    }
)


class HotelApi(models.AbstractModel):
    _inherit = "hotel.api"

    @api.model
    def _get_endpoints(self):
        return [
            *super()._get_endpoints(),
            make_guest_endpoint(
                "points",
                (MODEL, "_api_points"),
                "Points, tier and the way to the next one",
                Record({"memberships": Listing(MEMBERSHIP)}),
                SCOPE,
                tag=TAG,
            ),
            make_guest_endpoint(
                "coupons",
                (MODEL, "_api_coupons"),
                "Coupons that the guest can use now",
                Record({"coupons": Listing(COUPON)}),
                SCOPE,
                tag=TAG,
            ),
        ]
