"""What would a stay earn? Asked for a member or a tier, and nothing is written."""

from datetime import date
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...rules import facts
from .programme_case import ProgrammeCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestWhatIf(ProgrammeCase):
    def _stay(self, nights=2, amount=400, **values):
        arrival = date(2026, 7, 10)
        return facts.Stay("x", arrival, arrival.replace(day=10 + nights), (("room", Decimal(amount)),), **values)

    def test_a_stay_of_somebody_of_a_tier(self):
        for tier, points in ((None, 400), ("silver", 440), ("gold", 500)):
            found = self.program._hotel_what_if(self._stay(), tier=tier)
            self.assertEqual((found.points, found.tier_before), (points, tier or "member"))
        self.assertEqual(found.available, date(2026, 7, 13))
        self.assertEqual([points for points, _reason in found.reasons], [400, 100])

    def test_a_stay_of_a_member_on_top_of_all_that_was(self):
        card = self._make_member()
        self._make_departed(card.partner_id, date(2026, 5, 10), nights=9, spend=300)
        card._hotel_evaluate()
        before = card.hotel_move_ids, card.hotel_decision_ids, card.points
        found = self.program._hotel_what_if(self._stay(), card)
        self.assertEqual((found.points, found.tier_before, found.tier_after), (400, "member", "silver"))
        self.assertEqual(found.tier_from, date(2026, 7, 12))
        self.assertEqual((found.next_tier, found.missing), (
            "gold", [(("nights", Decimal(14)),), (("spend", Decimal(3300)),)],
        ))  # fmt: skip
        self.assertEqual((card.hotel_move_ids, card.hotel_decision_ids, card.points), before)

    def test_what_earns_nothing_says_why(self):
        program = self.env["loyalty.program"]._hotel_load("marriott")
        found = program._hotel_what_if(self._stay(channel="ota"))
        self.assertEqual(found.points, 0)
        self.assertEqual(program._explain_what_if(found), [(None, "Earns no points: channel is ota.")])

    def test_a_clerk_asks_in_the_dialog(self):
        card = self._make_member()
        self._make_departed(card.partner_id, date(2026, 5, 10), nights=9, spend=300)
        card._hotel_evaluate()
        wizards = self.env["hotel.loyalty.what.if"].with_user(self.clerk)
        form = Form(wizards.with_context(default_program_id=self.program.id))
        form.card_id = card.with_user(self.clerk)
        form.arrival_date, form.departure_date = date(2026, 7, 10), date(2026, 7, 12)
        with form.line_ids.edit(0) as line:
            line.amount = 400
        self.assertEqual(form.points, 400)
        self.assertIn("400 points for a spend of 400", form.answer_html)
        self.assertIn("Tier from 2026-07-12 on: Silver", form.answer_html)
        self.assertIn("Missing for Gold: 14 nights or 3,300 spend", form.answer_html)
        with form.line_ids.new() as line:
            line.kind, line.amount = "fee", 1000
        self.assertEqual(form.points, 400, "fees earn nothing")
        form.departure_date = date(2026, 7, 9)
        self.assertIn("before the arrival", form.answer_html)

    def test_amounts_in_another_currency_are_converted(self):
        currency = self.program.currency_id
        other = self.env.ref("base.EUR") if currency.name != "EUR" else self.env.ref("base.USD")
        other.active = True
        other.rate_ids.unlink()
        self.env["res.currency.rate"].create({"currency_id": other.id, "rate": 2.0, "name": "2020-01-01"})
        wizard = self.env["hotel.loyalty.what.if"].create(
            {"program_id": self.program.id, "property_id": self.hotel.id, "line_ids": [(0, 0, {"amount": 400})]}
        )
        self.assertEqual(wizard.points, 400)
        self.assertEqual(wizard._convert(400), Decimal(400))
        self.hotel.currency_id = other
        wizard.invalidate_recordset()
        self.assertEqual(wizard._convert(400), Decimal(200))

    def test_strangers_have_no_calculator(self):
        for role in ("housekeeping", "food_beverage"):
            with self.assertRaises(AccessError):
                self.env["hotel.loyalty.what.if"].with_user(self._make_user(role)).create({})

    def test_a_member_whom_one_does_not_see_is_not_asked_about(self):
        self.program.company_id = self.other_company
        card = self._make_member()
        wizard = self.env["hotel.loyalty.what.if"].with_user(self.clerk).create(
            {"program_id": self.program.id, "card_id": card.id, "property_id": self.hotel.id,
             "line_ids": [(0, 0, {"amount": 400})]}
        )  # fmt: skip
        self.assertEqual(wizard.points, 0)
        self.assertNotIn("Silver", wizard.answer_html)
        self.assertIn("access", wizard.answer_html)
