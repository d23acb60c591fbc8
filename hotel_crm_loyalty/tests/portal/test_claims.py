from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestClaims(MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = fields.Date.today() - timedelta(days=5)
        cls.arrival = cls.departure - timedelta(days=2)

    def setUp(self):
        super().setUp()
        self._log_in("ana")

    def _claim(self, **values):
        form = self._get_fields(self._get("/my/club/claim"), "/claim")
        typed = {"hotel": self.hotel.id, "arrival": self.arrival, "departure": self.departure}
        return self._send("/my/club/claim", form, **{**typed, "text": "Where are they?", **values})

    def _get_claims(self):
        return self.env["hotel.loyalty.claim"].search([("card_id", "=", self.card.id)])

    def test_a_claim_is_answered_until_a_day_that_is_shown(self):
        answer = self._claim()
        claim = self._get_claims()
        text = self._text(answer)
        self.assertIn("Thank you", text)
        self.assertIn(claim.name, text)
        self.assertIn("answer until", text)
        self.assertEqual((claim.state, claim.user_id), ("new", self.ana))

    def test_a_stay_that_is_proven_by_its_number_has_its_points_at_once(self):
        stay = self._make_departed(None, self.departure, nights=2, source_ref="B-4711", source_system="pms")
        self._make_consumption(
            self.env["res.partner"], self.hotel, 90.0, stay_id=stay.id, business_date=self.departure, kind="room"
        )
        answer = self._claim(number="b 4711")
        self.assertEqual(self._get_claims().state, "approved")
        self.assertIn("+90", self._text(answer))
        self.assertEqual(stay.partner_id, self.ana.partner_id)

    def test_a_form_that_is_sent_twice_claims_once(self):
        form = self._get_fields(self._get("/my/club/claim"), "/claim")
        form |= {"hotel": self.hotel.id, "arrival": self.arrival, "departure": self.departure}
        for _time in range(2):
            self.assertEqual(self._send("/my/club/claim", form).status_code, 200)
        self.assertEqual(len(self._get_claims()), 1)
        self.assertEqual(self._claim().status_code, 409, "another form is told that it was asked already")

    def test_what_is_wrong_is_said_and_nothing_is_lost(self):
        late = self.departure - timedelta(days=60)
        for values, status in (
            ({"hotel": ""}, 422),
            ({"hotel": "999999"}, 422),
            ({"arrival": "x"}, 422),
            ({"departure": self.arrival - timedelta(days=1)}, 422),
            ({"arrival": late, "departure": late}, 409),
            ({"departure": fields.Date.today() + timedelta(days=5)}, 409),
            ({"arrival": "0001-01-01", "departure": "0001-01-02"}, 409),
            ({"arrival": "9999-12-30", "departure": "9999-12-31"}, 409),
        ):
            answer = self._claim(**values)
            self.assertEqual(answer.status_code, status, values)
            self.assertIn("Where are they?", answer.text)
        self.assertFalse(self._get_claims())

    def test_nobody_sees_or_files_claims_of_somebody_else(self):
        self._claim(text="Secret of Ana")
        self._log_in("rui")
        self.assertNotIn("Secret of Ana", self._get("/my/club/claim").text)
        form = self._get_fields(self._get("/my/club/claim"), "/claim")
        form |= {"hotel": self.hotel.id, "arrival": self.arrival, "departure": self.departure, "card": self.card.id}
        self.assertEqual(self._send("/my/club/claim", form).status_code, 404)
