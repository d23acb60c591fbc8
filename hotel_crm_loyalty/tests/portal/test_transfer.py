from datetime import date

from odoo.tests import tagged

from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestTransfer(MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._earn(cls.card, 2000, date(2026, 10, 10))
        cls.number = cls.rui.partner_id.hotel_guest_code

    def setUp(self):
        super().setUp()
        self._log_in("ana")

    def _ask(self, **values):
        fields = self._get_fields(self._get("/my/club/transfer"), "/transfer")
        typed = {"number": self.number, "name": "Pinto", "points": "500", **values}
        return self._send("/my/club/transfer", fields, **typed)

    def _confirm(self, answer, **values):
        return self._send("/my/club/transfer", self._get_fields(answer, "/transfer"), **values)

    def _get_points(self):
        (self.card | self.other_card).invalidate_recordset()
        return self.card.points, self.other_card.points

    def test_points_go_once_they_are_confirmed(self):
        before = self._get_points()
        answer = self._ask()
        self.assertEqual(self._get_points(), before, "nothing happens before it is confirmed")
        self.assertEqual(answer.page.find_class("o_hotel_left")[0].text_content(), f"{int(before[0]) - 500:,}")
        fields = self._get_fields(answer, "/transfer")
        self.assertIn("Done", self._text(self._send("/my/club/transfer", fields)))
        self.assertEqual(self._get_points(), (before[0] - 500, before[1] + 500))
        self._send("/my/club/transfer", fields)
        self.assertEqual(self._get_points(), (before[0] - 500, before[1] + 500), "sent twice, it counts once")

    def test_a_wrong_name_is_answered_like_a_wrong_number(self):
        answers = [
            self._ask(name="Costa"),
            self._ask(number="999999998"),
            self._ask(number=self.eva.partner_id.hotel_guest_code, name="Lang"),
        ]
        self.assertEqual([answer.status_code for answer in answers], [422, 422, 422])
        texts = {answer.page.xpath("//div[@role='alert']")[0].text_content().strip() for answer in answers}
        self.assertEqual(len(texts), 1)
        self.assertNotIn("Pinto", answers[0].text)

    def test_guesses_are_limited_even_where_one_is_right(self):
        codes = [self._ask(name=f"Guess {number}").status_code for number in range(6)]
        self.assertEqual(codes[-1], 429)
        self.assertEqual(self._ask().status_code, 429)

    def test_what_stands_against_it_is_said_and_nothing_is_lost(self):
        for points, words in (("100", "500"), ("550", "100"), ("900000", "20000")):
            answer = self._ask(points=points)
            self.assertEqual(answer.status_code, 409, points)
            self.assertIn(words, answer.page.xpath("//div[@role='alert']")[0].text_content())
            self.assertEqual(self._get_fields(answer, "/transfer")["number"], self.number)

    def test_points_that_are_no_number_are_asked_for_again(self):
        for points in ("", "-500", "5e3", "x", "²"):
            answer = self._ask(points=points)
            self.assertEqual(answer.status_code, 422, points)

    def test_nobody_confirms_with_somebody_elses_card(self):
        answer = self._ask()
        answer = self._confirm(answer, card=self.other_card.id)
        self.assertEqual(answer.status_code, 404)

    def test_a_programme_without_transfers_has_no_such_page(self):
        content = dict(self.program.hotel_revision_id.content)
        version = {name: value for name, value in content["versions"][0].items() if name != "transfers"}
        revision = self.env["hotel.loyalty.revision"].create(
            {"program_id": self.program.id, "content": {**content, "versions": [version]}}
        )
        revision._apply()
        self.assertEqual(self._get("/my/club/transfer").status_code, 404)
        self.assertNotIn("Transfer", self._text(self._get("/my/club")))
