from datetime import date

from odoo.tests import tagged

from .books_common import BooksCase


@tagged("post_install", "-at_install")
class TestMemberSegments(BooksCase):
    """Audiences by what members have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poor, cls.rich = (cls._make_card(cls._make_guest(name)) for name in ("Poor", "Rich"))
        cls._make_lot(cls.poor, 100, date(2026, 1, 5), cls.hotel)
        cls._make_lot(cls.rich, 5000, date(2026, 1, 5), cls.hotel)
        cls.rich.write({"hotel_tier_id": cls.tiers[1].id})
        cls.stranger = cls._make_guest("No Member")
        cls.all = cls.poor.partner_id | cls.rich.partner_id | cls.stranger
        cls.env.flush_all()

    def _find(self, **rule):
        segment = self.env["hotel.segment"].create(
            {"name": "Members", "rule_ids": [(0, 0, rule)], "company_ids": [(6, 0, self.company.ids)]}
        )
        found = {guest_id for (guest_id,) in self.env.execute_query(segment._get_query())}
        return self.all.filtered(lambda guest: guest.id in found)

    def test_guests_of_a_tier(self):
        tier = f"[('hotel_tier_id', '=', {self.tiers[1].id})]"
        self.assertEqual(self._find(criterion="member", domain=tier), self.rich.partner_id)
        self.assertEqual(self._find(criterion="member"), (self.poor | self.rich).partner_id)
        self.assertEqual(self._find(criterion="member", is_negative=True), self.stranger)

    def test_guests_with_points(self):
        self.assertEqual(self._find(criterion="points", operator="at_least", number=1000), self.rich.partner_id)
        self.assertEqual(
            self._find(criterion="points", operator="between", number=50, number_to=200), self.poor.partner_id
        )
        # none at all is at most 1,000 too
        self.assertEqual(
            self._find(criterion="points", operator="at_most", number=1000), self.poor.partner_id | self.stranger
        )

    def test_a_member_who_left_is_none(self):
        self.rich.write({"hotel_state": "closed"})
        self.env.flush_all()
        self.assertEqual(self._find(criterion="member"), self.poor.partner_id)
