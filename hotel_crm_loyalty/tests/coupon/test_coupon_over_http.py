"""Two visitors send the booking form with one code at the same instant, to a server of its own."""

import threading

import requests
from lxml import html

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking import test_bookings_over_http as over_http

from .coupon_common import CouponMakers

VISITORS = 4


@tagged("post_install", "-at_install")
class TestCouponOverHttp(CouponMakers, over_http.TestBookingsOverHttp):
    #: of the base, and done there
    test_a_hundred_guests_and_ten_rooms = test_one_request_sent_ten_times_at_once_is_one_booking = None

    def _open_form(self, code):
        """Open the form as a visitor with cookies of his own; return his session, the path and the fields."""
        visitor = requests.Session()
        path = f"http://127.0.0.1:{self.port}{self.hotel._get_page_url()}/book"
        query = {"arrival": "2028-02-28", "departure": "2028-03-01", "adults": 2, "children": 0, "rooms": 1}
        query |= {"type": self.room_type.id, "plan": self.plan.id}
        page = html.fromstring(visitor.get(path, params=query, timeout=over_http.PATIENCE).content)
        form = next(form for form in page.forms if (form.get("action") or "").endswith("/book"))
        fields = {**dict(form.form_values()), "name": "Bea Nova", "email": "bea@example.com", "agreed": "1"}
        return visitor, path, {**fields, "code": code}

    def _send_at_once(self, forms):
        """Send forms that start together; return status and text of each answer."""
        barrier, answers = threading.Barrier(len(forms)), [None] * len(forms)

        def send(number, visitor, path, fields):
            barrier.wait(over_http.PATIENCE)
            response = visitor.post(path, data=fields, timeout=over_http.PATIENCE)
            answers[number] = (response.status_code, response.text)

        threads = [threading.Thread(target=send, args=(at, *form), daemon=True) for at, form in enumerate(forms)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(over_http.PATIENCE)
        return answers

    def test_one_visitor_books_with_the_code_and_the_others_are_told(self):
        coupon = self._make_coupon(self._make_coupons())
        code = coupon.code
        self.cr.commit()  # pylint: disable=invalid-commit
        answers = self._send_at_once([self._open_form(code) for _number in range(VISITORS)])
        self.assertEqual(sorted(status for status, _text in answers), [200] + [422] * (VISITORS - 1))
        refused = [html.fromstring(text) for status, text in answers if status == 422]
        told = [page.get_element_by_id("o_hotel_code_problem") for page in refused]
        self.assertTrue(all("This code" in problem.text_content() for problem in told))
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual((coupon.points, len(coupon.hotel_use_ids)), (0, 1))
        self.assertEqual(coupon.hotel_use_ids.reservation_id.amount_total, 180.0)
        self.assertEqual(self.env["hotel.reservation"].search_count([("source_system", "=", "web")]), 1)
