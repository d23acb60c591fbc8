"""What tests of amends share: a guest in house with a folio and a card, a clerk, an approver."""

from datetime import date

from odoo.addons.hotel_crm_base.tests.booking.folio_common import FolioMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

from ..case_common import CaseMakers


class AmendMakers(CaseMakers, FolioMakers, LoyaltyMakers):
    """Makers of amends, on the environment of the class."""

    @classmethod
    def _make_amend_scene(cls):
        cls.hotel.business_date = date(2026, 5, 1)
        cls._make_folio_scene()
        cls.program = cls._make_program()
        cls.card = cls._make_member(cls.guest)
        cls.desk = cls._make_department("Desk", is_fallback=True)
        cls.env["hotel.amend.limit"].search([]).unlink()
        for role, amount in (("front_office", 30), ("service", 30), ("finance", 30), ("manager", 500)):
            cls.env["hotel.amend.limit"].create({"role": role, "amount": amount})
        cls.clerk = cls._make_user("service")
        cls.manager = cls._make_user("manager")
        cls.approver = cls._make_user("finance+approver")

    @classmethod
    def _make_type(cls, kind, cost=0.0, **values):
        return cls.env["hotel.amend.type"].create({"name": kind, "kind": kind, "unit_cost": cost, **values})

    @classmethod
    def _make_guest_case(cls, **values):
        return cls._make_case(**{"partner_id": cls.guest.id, "department_id": cls.desk.id, **values})

    @classmethod
    def _ask(cls, case, kind, user=None, **values):
        """Ask for amends as a member of staff does."""
        amends = cls.env["hotel.amend"].with_user(user or cls.clerk)
        return amends.create({"case_id": case.id, "type_id": kind.id, **values})
