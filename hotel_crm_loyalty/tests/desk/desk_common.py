"""What tests of the desk share: members, clerks, an approver, rewards."""

from datetime import date

from freezegun import freeze_time

from ..ledger.loyalty_common import LoyaltyCase

TODAY = date(2026, 6, 15)


class DeskMakers:
    """Makers of what the desk works with, on the environment of the class."""

    @classmethod
    def _make_staff(cls):
        """Make a clerk, a manager and somebody who approves."""
        cls.clerk = cls._make_user("front_office")
        cls.manager = cls._make_user("manager")
        cls.approver = cls._make_user("finance+approver")
        cls.reason = cls.env.ref("hotel_crm_loyalty.hotel_loyalty_reason_goodwill")

    @classmethod
    def _make_item(cls, name="Afternoon Tea", points=300, **values):
        return cls.env["hotel.loyalty.item"].create(
            {"name": name, "points": points, "program_id": cls.program.id, **values}
        )

    @classmethod
    def _give_points(cls, card, points):
        """Give a member points that can be used at once."""
        cls.env["hotel.loyalty.posting"].create({"card_id": card.id, "kind": "adjust", "points": points})
        card._hotel_evaluate()
        return card

    @classmethod
    def _give_tier(cls, card, code):
        """Give a member a tier of the programme."""
        tier = cls.program.hotel_tier_ids.filtered(lambda tier: tier.code == code)
        cls.env["hotel.loyalty.grant"].create({"card_id": card.id, "tier_id": tier.id, "kind": "gifted"})
        card._hotel_evaluate()
        return tier

    def _as(self, user, record):
        """Return a record as another user sees it, without what the test has read already."""
        self.env.flush_all()
        record.invalidate_recordset()
        return record.with_user(user)


class DeskCase(DeskMakers, LoyaltyCase):
    """A member of the example programme, 15 June 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.hotel.business_date = TODAY
        cls.program.company_id = False
        cls._make_staff()
        cls.guest = cls._make_guest("Ana Costa", email="ana@example.com")
        cls.card = cls._make_member(cls.guest)
