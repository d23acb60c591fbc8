"""Many visitors of two hotels book with the same codes at the same moment, over HTTP: each code counts once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import FORM, PortalMakers
from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase
from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

#: a request borrows two connections at most, and the server of the tests has 64
VISITORS, CODES = 16, 2


@tagged("post_install", "-at_install")
class TestCouponRushWeb(CouponMakers, PortalMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_portal_scene(rooms=VISITORS)
        # bookings of one hotel stand in line; those of two meet at the coupon
        cls.sister = cls._make_property(name="Sister", code="SIS", company_id=cls.hotel.company_id.id)
        cls.sister_type = cls._make_room_type(cls.sister, name="Garden Double", code="SISD", capacity_adults=2)
        cls.sister_type.product_id.write({"list_price": 100.0, "taxes_id": False})
        for _number in range(VISITORS // 2):
            cls._make_room(cls.sister_type)
        cls.env["hotel.inventory"]._open_horizon(cls.sister)
        cls.pages = []
        for hotel, kind in ((cls.hotel, cls.room_type), (cls.sister, cls.sister_type)):
            path = f"http://127.0.0.1:{HttpCase.http_port()}{hotel._get_page_url()}/book"
            cls.pages.append((path, cls._get_query(room_type=kind, plan=cls.plan)))
        cls.cards = cls._make_coupons()._hotel_make_codes(CODES)
        cls.codes = cls.cards.mapped("code")
        cls.cr.commit()  # pylint: disable=invalid-commit

    def _open(self, number):
        """Open the form of one of the hotels in a browser of one's own, and return what sends it with a code."""
        visitor = requests.Session()
        path, query = self.pages[number % 2]
        page = html.fromstring(visitor.get(path, params=query, timeout=300).content)
        form = next(form for form in page.forms if (form.get("action") or "").endswith("/book"))
        fields = {**dict(form.form_values()), **FORM, "email": f"saver{number}@example.com"}
        fields["code"] = self.codes[number // 2 % CODES]
        return lambda: visitor.post(path, data=fields, timeout=300)

    def test_each_code_is_won_by_one_visitor_and_the_others_are_told(self):
        with ThreadPoolExecutor(4) as pool:
            forms = list(pool.map(self._open, range(VISITORS)))
        barrier = threading.Barrier(VISITORS)

        def press(form):
            barrier.wait(300)
            return form()

        with ThreadPoolExecutor(VISITORS) as pool:
            answers = list(pool.map(press, forms))
        won = [answer for answer in answers if "Your booking is confirmed" in answer.text]
        codes = [answer.status_code for answer in answers]
        self.assertEqual(len(won), CODES, codes)
        self.assertLessEqual(set(codes), {200, 409, 422})
        self.cr.rollback()
        self.env.invalidate_all()
        uses = self.env["hotel.reward.use"].search([("card_id", "in", self.cards.ids)])
        self.assertEqual((len(uses), uses.card_id), (CODES, self.cards))
        self.assertEqual(len(uses.reservation_id), CODES)
        stays = self.env["hotel.stay"].search([("property_id", "in", (self.hotel | self.sister).ids)])
        self.assertEqual(len(stays), CODES, "who did not get the discount has booked nothing")
        guests = self.env["res.partner"].search_count([("email", "=like", "saver%@example.com")])
        self.assertEqual(guests, CODES, "and left nothing behind")
