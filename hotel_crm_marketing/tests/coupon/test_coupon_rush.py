"""A rush on codes: many who book at once, each code is used once."""

import threading

from odoo import fields
from odoo.service.model import retrying
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase
from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

CODES, CLIENTS, EACH = 1000, 50, 60


@tagged("post_install", "-at_install")
class TestCouponRush(CouponMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = fields.Date.today()
        cls._make_folio_scene()
        cls.room_type.product_id.list_price = 100.0
        for _number in range(2):
            cls._make_room(cls.room_type)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.coupons = cls._make_coupons(hotel_least_nights=2)
        cls.cr.commit()  # pylint: disable=invalid-commit

    def test_two_web_bookings_with_one_code_at_the_same_instant(self):
        code = self._make_coupon(self.coupons).code
        self.cr.commit()  # pylint: disable=invalid-commit
        terms = self._make_terms(code=code)

        def book(env):
            return env["hotel.reservation"]._book(terms).id

        results = self._overlap(book, book)
        self.assertEqual(sorted(isinstance(result, int) for result in results), [False, True], results)

    def test_a_thousand_codes_fought_for_by_many_clients_are_used_once_each(self):
        cards = self.coupons._hotel_make_codes(CODES)
        self.cr.commit()  # pylint: disable=invalid-commit
        won, lock = [], threading.Lock()

        def client(number):
            # each takes a part that overlaps with those of others: every card is fought for by three
            start = number * CODES // CLIENTS
            order = (cards.ids + cards.ids)[start : start + EACH]
            for card_id in order:
                with self._connect() as env:

                    def take(env=env, card_id=card_id):
                        done = env["loyalty.card"].browse(card_id)._take_hotel_points(1)
                        env.cr.flush()
                        return done

                    if retrying(take, env):
                        with lock:
                            won.append(card_id)

        threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.dbname = self.cr.dbname
            thread.start()
        for thread in threads:
            thread.join(120)
        self.assertEqual(sorted(won), sorted(cards.ids))
