"""The reading half of API v1: who is found, what is shown of whom, and lists of which nothing is left out."""

from datetime import date

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.rest.reading import PAGE_MOST

from .api_common import ApiCase


@tagged("post_install", "-at_install")
class TestApiReading(ApiCase):
    scopes = ("guests.read", "stays.read", "consumption.read")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest(
            "王伟", email="wang.wei@example.com", phone="+8613912345678", hotel_birth_date="1980-02-29", city="上海"
        )
        cls.env["hotel.guest.reference"].create(
            {"partner_id": cls.guest.id, "source_system": "pms", "source_ref": "G/1 ä"}
        )
        cls.far = cls._make_guest("Wang Far", company_id=cls.other_company.id, email="far@example.com")
        cls.env.flush_all()

    def _get(self, path, **query):
        """Ask and return the answer, which is checked against what is promised."""
        text = "&".join(f"{name}={value}" for name, value in query.items())
        status, answer = self._call("GET", path + (f"?{text}" if text else ""))
        self.assertEqual(status, 200, answer)
        return answer

    # ---- one guest --------------------------------------------------------------------------

    def test_a_guest_is_found_as_at_the_desk(self):
        for query in ("王伟", "wangwei", "ww", "5678", "wang.wei@example.com", self.guest.hotel_guest_code):
            status, answer = self._call("POST", "guests/lookup", {"query": query})
            self.assertEqual((status, [hit["id"] for hit in answer["guests"]][:1]), (200, self.guest.ids), query)
        self.assertEqual(answer["guests"][0]["phone"], "+8613912345678")

    def test_a_look_up_tells_of_stays_at_the_clients_hotels_only(self):
        self._make_stay(self.guest, hotel=self.other_hotel, state="in_house")
        hit = self._call("POST", "guests/lookup", {"query": "王伟"})[1]["guests"][0]
        self.assertEqual((hit["in_house"], hit["last_stay"]), (False, None))
        self._make_stay(self.guest, state="in_house", arrival=date(2026, 5, 1))
        hit = self._call("POST", "guests/lookup", {"query": "王伟"})[1]["guests"][0]
        self.assertEqual((hit["in_house"], hit["last_stay"]), (True, "2026-05-01"))

    def test_no_number_of_a_document_finds_or_is_shown(self):
        self._make_document(self.guest, "E12345678", kind="passport")
        self.assertEqual(self._call("POST", "guests/lookup", {"query": "E12345678"})[1]["guests"], [])
        self.assertNotIn("E12345678", str(self._get(f"guests/{self.guest.id}")))

    def test_guests_of_another_company_are_not_there(self):
        self.assertEqual(self._call("POST", "guests/lookup", {"query": "far@example.com"})[1]["guests"], [])
        for path in (f"guests/{self.far.id}", f"guests/{self.far.id}/flags"):
            self._assert_error(self._call("GET", path), 404, "not_found")
        self.assertNotIn(self.far.id, [guest["id"] for guest in self._get("guests", limit=PAGE_MOST)["guests"]])

    def test_contacts_that_are_no_guests_are_not_there(self):
        clerk = self._make_user("front_office")
        for number in (clerk.partner_id.id, self.env.company.partner_id.id, 2**31 - 1):
            self._assert_error(self._call("GET", f"guests/{number}"), 404, "not_found")

    def test_a_guest_is_read_by_number_and_by_the_number_elsewhere(self):
        answer = self._get(f"guests/{self.guest.id}")
        self.assertEqual(answer["birth_date"], "1980-02-29")
        self.assertEqual(answer["references"], [{"source_system": "pms", "source_ref": "G/1 ä"}])
        self.assertEqual(answer["state"], "active")
        self.assertEqual(self._get("guests/by-reference", source_ref="G%2F1%20%C3%A4"), answer)
        wrong = self._call("GET", "guests/by-reference?source_ref=G%2F1%20%C3%A4&source_system=pos")
        self._assert_error(wrong, 404, "not_found")

    def test_a_merged_guest_leads_on_and_an_erased_one_is_nobody(self):
        double = self._make_guest("Wang Wei")
        self.env["hotel.merge"]._merge_guests(self.guest, double)
        answer = self._get(f"guests/{double.id}")
        self.assertEqual((answer["state"], answer["merged_into_id"]), ("merged", self.guest.id))
        self.guest._hotel_erase()
        answer = self._get(f"guests/{self.guest.id}")
        self.assertEqual((answer["state"], answer["email"], answer["phone"]), ("erased", None, None))

    def test_flags_are_those_of_the_desk(self):
        self.guest.hotel_vip_code_id = self.env["hotel.vip.code"].search([], limit=1)
        flags = self._get(f"guests/{self.guest.id}/flags")["flags"]
        self.assertIn({"level": "info", "text": self.guest.hotel_vip_code_id.name}, flags)

    def test_who_was_read_is_noted(self):
        last = self.env["hotel.access.log"].search([], limit=1).id or 0
        self._call("POST", "guests/lookup", {"query": "王伟"})
        self._get(f"guests/{self.guest.id}")
        entries = self.env["hotel.access.log"].search([("id", ">", last)], order="id")
        self.assertEqual(entries.mapped("action"), ["search", "open"])
        self.assertEqual(entries.mapped("guest_id"), self.guest.ids * 2)
        self.assertEqual(entries.user_id, self.client.user_id)

    def test_the_description_is_a_page_for_administrators(self):
        for role, status in (("admin", 200), ("manager", 404)):
            user = self._make_user(role)
            self.authenticate(user.login, user.login)
            page = self.url_open("/hotel/api")
            self.assertEqual((page.status_code, "guests/lookup" in page.text), (status, status == 200))
            self.assertEqual(self.url_open("/hotel/api/openapi.json").status_code, status)

    # ---- lists ------------------------------------------------------------------------------

    def _read_all(self, name, limit=2, **query):
        """Return all rows of a list, page by page, and the last cursor."""
        rows, cursor = [], None
        for _page in range(200):
            answer = self._get(name, limit=limit, **({"cursor": cursor} if cursor else query))
            rows += answer[name]
            cursor = answer["next_cursor"]
            if not answer["more"]:
                return rows, cursor
        raise AssertionError("the list does not end")

    def test_a_list_gives_each_row_once_and_goes_on_later(self):
        since = "2020-01-01T00:00:00Z"
        stays = self.env["hotel.stay"].union(*[self._make_stay(self.guest) for _number in range(5)])
        foreign = self._make_stay(self.guest, hotel=self.other_hotel)
        rows, cursor = self._read_all("stays", changed_since=since)
        found = [row["id"] for row in rows]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(stays.ids), set(found))
        self.assertNotIn(foreign.id, found)
        self.assertEqual(self._get("stays", cursor=cursor)["stays"], [])
        # in a test all is one transaction: a later one is told by its time
        self._touch(stays[3], fields.Datetime.now())
        self.assertEqual([row["id"] for row in self._get("stays", cursor=cursor)["stays"]], stays[3].ids)

    def _touch(self, records, moment):
        """Let records be changed at a moment, as another transaction would."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table} SET write_date = %s WHERE id = ANY(%s)", [moment, records.ids]
        )
        self.env.invalidate_all()

    def test_rows_of_the_same_moment_are_all_read(self):
        lines = self.env["hotel.consumption"].union(*[self._make_consumption(self.guest) for _number in range(7)])
        rows, _cursor = self._read_all("consumption", limit=3)
        self.assertEqual([row["id"] for row in rows if row["id"] in lines.ids], lines.ids)
        row = rows[-1]
        self.assertEqual((row["amount_gross"], row["property"]), (50.0, "HARB"))
        self.assertEqual(row["currency"], lines[0].currency_id.name)

    def test_a_client_without_hotels_reads_no_facts(self):
        self._make_stay(self.guest)
        self.client.property_ids = False
        self.assertEqual(self._get("stays")["stays"], [])

    def test_what_is_no_cursor_of_the_list_is_refused(self):
        for cursor in ("x", "WzFd", "WyJhIiwxXQ"):
            self._assert_error(self._call("GET", f"stays?cursor={cursor}"), 400, "invalid_cursor")
        cursor = self._get("guests", limit=1)["next_cursor"]
        wrong = self._call("GET", f"guests?cursor={cursor}&changed_since=2020-01-01T00:00:00Z")
        self._assert_error(wrong, 400, "invalid_request", field="changed_since")
        self._assert_error(self._call("GET", "guests?limit=501"), 400, "invalid_request", field="limit")

    @mute_logger("odoo.http")
    def test_each_right_opens_its_own_door(self):
        self.client.scope_ids = self.env["hotel.api.scope"].search([("code", "=", "stays.read")])
        self.assertEqual(self._call("GET", "stays")[0], 200)
        for path in ("guests", f"guests/{self.guest.id}", "guests/by-reference?source_ref=1", "consumption"):
            self._assert_error(self._call("GET", path), 403, "forbidden")

    def test_the_number_of_queries_does_not_grow_with_a_page(self):
        reading = self.env["hotel.api.reading"].with_user(self.client.user_id)
        for _number in range(40):
            self._make_stay(self._make_guest(f"Guest {_number}"))
        counts = []
        for limit in (5, 40):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reading._api_stays(self.client, limit=limit)
            reading._api_guests(self.client, limit=limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
