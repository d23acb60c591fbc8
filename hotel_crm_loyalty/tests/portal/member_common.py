"""What tests of the members' pages share: members with logins, and a visitor with a browser's manners."""

from datetime import date

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalCase
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

PAGES = ("", "/history", "/rewards", "/milestones", "/claim", "/transfer")


class MemberCase(LoyaltyMakers, PortalCase):
    """Ana and Rui are members with logins, Eva has a login and no card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program()
        cls.ana = cls._make_portal_user("portal_ana", name="Ana Costa", email="ana@example.com")
        cls.rui = cls._make_portal_user("portal_rui", name="Rui Pinto", email="rui@example.com")
        cls.eva = cls._make_portal_user("portal_eva", name="Eva Lang", email="eva@example.com")
        cls.card = cls._make_member(cls.ana.partner_id, joined=date(2026, 1, 1))
        cls.other_card = cls._make_member(cls.rui.partner_id, joined=date(2026, 1, 1))

    def _log_in(self, name):
        self.authenticate(f"portal_{name}", f"portal_{name}")

    @classmethod
    def _earn(cls, card, points, departure=None, **values):
        """Let a member stay and spend, and evaluate."""
        departure = departure or date(2026, 11, 1)
        stay = cls._make_departed(card.partner_id, departure, spend=points, **values)
        card._hotel_evaluate()
        return stay
