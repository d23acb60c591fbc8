"""Who is left out of an evaluation: nobody about whom the rules might say something new."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .loyalty_common import LoyaltyCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestFingerprint(LoyaltyCase):
    def setUp(self):
        super().setUp()
        self.card, self.other = self._make_member(), self._make_member(self._make_guest("Rui Pinto"))
        self.guest, self.facts = self.card.partner_id, {"card_id": self.card.id}
        self.channel = self.env["hotel.channel"].search([("code", "=", "web")])
        self.stay = self._make_departed(
            self.guest, date(2026, 5, 10), nights=12, spend=500, channel_id=self.channel.id
        )
        self.bill = self._make_charge(self.guest, 40, date(2026, 5, 12))
        self._evaluate()

    def _evaluate(self):
        """Return the cards that were evaluated, of two."""
        found = self.env["hotel.loyalty.evaluation"]._evaluate(self.card | self.other, only_changed=True)
        return self.env["loyalty.card"].browse(found)

    def test_nobody_is_evaluated_when_nothing_has_changed(self):
        self.assertFalse(self._evaluate())

    def test_whatever_happens_to_a_member_is_seen(self):
        names = ("posting", "redemption", "grant", "extension")
        create = {name: self.env[f"hotel.loyalty.{name}"].create for name in names}
        tier = self.program.hotel_tier_ids[-1]
        waiting = create["posting"]({**self.facts, "points": 7, "state": "waiting"})
        redemption = create["redemption"]({**self.facts, "points": 5})
        self._evaluate()
        offer = self.card.hotel_decision_ids.filtered(lambda row: row.kind == "milestone")[:1]
        choice = {**self.facts, "decision_id": offer.id, "option": "points_500"}
        for name, change in {
            "stay longer": lambda: self.stay.write({"departure_date": date(2026, 5, 11)}),
            "another channel": lambda: self.stay.write({"channel_id": False}),
            "another stay": lambda: self._make_departed(self.guest, date(2026, 6, 1)),
            "a no-show": lambda: self._make_stay(self.guest, arrival=date(2026, 6, 8), state="no_show"),
            "a charge": lambda: self._make_charge(self.guest, 5, date(2026, 5, 10), stay_id=self.stay.id),
            "a bill": lambda: self._make_charge(self.guest, 5, date(2026, 5, 10)),
            "a reversal": lambda: self.bill.action_reverse("wrong"),
            "an approval": lambda: waiting.sudo().write({"state": "posted"}),
            "a posting": lambda: create["posting"]({**self.facts, "points": 7}),
            "a redemption": lambda: create["redemption"]({**self.facts, "points": 7}),
            "a cancellation": lambda: redemption.sudo().write(
                {"state": "cancelled", "cancelled_date": date(2026, 7, 1)}
            ),
            "a grant": lambda: create["grant"]({**self.facts, "tier_id": tier.id}),
            "an extension": lambda: create["extension"]({**self.facts, "until_date": date(2030, 1, 1)}),
            "a choice": lambda: self.env["hotel.loyalty.choice"].create(choice),
        }.items():
            with self.subTest(name):
                change()
                self.assertEqual(self._evaluate(), self.card)
                self.assertFalse(self._evaluate())

    def test_what_all_are_judged_by_is_seen(self):
        for name, change in {
            "a code": lambda: self.channel.write({"code": "website"}),
            "a brand": lambda: self.hotel.write({"hotel_brand": "luxury"}),
            "hotels of the programme": lambda: self.program.write({"hotel_property_ids": [(4, self.hotel.id)]}),
            "a rate": lambda: self.env["res.currency.rate"].create(
                {"currency_id": self.env.ref("base.GBP").id, "name": date(2026, 5, 1), "rate": 0.8}
            ),
        }.items():
            with self.subTest(name):
                change()
                self.assertEqual(self._evaluate(), self.card | self.other)
                self.assertFalse(self._evaluate())

    def test_a_day_on_which_something_happens_by_itself_is_seen(self):
        with freeze_time(f"{self.card.hotel_next_date} 12:00"):
            self.assertIn(self.card, self._evaluate())
