from odoo import models
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import HotelCase

NAMES = ("Ana Costa", "Nguyễn Văn Minh", "王伟", "Berger & Söhne", "50% off_shop", "O'Brien", "Li", "李娜", "A\\B")
TEXTS = ("ana", "Ana C", "osta", "nguyen", "NGUYỄN", "王", "王伟", "伟", "50%", "f_s", "o'b", "o", "li", "a\\b", "  ")
TEXTS += ("ana@example.com", "example", "PT123", "REF-9", "x" * 5000, "🦄", "🦄🦄🦄", "%%%", "___", "\\", "")
TEXTS += ("' OR 1=1 --", "Söhne", "sohne")


@tagged("post_install", "-at_install")
class TestLookupSearch(HotelCase):
    """Odoo's own search of contacts by name: the same contacts as ever, and guests by more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]
        values = [{"name": name, "ref": f"REF-{number}", "vat": False} for number, name in enumerate(NAMES)]
        values[0]["email"] = "ana@example.com"
        cls.contacts = cls.partners.create(values)
        cls.guests = cls.partners.create([{**row, "is_hotel_guest": True} for row in values])

    def _search(self, operator, value, domain=()):
        return self.partners.search([("display_name", operator, value), *domain])

    def _search_stock(self, operator, value):
        domain = models.BaseModel._search_display_name(self.partners, operator, value)
        return self.partners.search(Domain(domain))

    def test_other_contacts_are_found_as_ever(self):
        for text in TEXTS:
            found = self._search("ilike", text).filtered(lambda partner: not partner.is_hotel_guest)
            expected = self._search_stock("ilike", text).filtered(lambda partner: not partner.is_hotel_guest)
            self.assertEqual(found, expected, text)

    def test_guests_are_found_as_ever_from_three_letters_on(self):
        for text in TEXTS:
            if len(text.strip()) >= 3 or not text.strip():
                self.assertFalse(self._search_stock("ilike", text) - self._search("ilike", text), text)
        for text in ("王伟", "伟", "王", "li", "an"):
            self.assertTrue(self._search("ilike", text) & self.guests, text)

    def test_guests_are_found_by_pinyin_code_and_telephone_too(self):
        guest = self._make_guest("王桂兰", phone="+8613912345678")
        numbers = (guest.hotel_guest_code, "5678", "139 1234", "+86 139 1234 5678")
        for text in ("wangguilan", "guilan wang", "桂", *numbers):
            self.assertIn(guest, self._search("ilike", text), text)

    def test_other_operators_are_left_alone(self):
        for operator in ("=", "!=", "not ilike", "like", "=ilike", "in", "not in"):
            value = ["Ana Costa"] if "in" in operator.split() else "Ana Costa"
            self.assertEqual(self._search(operator, value), self._search_stock(operator, value), operator)
        others = self.partners.search([]) - self._search_stock("ilike", "ana")
        self.assertEqual(self._search("not ilike", "ana"), others)
        for operator in ("ilike", "=", "in", "!=", "not in"):
            value = [False] if "in" in operator.split() else False
            self.assertEqual(self._search(operator, value), self._search_stock(operator, value), operator)

    def test_a_search_may_be_negated_and_combined(self):
        found = self._search("ilike", "ana", [("id", "in", (self.guests | self.contacts).ids)])
        other = self.partners.search(
            ["!", ("display_name", "ilike", "ana"), ("id", "in", (self.guests | self.contacts).ids)]
        )
        self.assertEqual(found | other, self.guests | self.contacts)
        self.assertFalse(found & other)
        self.assertEqual((self.guests | self.contacts).filtered_domain([("display_name", "ilike", "ana")]), found)

    def test_archived_contacts_are_found_only_when_asked_for(self):
        guest = self._make_guest("Zebedee")
        guest.action_archive()
        self.assertFalse(self._search("ilike", "zebedee"))
        everybody = self.partners.with_context(active_test=False)
        self.assertEqual(everybody.search([("display_name", "ilike", "zebe")]), guest)

    def test_rules_hold_outside_of_the_search(self):
        self._make_guest("Zebedee", company_id=self.other_company.id)
        clerk = self._make_user("front_office")
        self.assertFalse(self.partners.with_user(clerk).search([("display_name", "ilike", "zebedee")]))
        self.assertFalse(self.partners.with_user(clerk).name_search("zebedee"))
        self.assertTrue(self._search("ilike", "zebedee"))

    def test_another_model_is_searched_by_its_contact(self):
        user = self._make_user("front_office", name="Zebedee")
        self.assertEqual(self.env["res.users"].search([("partner_id", "ilike", "zebed")]), user)

    def test_a_rare_name_is_listed_as_ever(self):
        for text in ("costa", "王伟", "50%", "nobody"):
            stock = models.BaseModel.name_search(self.partners, text, None, "ilike", 8)
            self.assertEqual(self.partners.name_search(text, None, "ilike", 8), stock, text)

    def test_where_many_match_contacts_and_the_best_guests_are_listed(self):
        guests = self.partners.create([{"name": f"Costa {number}", "is_hotel_guest": True} for number in range(9)])
        found = [partner_id for partner_id, _name in self.partners.name_search("costa", limit=6)]
        self.assertEqual(found, self.contacts[:1].ids + guests[:3:-1].ids)
        domain = [("is_hotel_guest", "=", True), ("id", "not in", guests[4:].ids)]
        few = [partner_id for partner_id, _name in self.partners.name_search("costa", domain, limit=6)]
        self.assertEqual(set(few), {*guests[:4].ids, *self.guests[:1].ids})
        self.assertEqual(len(self.partners.name_search("costa", domain, limit=3)), 3)
        self.assertEqual(len(self.partners.name_search("costa", limit=100)), 11)

    def test_a_search_by_name_never_asks_for_documents(self):
        def find(_documents, number):
            raise AssertionError(number)

        self._patch(self.env.registry["hotel.guest.document"], "_find_partner_ids_by_number", find)
        for text in ("P12345678", "11010519491231002X", "123456789"):
            self.assertEqual(self.partners.name_search(text), [])

    def test_the_indexes_exist_and_fit_the_search(self):
        rows = self.env.execute_query(
            SQL("SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('res_partner', 'hotel_guest_line')")
        )
        indexes = dict(rows)
        for name in ("name", "email", "ref", "vat", "registry"):
            self.assertIn("unaccent", indexes[f"res_partner_hotel_{name}_trgm"])
            self.assertIn("gin_trgm_ops", indexes[f"res_partner_hotel_{name}_trgm"])
        for name in ("hotel_email_idx", "hotel_phone_idx", "hotel_others_idx"):
            self.assertIn(f"res_partner_{name}", indexes)
        self.assertIn("hotel_guest_line_parts_idx", indexes)
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        query = self.partners._search(Domain(models.BaseModel._search_display_name(self.partners, "ilike", "costa")))
        plan = "\n".join(row for (row,) in self.env.execute_query(SQL("EXPLAIN %s", query.select())))
        for name in ("name", "email", "ref", "vat"):
            self.assertIn(f"res_partner_hotel_{name}_trgm", plan)
