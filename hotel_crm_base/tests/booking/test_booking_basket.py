"""One booking of different rooms over the web: a family's double and single, all of them or none."""

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import requests
from lxml import html

from odoo.tests import HttpCase, tagged

from ..concurrency import ConcurrencyCase
from .portal_common import FORM, PortalCase, PortalMakers


@tagged("post_install", "-at_install")
class TestBookingBasket(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.hotel._get_page_url()
        cls.single = cls._make_room_type(cls.hotel, name="Single", code="SNG", capacity_adults=1)
        cls.single.product_id.write({"list_price": 70.0, "taxes_id": False})
        cls._make_room(cls.single)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)

    def _choose(self, response, room_type, plan=None):
        """Follow the link that chooses a type; returns the next page."""
        chosen = f"{room_type.id}.{(plan or self.plan).id}."
        before = self._get_picks(response.url)
        for link in response.page.xpath("//a/@href"):
            picks = self._get_picks(link)
            if len(picks) > len(before) and picks[-1].startswith(chosen):
                return self._read(self.url_open(link))
        return self.fail(f"{room_type.name} is not offered")

    def _get_picks(self, link):
        text = parse_qs(urlsplit(link).query).get("picks", [""])[0]
        return text.split("-") if text else []

    def _start(self, rooms=2, **values):
        query = self._get_query(rooms=rooms, **values)
        response = self._get(self.path, **query)
        link = next(link for link in response.page.xpath("//a/@href") if "each=1" in link)
        return self._read(self.url_open(link))

    def _set_persons(self, response, adults, children=0):
        form = next(form for form in response.page.forms if "o_hotel_next_room" in (form.get("class") or ""))
        fields = dict(form.form_values())
        return self._get(self.path, **{**fields, "adults": adults, "children": children})

    def _choose_family(self):
        """Choose a double for two with a child and a single for one; returns the page of the form."""
        page = self._set_persons(self._start(), 2, 1)
        page = self._choose(page, self.room_type)
        self.assertIn("Room 2 of 2", self._text(page))
        return self._choose(self._set_persons(page, 1), self.single)

    def test_a_family_books_a_double_and_a_single_in_one_go(self):
        page = self._choose_family()
        text = self._text(page)
        for words in ("Room 1 Garden Double", "2 adults, 1 child", "Room 2 Single", "1 adult"):
            self.assertIn(words, text)
        for amount in ("200.00", "140.00", "340.00"):
            self.assertIn(amount, text)
        fields = self._get_fields(page, "/book")
        self._send(f"{self.path}/book", fields, **FORM, guest_2="Marta Nova")
        booked = self._get_booked()
        self.assertEqual((len(booked), booked.state, booked.amount_total), (1, "confirmed", 340.0))
        first, second = booked.stay_ids.sorted("id")
        self.assertEqual((first.room_type_id, first.adults, first.children), (self.room_type, 2, 1))
        self.assertEqual((second.room_type_id, second.adults, second.partner_id.name), (self.single, 1, "Marta Nova"))

    def test_a_type_is_offered_no_oftener_than_it_is_left(self):
        page = self._choose(self._set_persons(self._start(rooms=3), 1), self.single)
        self.assertIn("You have chosen the last one", self._text(page))
        with self.assertRaisesRegex(AssertionError, "not offered"):
            self._choose(page, self.single)
        again = f"{self.single.id}.{self.plan.id}.1.0"
        response = self._get(f"{self.path}/book", **self._get_query(rooms=2, each=1, picks=f"{again}-{again}"))
        self.assertIn("Room 2 of 2", self._text(response))
        self.assertFalse(response.page.xpath("//input[@name='expected_total']"))

    def test_rates_with_other_terms_are_no_part_of_the_booking(self):
        page = self._choose(self._set_persons(self._start(), 1), self.single)
        self.assertFalse([link for link in page.page.xpath("//a/@href") if f".{self.prepaid.id}." in link])
        picks = f"{self.single.id}.{self.plan.id}.1.0-{self.room_type.id}.{self.prepaid.id}.2.0"
        response = self._get(f"{self.path}/book", **self._get_query(rooms=2, each=1, picks=picks))
        self.assertFalse(response.page.xpath("//input[@name='expected_total']"))

    def test_a_chosen_room_is_taken_out_again(self):
        page = self._choose(self._set_persons(self._start(), 1), self.single)
        link = page.page.xpath("//section[contains(@class, 'o_hotel_basket')]//li//a/@href")[0]
        page = self._read(self.url_open(link))
        self.assertIn("Room 1 of 2", self._text(page))
        self.assertNotIn("Total so far", self._text(page))

    def test_the_deposit_is_that_of_all_rooms(self):
        page = self._choose(self._set_persons(self._start(), 2), self.room_type, self.prepaid)
        page = self._choose(self._set_persons(page, 1), self.single, self.prepaid)
        self.assertIn("102.00", self._text(page))
        self._send(f"{self.path}/book", self._get_fields(page, "/book"), **FORM)
        self.assertEqual((self._get_booked().state, self._get_booked().deposit_due), ("held", 102.0))

    def test_the_second_room_is_sold_meanwhile_and_nothing_is_booked(self):
        fields = self._get_fields(self._choose_family(), "/book")
        self._make_stay(self._make_guest(), arrival=self.arrival, room_type_id=self.single.id, state="booked")
        response = self._send(f"{self.path}/book", fields, **FORM)
        text = self._text(response)
        self.assertEqual(response.status_code, 409)
        self.assertIn("booked by somebody else", text)
        self.assertIn("Room 1 Garden Double", text)
        self.assertIn("Room 2 of 2", text)
        self.assertFalse(self._get_booked())
        self.assertFalse(self.env["res.partner"].search([("email", "=", "bea@example.com")]))
        rows = self.env["hotel.inventory"].search(
            [("room_type_id", "=", self.room_type.id), ("date", "=", self.arrival)]
        )
        self.assertEqual(rows.sold, 0)

    def test_what_is_sent_is_checked_again(self):
        fields = self._get_fields(self._choose_family(), "/book")
        good = fields["picks"]
        for values in (
            {"expected_total": "1.000000"},
            {"picks": good.replace(".1.0", ".9.0")},
            {"picks": good.split("-")[0]},
            {"picks": f"{good}-{good}"},
            {"picks": "x"},
            {"picks": None},
            {"each": "0"},
        ):
            with self.subTest(values):
                answer = self._send(f"{self.path}/book", fields, **{**FORM, **values})
                self.assertLess(answer.status_code, 500)
                booked = self._get_booked()
                if values == {"picks": f"{good}-{good}"}:  # as many as there are rooms count
                    self.assertEqual(len(booked.stay_ids), 2)
                    booked.action_cancel()
                    booked.source_system = "seen"
                else:
                    self.assertFalse(booked)

    def test_every_page_fits_and_the_prices_are_in_the_language_of_the_visitor(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        response = self._get("/zh_CN" + self.path, **self._get_query(rooms=2, each=1))
        self.assertIn("第 1 间", self._text(response))


@tagged("post_install", "-at_install")
class TestBasketRush(PortalMakers, ConcurrencyCase):
    """Families press the button at the same moment for the last single, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_portal_scene(rooms=8)
        cls.single = cls._make_room_type(cls.hotel, name="Single", code="SNG", capacity_adults=1)
        for _number in range(2):
            cls._make_room(cls.single)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.cr.commit()  # pylint: disable=invalid-commit
        cls.path = f"http://127.0.0.1:{HttpCase.http_port()}{cls.hotel._get_page_url()}/book"

    def _open(self, number):
        """Open the form of one's own; half of the families choose the rooms in the other order."""
        visitor = requests.Session()
        picks = [f"{self.room_type.id}.{self.plan.id}.2.0", f"{self.single.id}.{self.plan.id}.1.0"]
        query = self._get_query(rooms=2, each=1, picks="-".join(picks[:: 1 if number % 2 else -1]))
        page = html.fromstring(visitor.get(self.path, params=query, timeout=300).content)
        form = next(form for form in page.forms if (form.get("action") or "").endswith("/book"))
        fields = {**dict(form.form_values()), **FORM, "email": f"family{number}@example.com"}
        return lambda: visitor.post(self.path, data=fields, timeout=300)

    def test_both_rooms_or_none(self):
        families = 8
        with ThreadPoolExecutor(4) as pool:
            forms = list(pool.map(self._open, range(families)))
        barrier = threading.Barrier(families)

        def press(form):
            barrier.wait(300)
            return form()

        with ThreadPoolExecutor(families) as pool:
            answers = list(pool.map(press, forms))
        won = [answer for answer in answers if "Your booking is confirmed" in answer.text]
        told = [answer for answer in answers if "booked by somebody else" in answer.text]
        self.assertEqual((len(won), len(told)), (2, families - 2), sorted(answer.status_code for answer in answers))
        self.cr.rollback()
        self.env.invalidate_all()
        for room_type in (self.room_type, self.single):
            rows = self.env["hotel.inventory"].search(
                [("room_type_id", "=", room_type.id), ("date", ">=", self.arrival), ("date", "<", self.departure)]
            )
            self.assertEqual(rows.mapped("sold"), [2, 2], room_type.name)
        stays = self.env["hotel.stay"].search([("property_id", "=", self.hotel.id)])
        self.assertEqual((len(stays), len(stays.reservation_id)), (4, 2))
        self.assertEqual(self.env["res.partner"].search_count([("email", "=like", "family%@example.com")]), 2)
