"""Who sees and does what with folios."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .folio_common import FolioCase

STAFF = ("housekeeping", "food_beverage", "service", "call_agent", "marketing")
CASHIERS = ("front_office", "finance", "manager")


@tagged("post_install", "-at_install")
class TestFolioRights(FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.annex = cls._make_property(name="Annex", code="ANNE")
        cls.reservation = cls._make_in_house(nights=1)
        cls.folio = cls.reservation.folio_ids
        cls.charge = cls.reservation.stay_ids._post_charge(cls.restaurant, "food", "Dinner", 40.0)

    def test_cashiers_read_the_folios_of_their_properties_and_write_none(self):
        shop = self.env["sale.order"].create({"partner_id": self.guest.id})
        for role in CASHIERS:
            mine = self.folio.with_user(self._make_user(role))
            self.assertEqual(mine.read(["amount_total"])[0]["amount_total"], 155.0)
            self.assertTrue(mine.order_line.read(["price_total"]))
            self.assertEqual(mine.search([("id", "in", (shop | self.folio).ids)]), mine)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(operation), (role, operation))
                self.assertFalse(mine.order_line.has_access(operation), (role, operation))
            stranger = self.folio.with_user(self._make_user(role, self.annex))
            self.assertFalse(stranger.search([("id", "=", self.folio.id)]))
            with self.assertRaises(AccessError):
                stranger.read(["amount_total"])

    def test_others_read_no_folio_and_no_money(self):
        for role in ("housekeeping", "food_beverage", "marketing"):
            user = self._make_user(role)
            for record in (self.folio, self.folio.order_line):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["name"])
            for name in ("amount_total", "amount_paid", "balance", "deposit_due"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    self.reservation.with_user(user).read([name])

    def test_only_cashiers_of_the_property_do_anything(self):
        journal = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        strangers = [self._make_user(role) for role in STAFF] + [
            self._make_user(role, self.annex) for role in CASHIERS
        ]
        for user in strangers:
            folio = self.folio.with_user(user)
            for action in (
                folio.action_hotel_pay,
                folio.action_hotel_split,
                folio.action_hotel_bill_now,
                folio.action_hotel_bill_later,
            ):
                with self.assertRaises(AccessError, msg=user.login):
                    action()
            for model, values, method in (
                (
                    "hotel.folio.payment",
                    {"folio_id": self.folio.id, "amount": 1, "journal": str(journal.id)},
                    "action_pay",
                ),
                ("hotel.folio.split", {"reservation_id": self.reservation.id, "target": "rooms"}, "action_split"),
                ("hotel.folio.correct", {"line_id": self.charge.id, "reason": "x"}, "action_correct"),
                (
                    "hotel.folio.charge",
                    {"stay_id": self.reservation.stay_ids.id, "description": "x", "amount": 1},
                    "action_post",
                ),
                ("hotel.stay.checkout", {"stay_id": self.reservation.stay_ids.id}, "action_check_out"),
            ):
                with self.assertRaises(AccessError, msg=(user.login, model)):
                    getattr(self.env[model].with_user(user).create(values), method)()
        self.assertEqual(self.reservation.amount_paid, 0)
        self.assertEqual(self.folio.amount_total, 155.0)

    def test_the_front_office_takes_money_and_checks_out_without_rights_on_the_books(self):
        clerk = self._make_user("front_office")
        self.assertFalse(self.env["account.move"].with_user(clerk).has_access("read"))
        stay = self.reservation.stay_ids.with_user(clerk)
        self._sleep(self.hotel)
        wizard = self.env["hotel.stay.checkout"].with_user(clerk).create({"stay_id": stay.id})
        self.assertEqual(wizard.amount_due, 155.0)
        wizard.journal = wizard.env["hotel.folio.payment"]._get_journals()[0][0]
        wizard.action_pay()
        wizard.action_check_out()
        self.assertEqual(stay.state, "departed")
        self.assertEqual(self.folio.invoice_ids.state, "posted")
        self.assertEqual(self.reservation.balance, 0)
        with self.assertRaises(AccessError):
            self.folio.invoice_ids.with_user(clerk).read(["name"])

    def test_only_managers_leave_a_balance_open(self):
        self._sleep(self.hotel)
        stay = self.reservation.stay_ids
        for role, error in (("front_office", AccessError), ("manager", None)):
            user = self._make_user(role)
            wizard = self.env["hotel.stay.checkout"].with_user(user).create({"stay_id": stay.id, "is_override": True})
            if error:
                with self.assertRaises(error):
                    wizard.action_check_out()
                with self.assertRaises(UserError):
                    stay.with_user(user).with_context(hotel_open_balance=1).write({"state": "departed"})
            else:
                wizard.action_check_out()
        self.assertEqual(stay.state, "departed")
        self.assertEqual(self.reservation.balance, 155.0)

    def test_the_outlet_posts_to_a_room_and_sees_no_money(self):
        waiter = self._make_user("food_beverage")
        stays = self.env["hotel.stay"].with_user(waiter)
        room = self.reservation.stay_ids.room_id
        for number, name in (
            (room.name, "Rui"),
            (room.name, ""),
            (room.name, "A"),
            (room.name, "os"),
            ("999", "Costa"),
            ("", "Costa"),
            ("%", "Costa"),
        ):
            with self.assertRaises(UserError, msg=(number, name)):
                stays._find_in_house(self.hotel, number, name)
        for name in ("Costa", "costa", " ANA  COSTA ", "Ána"):
            self.assertEqual(stays._find_in_house(self.hotel, room.name, name).id, self.reservation.stay_ids.id)
        stay = stays._find_in_house(self.hotel, room.name, "Costa")
        line = stay._post_charge(self.restaurant.with_user(waiter), "food", "Lunch", 20.0, "B-7")
        self.assertEqual(line.price_total, 20.0)
        with self.assertRaises(AccessError):
            line.with_user(waiter).sudo(False).read(["price_total"])
        self.reservation.stay_ids.is_no_post = True
        with self.assertRaises(UserError):
            stays._find_in_house(self.hotel, room.name, "Costa")
        with self.assertRaises(UserError):
            stays._find_in_house(self.other_hotel, room.name, "Costa")

    def test_guests_read_their_own_folio_only_and_write_none(self):
        ana = new_test_user(self.env, login="ana", groups="base.group_portal", partner_id=self.guest.id)
        rui = new_test_user(self.env, login="rui", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        self.assertTrue(self.folio.with_user(ana).read(["amount_total"]))
        for user in (rui, public):
            with self.assertRaises(AccessError):
                self.folio.with_user(user).read(["amount_total"])
        for user in (ana, rui, public):
            folio = self.folio.with_user(user)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(folio.has_access(operation))
            for action in (folio.action_hotel_pay, folio.action_hotel_bill_now, folio.action_hotel_bill_later):
                with self.assertRaises(AccessError):
                    action()
