"""What staff type about days on which rooms are not sold, and about weekdays of price rules."""

from odoo.exceptions import AccessError, ValidationError

from .quote_common import QuoteCase


class TestRateRestriction(QuoteCase):
    def test_a_restriction_says_what_is_not_sold(self):
        for values in (
            {},
            {"min_stay": 5, "max_stay": 3},
            {"is_closed": True, "weekdays": "08"},
            {"is_closed": True, "room_type_id": self._make_room_type(self.other_hotel).id},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._make_restriction(**values)
        restriction = self._make_restriction(min_stay=3, max_stay=3, is_closed_to_arrival=True)
        summary = "All room types: no arrivals, 3 nights or longer, 3 nights or shorter"
        self.assertEqual(restriction.display_name, summary)

    def test_managers_restrict_their_own_property_only(self):
        values = {"start_date": self.first, "end_date": self.first, "is_closed": True}
        restrictions = self.env["hotel.rate.restriction"]
        manager = self._make_user("manager")
        restrictions.with_user(manager).create({"property_id": self.hotel.id, **values})
        for user, hotel in ((manager, self.other_hotel), (self._make_user("front_office"), self.hotel)):
            with self.assertRaises(AccessError):
                restrictions.with_user(user).create({"property_id": hotel.id, **values})

    def test_weekdays_of_a_rule_are_put_in_order(self):
        [rule] = self._make_pricelist({"fixed_price": 1.0, "hotel_weekdays": "7, 6"}).item_ids
        self.assertEqual(rule.hotel_weekdays, "67")
        rule.hotel_weekdays = "7654321"
        self.assertFalse(rule.hotel_weekdays)
        with self.assertRaises(ValidationError):
            rule.hotel_weekdays = "Monday"

    def test_a_manager_keeps_price_lists_and_public_rates(self):
        manager = self._make_user("manager")
        pricelist = self.env["product.pricelist"].with_user(manager).create(
            {"name": "Mine", "item_ids": [(0, 0, {"fixed_price": 77.0, "hotel_weekdays": "6"})]}
        )
        self.hotel.with_user(manager).pricelist_id = pricelist
        self.room_type.with_user(manager).list_price = 88.0
        self.assertEqual(self.room_type.product_id.list_price, 88.0)
        with self.assertRaises(AccessError):
            self.room_type.with_user(self._make_user("front_office")).list_price = 1.0

    def test_the_clerk_and_the_visitor_see_one_price(self):
        """Prices are read as the superuser: no role has rights on all that they are made of."""
        self.hotel.pricelist_id = self._make_pricelist(90.0)
        wish = self._wish()
        for user in (self._make_user("front_office"), self._make_user("call_agent"), self.env.ref("base.public_user")):
            offer = self.quote.with_user(user)._price(self.hotel.with_user(user), wish)
            self.assertEqual(offer.total_gross, 180.0)
