import base64
from datetime import timedelta

from odoo.tests import tagged

from .portal_common import PortalCase

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestBookingPages(PortalCase):
    def _search(self, **values):
        return self._get(self.hotel._get_page_url(), **self._get_query(**values))

    def test_the_chain_shows_what_is_sold_online_only(self):
        response = self._get("/hotel")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Harbour Hotel", self._text(response))
        self.assertIn("Rua Nova 1, Lisboa, Portugal", self._text(response))
        self.assertNotIn("Mountain Lodge", response.text)
        self.assertEqual(self._get(f"/hotel/{self.other_hotel.code.lower()}").status_code, 404)

    def test_the_chain_takes_dates_along(self):
        response = self._get("/hotel", **self._get_query())
        links = [link for link in response.page.xpath("//a/@href") if "/hotel/harb?" in link]
        self.assertIn(f"arrival={self.arrival}", links[0])
        self.assertIn("100.00", self._text(response))

    def test_a_property_shows_its_types_with_facts(self):
        self.room_type.write({"area_sqm": 24, "description": "<p>Quiet, to the garden.</p>"})
        self.suite.is_online = False
        response = self._get(self.hotel._get_page_url())
        text = self._text(response).replace("$ ", "")
        for words in ("Garden Double", "Up to 2 adults", "24 m²", "Quiet, to the garden.", "from 100.00"):
            self.assertIn(words, text)
        self.assertNotIn("Sea Suite", response.text)

    def test_offers_tell_price_terms_deposit_and_what_is_left(self):
        text = self._text(self._search())
        for words in ("200.00", "100.00 a night", "Bed and Breakfast", "Free cancellation until", "Deposit now:"):
            self.assertIn(words, text.replace("\xa0", " "))
        self.assertIn("60.00", text)
        self.assertIn("Only 2 rooms left", text)

    def test_offers_state_the_tax(self):
        tax = self.env["account.tax"].create({"name": "IVA 6%", "amount": 6.0, "company_id": self.hotel.company_id.id})
        tax.price_include_override = "tax_excluded"
        self.room_type.product_id.taxes_id = tax
        text = self._text(self._search()).replace("\xa0", " ")
        self.assertIn("212.00", text)
        self.assertRegex(text, r"IVA 6%: \D*12\.00")

    def test_prices_are_those_of_all_rooms_wanted(self):
        text = self._text(self._search(rooms=2)).replace("\xa0", " ")
        self.assertIn("400.00", text)
        self.assertIn("2 rooms", text)

    def test_dates_that_cannot_be_are_said_so(self):
        path = self.hotel._get_page_url()
        wrong = {
            "The departure has to be after the arrival.": {"departure": self.arrival},
            "This arrival lies in the past.": {"arrival": "2020-01-01", "departure": "2020-01-02"},
            "not on sale yet": {"arrival": "2099-01-01", "departure": "2099-01-02"},
            "Please choose both dates.": {"arrival": "2026-02-31"},
        }
        for sentence, values in wrong.items():
            with self.subTest(sentence):
                response = self._get(path, **self._get_query(**values))
                self.assertEqual(response.status_code, 200)
                self.assertIn(sentence, self._text(response))

    def test_nonsense_in_the_address_breaks_nothing(self):
        for query in ("adults=x&rooms=-4&children=9999999", "arrival=%00&departure=%27", "arrival=2027-01-01"):
            self.assertEqual(self._get(f"{self.hotel._get_page_url()}?{query}").status_code, 200, query)
        self.assertEqual(self._get("/hotel/nowhere").status_code, 404)

    def test_a_sold_out_search_offers_other_dates(self):
        for kind in (self.room_type, self.suite):
            for _number in range(2):
                self._make_stay(
                    self._make_guest(), arrival=self.arrival, nights=2, room_type_id=kind.id, state="booked"
                )
        response = self._search()
        text = self._text(response)
        self.assertIn("Sold out on these dates", text)
        self.assertIn("Other dates of the same length", text)
        later = (self.arrival + timedelta(days=2)).isoformat()
        self.assertTrue([link for link in response.page.xpath("//a/@href") if f"arrival={later}" in link])

    def test_the_language_is_the_visitors(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.room_type.with_context(lang="zh_CN").name = "花园大床房"
        response = self._get(self.hotel._get_page_url(), lang="zh_CN")
        self.assertIn("花园大床房", self._text(response))
        self.assertIn("/zh_CN/hotel/", response.url)
        self.assertNotIn("lang=", response.url)
        self.assertIn("花园大床房", self._text(self._get(self.hotel._get_page_url())), "kept by the browser")
        self.assertIn("Garden Double", self._text(self._get(self.hotel._get_page_url(), lang="en_US")))

    def test_a_new_browser_is_answered_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.room_type.with_context(lang="zh_CN").name = "花园大床房"
        response = self.url_open(self.hotel._get_page_url(), headers={"Accept-Language": "zh-CN,zh;q=0.9"})
        self.assertIn("花园大床房", response.text)

    def test_pictures_are_those_of_what_is_sold_online(self):
        self.room_type.image_1920 = base64.b64encode(PIXEL)
        self.suite.write({"image_1920": base64.b64encode(PIXEL), "is_online": False})
        shown = self.url_open(f"/hotel/image/type/{self.room_type.id}/512")
        self.assertEqual((shown.status_code, shown.headers["Content-Type"]), (200, "image/png"))
        self.assertIn("max-age", shown.headers["Cache-Control"])
        for path in (f"type/{self.suite.id}/512", "type/999999/512", f"property/{self.other_hotel.id}/512"):
            self.assertEqual(self.url_open(f"/hotel/image/{path}").status_code, 404, path)

    def test_facts_and_pictures_are_shown_as_they_are_now(self):
        sofa = self.env["hotel.bed.type"].create({"name": "Sofa Bed", "code": "SOFA"})
        bath = self.env["hotel.amenity"].create({"name": "Bathtub", "code": "TUB"})
        self.room_type.write({"bed_ids": [(0, 0, {"bed_type_id": sofa.id, "quantity": 2})], "amenity_ids": bath.ids})
        address = self.hotel._get_page_url()
        text = self._text(self._get(address))
        self.assertIn("2 × Sofa Bed", text)
        self.assertIn("Bathtub", text)
        self.room_type.bed_ids.quantity = 3
        sofa.name, bath.name = "Day Bed", "Whirlpool"
        self.room_type.image_1920 = base64.b64encode(PIXEL)
        answer = self._get(address)
        self.assertIn("3 × Day Bed", self._text(answer))
        self.assertIn("Whirlpool", self._text(answer))
        self.assertIn(f"/hotel/image/type/{self.room_type.id}/512", answer.text)
        self.room_type.image_1920 = False
        self.room_type.amenity_ids = False
        answer = self._get(address)
        self.assertNotIn("Whirlpool", self._text(answer))
        self.assertNotIn(f"/hotel/image/type/{self.room_type.id}/", answer.text)

    def test_two_properties_of_one_code_have_addresses_of_their_own(self):
        twin = self._make_property(name="Twin", code="HARB", company_id=self.other_company.id)
        self.assertEqual({self.hotel._get_slug(), twin._get_slug()}, {f"harb-{self.hotel.id}", f"harb-{twin.id}"})
        self.assertIn("Twin", self._text(self._get(twin._get_page_url())))

    def test_a_new_code_is_a_new_address_at_once(self):
        self.assertEqual(self.hotel._get_slug(), "harb")
        self.hotel.code = "QUAY"
        self.assertEqual(self.hotel._get_page_url(), "/hotel/quay")
        self.assertEqual(self._get("/hotel/quay").status_code, 200)
        self.assertEqual(self._get("/hotel/harb").status_code, 404)
        self.hotel.is_online = False
        self.assertEqual(self._get("/hotel/quay").status_code, 404)

    def test_too_many_pages_are_answered_by_a_page(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_look_address", "2")
        answers = [self._get("/hotel") for _time in range(3)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200, 429])
        self.assertIn("Please wait a little", self._text(answers[2]))
        self.assertGreater(int(answers[2].headers["Retry-After"]), 0)
