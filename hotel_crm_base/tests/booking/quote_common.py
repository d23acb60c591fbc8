"""What tests of prices share: a property with rooms for sale, price lists and plans."""

from datetime import date, timedelta

from odoo.addons.hotel_crm_base.terms import RoomWish

from ..common import HotelCase


class QuoteMakers:
    """Makers of price lists, plans and wishes, for the property of the class."""

    @classmethod
    def _make_sale(cls, first=date(2028, 2, 1)):
        """Let the property of the class sell rooms of its type from a day on."""
        cls.first = first
        cls.quote = cls.env["hotel.quote"]
        cls.plans = cls.env["hotel.rate.plan"].search([])
        cls.plans.active = False
        cls.hotel.write({"business_date": first, "horizon_days": 730})
        cls.room_type.write({"list_price": 100.0, "capacity_adults": 3, "capacity_children": 1})
        cls.room_type.product_id.taxes_id = False
        cls.rooms = cls.env["hotel.room"].union(*(cls._make_room(cls.room_type) for _number in range(3)))
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)

    @classmethod
    def _make_pricelist(cls, *rules, **values):
        """Make a price list; rules are values of its items, a number is a fixed price for all."""
        items = [rule if isinstance(rule, dict) else {"fixed_price": rule} for rule in rules]
        return cls.env["product.pricelist"].create(
            {
                "name": "Rates",
                "currency_id": cls.hotel.currency_id.id,
                "company_id": cls.hotel.company_id.id,
                "item_ids": [(0, 0, item) for item in items],
                **values,
            }
        )

    @classmethod
    def _make_plan(cls, **values):
        number = cls.env["hotel.rate.plan"].with_context(active_test=False).search_count([]) + 1
        return cls.env["hotel.rate.plan"].create({"name": f"Plan {number}", "code": f"P{number}", **values})

    @classmethod
    def _make_restriction(cls, start=None, end=None, **values):
        start = start or cls.first
        return cls.env["hotel.rate.restriction"].create(
            {"property_id": cls.hotel.id, "start_date": start, "end_date": end or start, **values}
        )

    @classmethod
    def _make_tax(cls, amount, included=False, **values):
        number = cls.env["account.tax"].search_count([]) + 1
        return cls.env["account.tax"].create(
            {
                "name": f"Tax {number} {amount}",
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": "tax_included" if included else "tax_excluded",
                "company_id": cls.hotel.company_id.id,
                "country_id": cls.hotel.company_id.account_fiscal_country_id.id or cls.env.ref("base.pt").id,
                **values,
            }
        )

    @classmethod
    def _wish(cls, arrival=None, nights=2, plan=None, **values):
        arrival = arrival or cls.first
        values.setdefault("adults", 2)
        values.setdefault("room_type_id", cls.room_type.id)
        return RoomWish(
            arrival_date=arrival,
            departure_date=arrival + timedelta(days=nights),
            rate_plan_id=plan.id if plan else None,
            **values,
        )

    def _rates(self, partner=None, **values):
        """Return the rates of the nights of a wish."""
        return [night.rate for night in self.quote._price(self.hotel, self._wish(**values), partner).nights]


class QuoteCase(QuoteMakers, HotelCase):
    """A property that sells three rooms of one type for 100.00, tax free, from 1 February 2028."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_sale()
