"""Who may do what with reports and books, and whose they see."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.hotel_crm_base.tests.common import ROLES

from .books_common import BooksCase

#: model -> role: letters as in the roles table of the base; who is not named may nothing
READ = {"marketing": "r", "finance": "r", "manager": "r", "admin": "r"}
BOOKS = {"finance": "r", "manager": "r", "admin": "r"}
SYSTEM = {"admin": "r"}
EXPECTED = {
    "hotel.loyalty.move.report": READ,
    "hotel.loyalty.member.report": READ,
    "hotel.loyalty.liability.report": READ,
    "hotel.loyalty.vintage": READ,
    "hotel.loyalty.vintage.age": READ,
    "hotel.loyalty.figure.day": READ,
    "hotel.loyalty.figure.member": SYSTEM,
    "hotel.loyalty.figure.queue": SYSTEM,
    "hotel.loyalty.figure.member.queue": SYSTEM,
    "hotel.loyalty.point.value": {"marketing": "r", "finance": "rwcd", "manager": "rwcd", "admin": "rwcd"},
    "hotel.loyalty.book": {"finance": "rwc", "manager": "rwc", "admin": "rwcd"},
    "hotel.loyalty.closing": BOOKS,
    "hotel.loyalty.closing.line": BOOKS,
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestBooksSecurity(BooksCase):
    def test_every_role_may_do_what_is_written_here_and_no_more(self):
        self.maxDiff = None
        for role in ROLES:
            user = self._make_user(role)
            for model, letters in EXPECTED.items():
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if self.env[model].with_user(user).has_access(operation)
                )
                self.assertEqual(found, letters.get(role, ""), f"{model} for {role}")

    def test_all_views_open_for_those_who_read(self):
        for model, letters in EXPECTED.items():
            actions = self.env["ir.actions.act_window"].search([("res_model", "=", model)])
            for role in set(letters) & {"marketing", "finance", "admin"}:
                mine = self.env[model].with_user(self._make_user(role))
                for kind in {kind for action in actions for kind in action.view_mode.split(",")}:
                    mine.get_views([(False, kind), (False, "search")])
                if actions:
                    mine.web_search_read([], {"display_name": {}}, limit=5)

    def test_guests_and_strangers_get_nothing(self):
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, login=f"no_{group}", groups=group)
            for model in EXPECTED:
                for operation in OPERATIONS.values():
                    self.assertFalse(self.env[model].with_user(user).has_access(operation), f"{model} for {group}")

    def test_books_are_seen_by_their_company_only(self):
        self._make_value(0.01)
        self._make_lot(self._make_card(), 100, date(2026, 1, 5), self.hotel)
        book = self._make_book()
        closing = self._close(book, date(2026, 2, 1))
        own, stranger = self._make_user("finance"), self._make_user("manager", self.other_hotel)
        for record in (book, closing, closing.line_ids):
            domain = [("id", "in", record.ids)]
            self.assertEqual(record.with_user(own).search(domain), record)
            theirs = record.with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
            self.assertFalse(theirs.search(domain), record._name)
            with self.assertRaises(AccessError):
                theirs.read(["display_name"])

    def test_a_value_for_several_companies_is_set_by_managers(self):
        shared, own = self._make_value(0.01), self._make_value(0.02, company=self.company)
        other = self._make_value(0.03, company=self.other_company)
        finance, manager = self._make_user("finance"), self._make_user("manager")
        own.with_user(finance).amount = 0.025
        shared.with_user(manager).amount = 0.015
        self.assertEqual(shared.with_user(finance).amount, 0.015)
        with self.assertRaises(AccessError):
            shared.with_user(finance).amount = 0.5
        with self.assertRaises(AccessError):
            other.with_user(manager).read(["amount"])

    def test_finance_fills_the_books_in_without_rights_on_accounting(self):
        clerk = self._make_user("finance")
        vals = self._make_accounts(self.company)
        book = self.env["hotel.loyalty.book"].with_user(clerk).create({"program_id": self.program.id, **vals})
        [read] = book.web_read({"issue_account_id": {"fields": {"display_name": {}}}})
        self.assertEqual(read["issue_account_id"]["id"], vals["issue_account_id"])
        self.assertFalse(self.env["account.move"].with_user(clerk).has_access("read"))
        with self.assertRaises(AccessError):
            book.issue_account_id.with_user(clerk).write({"name": "Mine"})
