"""Other members, visitors, staff and programs at the doors of the members' pages."""

from odoo.tests import new_test_user, tagged

from ..desk.desk_common import DeskMakers
from .member_common import PAGES, MemberCase

#: what programs write into every field and parameter
NASTY = ("", "x", "-1", "0", "1e9", "9" * 40, "1 OR 1=1", "'\"><script>", "٣", "2028-02-30", "../../etc", "%00", "😀")
OWN = ("/my/spending", "/my/profile")
#: addresses to be asked with parameters
ASKED = (
    ("/hotel/club", ("lang", "notice", "card")),
    ("/hotel/club/hotel_club/account", ("token",)),
    ("/my/club", ("card", "notice", "lang")),
    ("/my/club/history", ("kind", "card", "page")),
    ("/my/club/rewards", ("card", "notice")),
    ("/my/club/milestones", ("card",)),
    ("/my/club/claim", ("card", "hotel", "arrival")),
    ("/my/club/transfer", ("card", "number")),
    ("/my/spending", ("months", "hotel")),
    ("/my/profile", ("notice",)),
)
#: forms to be sent with parameters
SENT = (
    ("/hotel/club/hotel_club/join", ("birth_date", "agreed", "offer_email")),
    ("/hotel/club/hotel_club/link", ("email",)),
    ("/hotel/club/hotel_club/account", ("token", "name")),
    ("/my/club/rewards/cancel", ("redemption", "card")),
    ("/my/club/milestones", ("milestone", "option", "card")),
    ("/my/club/claim", ("hotel", "arrival", "departure", "number", "text", "nonce")),
    ("/my/club/transfer", ("number", "name", "points", "nonce", "confirm")),
    ("/my/profile", ("lang", "birth_date", "preference_1", "agree_offer_email")),
)


@tagged("post_install", "-at_install")
class TestMemberAttacks(DeskMakers, MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_points(cls.card, 777)

    def _open_limits(self):
        """Let a test ask more than a person would."""
        self._patch(type(self.env["hotel.rate.limit"]), "_spend_all", lambda *_arguments: 0)

    def test_a_card_is_its_members_alone(self):
        self._log_in("rui")
        for page in PAGES:
            own = self._get(f"/my/club{page}")
            self.assertEqual(own.status_code, 200, page)
            self.assertNotIn("Ana Costa", own.text, page)
            for wrong in (self.card.id, 99999999, "x", "0"):
                self.assertEqual(self._get(f"/my/club{page}", card=wrong).status_code, 404, (page, wrong))
        self.assertEqual(self.url_open(f"/my/club/history.csv?card={self.card.id}").status_code, 404)
        self.assertNotIn("777", self.url_open("/my/club/history.csv").text)

    def test_visitors_are_asked_to_log_in_and_told_nothing(self):
        pages = [f"/my/club{page}" for page in PAGES]
        for page in [*pages, *OWN, "/my/club/history.csv", f"/my/club?card={self.card.id}"]:
            answer = self.url_open(page, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, page)
            self.assertIn("/web/login", answer.headers["Location"])
            self.assertNotIn("Ana", answer.text)

    def test_a_guest_without_a_card_sees_no_page_of_one(self):
        self._log_in("eva")
        for page in PAGES:
            answer = self.url_open(f"/my/club{page}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303, page)
            self.assertTrue(answer.headers["Location"].endswith("/hotel/club"), page)
            self.assertEqual(self._get(f"/my/club{page}", card=self.card.id).status_code, 404, page)

    def test_staff_see_their_own_card_only(self):
        new_test_user(self.env, login="clerk", groups="hotel_crm_base.group_manager")
        self.authenticate("clerk", "clerk")
        self.assertEqual(self._get("/my/club", card=self.card.id).status_code, 404)
        self.assertNotIn("777", self._get("/my/club").text)

    def test_forms_without_their_token_do_nothing(self):
        self._log_in("ana")
        self._open_limits()
        before = self.card.points
        for path, names in SENT:
            answer = self.url_open(path, data=dict.fromkeys(names, "1"))
            self.assertEqual(answer.status_code, 400, path)
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points, before)
        self.assertFalse(self.ana.partner_id.hotel_consent_ids)

    def test_forms_are_not_sent_by_an_address(self):
        self._log_in("ana")
        for path in ("/my/club/rewards/cancel", "/hotel/club/hotel_club/link"):
            self.assertIn(self.url_open(path).status_code, (404, 405), path)

    def test_nothing_in_an_address_breaks_a_page(self):
        self._log_in("ana")
        self._open_limits()
        for path, names in ASKED:
            for value in NASTY:
                answer = self._get(path, **dict.fromkeys(names, value))
                self.assertIn(answer.status_code, (200, 404), (path, value))
                self.assertNotIn("<script>'", answer.text)

    def test_nothing_in_a_form_breaks_a_page(self):
        self._log_in("ana")
        self._open_limits()
        csrf = self._csrf()
        for path, names in SENT:
            for value in NASTY:
                answer = self.url_open(path, data={**dict.fromkeys(names, value), "csrf_token": csrf})
                self.assertIn(answer.status_code, (200, 404, 409, 422), (path, value))
                self.assertNotIn("'\"><script>", answer.text)

    def test_pages_are_limited(self):
        self._log_in("ana")
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_look", "3")
        codes = [self.url_open("/my/club").status_code for _time in range(5)]
        self.assertEqual(codes[:3], [200, 200, 200])
        self.assertEqual(codes[-1], 429)

    def test_pages_stand_in_no_cache(self):
        self._log_in("ana")
        headers = self._get("/my/club").headers
        self.assertEqual((headers["Cache-Control"], headers["Referrer-Policy"]), ("no-store", "same-origin"))

    def test_methods_behind_the_pages_are_nobodys_to_call(self):
        self._log_in("ana")
        for model, method in (
            ("hotel.member.page", "_get_cards"),
            ("hotel.member.transfer", "_transfer"),
            ("hotel.member.spending", "_get_spending"),
        ):
            with self.assertRaisesRegex(Exception, "AccessError"):
                call = {"model": model, "method": method, "args": [], "kwargs": {}}
                self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", call)
        for model in ("hotel.loyalty.move", "hotel.loyalty.lot", "hotel.member.form", "hotel.loyalty.item"):
            self.assertFalse(self.env[model].with_user(self.ana).has_access("read"), model)
