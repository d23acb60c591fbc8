"""What staff might try on accounts and contacts by remote calls, and do not get."""

from odoo import Command
from odoo.tests import new_test_user, tagged

from .attacks import AttackCase

WRITERS = ("front_office", "food_beverage", "service", "call_agent", "manager", "admin")


@tagged("post_install", "-at_install")
class TestAttacksOnAccounts(AttackCase):
    def test_nobody_gives_himself_properties_or_roles(self):
        for user in (self.clerk, self.manager, self.admin):
            for values in (
                {"hotel_all_properties": True},
                {"hotel_property_ids": [Command.link(self.other_hotel.id)]},
                {"hotel_property_id": self.hotel.id, "hotel_all_properties": True},
                {"company_ids": [Command.link(self.other_company.id)]},
                {"group_ids": [Command.link(self.env.ref("hotel_crm_base.group_identity").id)]},
                {"group_ids": [Command.link(self.env.ref("base.group_system").id)]},
            ):
                self.assertRefused(user, "res.users", "write", user.ids, values)
            groups = self.env.ref("hotel_crm_base.group_identity")
            self.assertRefused(user, "res.groups", "write", groups.ids, {"user_ids": [Command.link(user.id)]})
        self._call(self.clerk, "res.users", "write", self.clerk.ids, {"hotel_property_id": self.other_hotel.id})
        self.assertEqual(self.clerk._get_hotel_property(), self.hotel, "a property not seen is not worked at")

    def test_no_role_takes_over_the_account_of_a_colleague_who_is_a_guest(self):
        system = self.env.ref("base.user_admin")
        colleagues = (system.partner_id, self.clerk.partner_id)
        for colleague in colleagues:
            colleague.is_hotel_guest = True
            for role in WRITERS:
                user = self._make_user(role)
                for values in ({"email": "evil@example.com"}, {"name": "Evil"}, {"phone": "+351912345678"}):
                    self.assertRefused(user, "res.partner", "write", colleague.ids, values)

    def test_not_even_an_archived_account(self):
        self.clerk.partner_id.is_hotel_guest = True
        self.clerk.active = False
        self.assertRefused(
            self.manager, "res.partner", "write", self.clerk.partner_id.ids, {"email": "evil@example.com"}
        )

    def test_a_guest_with_an_account_may_be_changed_and_it_is_noted(self):
        portal = new_test_user(self.env, login="ana", groups="base.group_portal", partner_id=self.guest.id)
        self._call(self.clerk, "res.partner", "write", self.guest.ids, {"email": "new@example.com"})
        self.assertEqual(portal.email, "new@example.com")
        entry = self.env["hotel.access.log"].search([("partner_id", "=", self.guest.id)], limit=1)
        self.assertEqual((entry.action, entry.field_names, entry.user_id), ("write", "email", self.clerk))

    def test_nobody_makes_accounts_through_guests(self):
        login = {"name": "Evil", "login": "evil", "group_ids": [Command.link(self.env.ref("base.group_system").id)]}
        for user in (self.clerk, self.manager, self.admin):
            for command in (Command.create(login), Command.link(self.env.ref("base.user_admin").id)):
                values = {"name": "Evil", "is_hotel_guest": True, "user_ids": [command]}
                self.assertRefused(user, "res.partner", "create", values)
                self.assertRefused(user, "res.partner", "write", self.guest.ids, {"user_ids": [command]})
            self.assertRefused(user, "res.users", "create", login)


@tagged("post_install", "-at_install")
class TestAttacksOnContacts(AttackCase):
    def test_no_role_makes_a_guest_of_a_supplier_or_changes_one(self):
        for role in WRITERS:
            user = self._make_user(role)
            for values in ({"is_hotel_guest": True}, {"phone": "+351912345678"}, {"name": "Evil"}, {"active": False}):
                self.assertRefused(user, "res.partner", "write", self.supplier.ids, values)
            for command in (
                Command.link(self.supplier.id),
                Command.update(self.supplier.id, {"name": "Evil"}),
                Command.delete(self.supplier.id),
            ):
                self.assertRefused(user, "res.partner", "write", self.guest.ids, {"child_ids": [command]})
            self.assertRefused(user, "res.partner", "unlink", self.supplier.ids)
        self.assertEqual((self.supplier.name, self.supplier.parent_id.id), ("Laundry", False))

    def test_no_role_touches_bank_accounts_prices_or_terms(self):
        terms = self.env["account.payment.term"].search([], limit=1)
        pricelist = self.env["product.pricelist"].search([], limit=1) or self.env["product.pricelist"].create(
            {"name": "Friends"}
        )
        for user in (self.clerk, self.manager, self.admin):
            for values in (
                {"bank_ids": [Command.create({"acc_number": "PT50 0002 0123 1234 5678 9015 4"})]},
                {"property_payment_term_id": terms.id},
                {"property_product_pricelist": pricelist.id},
                {"specific_property_product_pricelist": pricelist.id},
                {"credit_limit": 1_000_000},
                {"customer_rank": 5},
                {"hotel_registered_at": "2000-01-01 00:00:00"},
                {"hotel_birth_mmdd": 101},
            ):
                self.assertRefused(user, "res.partner", "write", self.guest.ids, values)
                self.assertRefused(user, "res.partner", "create", {"name": "Evil", "is_hotel_guest": True, **values})
            bank = {"acc_number": "PT50", "partner_id": self.guest.id}
            self.assertRefused(user, "res.partner.bank", "create", bank)

    def test_only_managers_archive_move_or_rename_the_number_of_a_guest(self):
        other_company = {"company_id": self.other_company.id}
        for values in (
            {"active": False},
            {"company_id": self.hotel.company_id.id},
            {"parent_id": self.supplier.id},
            {"is_hotel_guest": False},
            {"hotel_guest_code": "1"},
            other_company,
        ):
            self.assertRefused(self.clerk, "res.partner", "write", self.guest.ids, values)
        self.assertRefused(self.clerk, "res.partner", "action_archive", self.guest.ids)
        self.assertRefused(self.clerk, "res.partner", "unlink", self.guest.ids)
        self.assertRefused(self.manager, "res.partner", "unlink", self.guest.ids)
        self._call(self.manager, "res.partner", "write", self.guest.ids, {"active": False})
        self.assertFalse(self.guest.active)

    def test_saving_a_form_with_values_that_stay_the_same_is_no_attack(self):
        same = {"active": True, "company_id": False, "parent_id": False, "is_hotel_guest": True, "comment": "x"}
        self._call(self.clerk, "res.partner", "write", self.guest.ids, same)
        made = self._call(self.clerk, "res.partner", "create", {"name": "Eva", **same})
        self.assertTrue(self.env["res.partner"].browse(made).hotel_guest_code)

    def test_defaults_in_the_context_are_values_too(self):
        for name, value in (("hotel_guest_code", "1"), ("company_id", self.other_company.id), ("user_ids", [(4, 2)])):
            context = {f"default_{name}": value}
            values = {"name": "Evil", "is_hotel_guest": True}
            self.assertRefused(self.clerk, "res.partner", "create", values, context=context)

    def test_no_role_makes_contacts_that_are_no_guests(self):
        for role in WRITERS:
            self.assertRefused(self._make_user(role), "res.partner", "create", {"name": "Evil Supplier"})

    def test_blocks_are_for_managers_and_approvers_through_every_door(self):
        block = {"hotel_block_reason": "conduct"}
        self.assertRefused(self.clerk, "res.partner", "write", self.guest.ids, block)
        self.assertRefused(self.clerk, "res.partner", "create", {"name": "E", "is_hotel_guest": True, **block})
        context = {"default_hotel_block_reason": "conduct"}
        guest = {"name": "E", "is_hotel_guest": True}
        self.assertRefused(self.clerk, "res.partner", "create", guest, context=context)
