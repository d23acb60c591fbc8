"""What staff, guests and passers-by might try on facts and knowledge about guests, and do not get."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .attacks import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksOnFacts(AttackCase):
    def _stay_values(self, **values):
        dates = {"arrival_date": date(2026, 5, 1), "departure_date": date(2026, 5, 3)}
        return {"partner_id": self.guest.id, "property_id": self.hotel.id, **dates, **values}

    def test_facts_are_not_written_into_other_hotels(self):
        sister = self._make_property(name="Annex", code="ANNE")
        stay = self._make_stay(self.guest)
        record = self.env["hotel.service.record"].create(
            {
                "partner_id": self.guest.id,
                "property_id": self.hotel.id,
                "kind_id": self.env["hotel.service.kind"].search([], limit=1).id,
            }
        )
        for hotel in (sister, self.other_hotel):
            values = {"property_id": hotel.id}
            self.assertRefused(self.clerk, "hotel.stay", "create", self._stay_values(**values))
            self.assertRefused(self.clerk, "hotel.stay", "write", stay.ids, values)
            self.assertRefused(self.clerk, "hotel.service.record", "write", record.ids, values)
            charge = {"partner_id": self.guest.id, "description": "x", "amount_gross": 1, **values}
            self.assertRefused(self.clerk, "hotel.consumption", "create", charge)
            self.assertRefused(self.clerk, "hotel.front.desk", "get_day", hotel.id)
            self.assertRefused(self.clerk, "hotel.front.desk", "choose_property", hotel.id)
        room = self._make_room(self.room_type)
        self.assertRefused(self.manager, "hotel.room", "write", room.ids, {"property_id": sister.id})

    def test_the_company_of_a_fact_is_that_of_its_hotel_whatever_is_sent(self):
        forged = self._stay_values(company_id=self.other_company.id)
        stay = self.env["hotel.stay"].browse(self._call(self.clerk, "hotel.stay", "create", forged))
        self.assertEqual(stay.company_id, self.hotel.company_id)
        self._call(self.clerk, "hotel.stay", "write", stay.ids, {"company_id": self.other_company.id})
        self.assertEqual(stay.company_id, self.hotel.company_id)

    def test_the_name_of_a_guest_one_does_not_see_is_not_learnt_by_pointing_at_him(self):
        number = self.foreign_guest.id
        stay = self._make_stay(self.guest)
        preference = self.env["hotel.preference"].search([], limit=1).id
        for model, values in (
            ("hotel.stay", self._stay_values(partner_id=number)),
            ("hotel.stay", self._stay_values(companion_ids=[Command.link(number)])),
            (
                "hotel.consumption",
                {"partner_id": number, "property_id": self.hotel.id, "description": "x", "amount_gross": 1},
            ),
            ("hotel.guest.preference", {"partner_id": number, "preference_id": preference}),
            ("hotel.guest.relation", {"partner_id": self.guest.id, "related_partner_id": number, "kind": "family"}),
            ("hotel.consent", {"partner_id": number, "purpose": "offer", "state": "given"}),
            ("hotel.guest.document", {"partner_id": number, "document_type": "passport"}),
        ):
            self.assertRefused(self.clerk, model, "create", values)
        self.assertRefused(self.clerk, "hotel.stay", "write", stay.ids, {"partner_id": number})
        self.assertRefused(self.clerk, "hotel.stay", "write", stay.ids, {"companion_ids": [Command.link(number)]})
        self.assertEqual(self._call(self.clerk, "res.partner", "hotel_lookup", "Secret Star"), [])
        self.assertRefused(self.clerk, "res.partner", "hotel_open_guest", [number])
        self.assertRefused(self.clerk, "res.partner", "hotel_record_consent", [number], "offer", "email", "given")

    def test_only_managers_record_in_the_name_of_another_system(self):
        foreign = {"source_system": "pms", "source_ref": "1"}
        self.assertRefused(self.clerk, "hotel.stay", "create", self._stay_values(**foreign))
        charge = {"partner_id": self.guest.id, "property_id": self.hotel.id, "description": "x", "amount_gross": -500}
        self.assertRefused(self.clerk, "hotel.consumption", "create", {**charge, **foreign})
        context = {"default_source_system": "pms"}
        self.assertRefused(self.clerk, "hotel.consumption", "create", charge, context=context)
        stay = self._make_stay(self.guest)
        self.assertRefused(self.clerk, "hotel.stay", "write", stay.ids, {"source_system": "pms"})
        imported = self._make_consumption(self.guest, amount=30, **foreign)
        forged = {**charge, "amount_gross": -999, "source_system": "pms", "reversal_of_id": imported.id}
        self.assertRefused(self.clerk, "hotel.consumption", "create", forged)
        self.assertTrue(self._call(self.clerk, "hotel.consumption", "action_reverse", imported.ids, "Wrong guest"))
        self.assertTrue(self._call(self.manager, "hotel.stay", "create", self._stay_values(**foreign)))

    def test_facts_are_not_deleted_or_changed_through_their_guest(self):
        stay = self._make_stay(self.guest, state="in_house")
        charge = self._make_consumption(self.guest)
        document = self.env["hotel.guest.document"].create(
            {"partner_id": self.guest.id, "document_type": "passport", "number_input": "AB123456"}
        )
        commands = {
            "hotel_stay_ids": (Command.delete(stay.id), Command.set([]), Command.clear()),
            "hotel_consumption_ids": (
                Command.delete(charge.id),
                Command.update(charge.id, {"amount_gross": 1}),
                Command.unlink(charge.id),
            ),
            "hotel_document_ids": (Command.delete(document.id),),
        }
        waiter = self._make_user("food_beverage")
        for name, forged in commands.items():
            for command in forged:
                for user in (self.clerk, waiter):
                    self.assertRefused(user, "res.partner", "write", self.guest.ids, {name: [command]})
        update = Command.update(document.id, {"number_input": "ZZ999999"})
        self.assertRefused(waiter, "res.partner", "write", self.guest.ids, {"hotel_document_ids": [update]})

    def test_words_in_a_context_open_no_door(self):
        charge = self._make_consumption(self.guest)
        forged = {"hotel_merge": True, "hotel_erasure": True, "hotel_bulk": True, "su": True, "install_mode": True}
        for user in (self.clerk, self.manager, self.admin):
            self.assertRefused(
                user, "hotel.consumption", "write", charge.ids, {"partner_id": self.supplier.id}, context=forged
            )
        with self.assertRaises(UserError):
            charge.sudo().with_context(**forged).write({"partner_id": self.supplier.id})

    def test_front_office_exports_nothing(self):
        self.assertRefused(self.clerk, "res.partner", "export_data", self.guest.ids, ["name"])
        self.assertRefused(self.clerk, "hotel.stay", "export_data", [], ["partner_id/phone"])


@tagged("post_install", "-at_install")
class TestAttacksByGuests(AttackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, login="ana", groups="base.group_portal", partner_id=cls.guest.id)
        cls.plain = new_test_user(cls.env, login="plain", groups="base.group_user")
        cls.public = cls.env.ref("base.public_user")
        cls.guest.write({"hotel_block_reason": "conduct", "hotel_block_note": "Rude to the cook"})
        cls._make_stay(cls.guest, state="departed")
        cls.hotel_fields = sorted(name for name in cls.env["res.partner"]._fields if name.startswith("hotel_"))

    def test_what_the_hotel_notes_of_a_guest_is_not_read_by_anybody_outside(self):
        for user in (self.portal, self.plain, self.public):
            partner = self.guest if user == self.portal else user.partner_id
            for name in self.hotel_fields:
                self.assertRefused(user, "res.partner", "read", partner.ids, [name])
                self.assertRefused(user, "res.partner", "web_read", partner.ids, {name: {}})
            self.assertFalse(set(self._call(user, "res.partner", "fields_get")) & set(self.hotel_fields))
        self.assertTrue(self._call(self.portal, "res.partner", "read", self.guest.ids, ["name"]))

    def test_nor_through_the_account_of_the_guest(self):
        for name in ("hotel_block_note", "hotel_block_reason", "hotel_birth_date"):
            for user in (self.portal, self.plain):
                self.assertRefused(user, "res.users", "read", self.portal.ids, [name])
                self.assertRefused(user, "res.users", "search", [(name, "!=", False)])

    def test_nor_guessed_by_searching_ordering_or_grouping(self):
        partners = self.env["res.partner"]
        for user in (self.portal, self.plain):
            for name in self.hotel_fields:
                field = partners._fields[name]
                if field.store or field.search:
                    for model, path in (("res.partner", name), ("res.users", f"partner_id.{name}")):
                        if model == "res.users" and user == self.portal:
                            continue
                        self.assertRefused(user, model, "search_count", [(path, "!=", False)])
                        self.assertRefused(user, model, "search_count", ["!", (path, "=", False)])
                if field.store and field.type not in ("one2many", "many2many", "text", "binary", "json"):
                    self.assertRefused(user, "res.partner", "search", [], order=name)
                    self.assertRefused(user, "res.partner", "formatted_read_group", [], [name], ["__count"])
                    self.assertRefused(user, "res.partner", "formatted_read_group", [], [], [f"{name}:count"])

    def test_the_calls_of_the_staff_are_for_the_staff(self):
        for user in (self.portal, self.plain, self.public):
            for model, method, *args in (
                ("res.partner", "hotel_lookup", "Ana"),
                ("res.partner", "hotel_register_guest", {"name": "Evil"}),
                ("res.partner", "hotel_check_new_guest", {"name": "Ana Costa"}),
                ("res.partner", "hotel_record_consent", self.guest.ids, "offer", "email", "given"),
                ("hotel.front.desk", "get_day", self.hotel.id),
                ("hotel.access.log", "search_read", []),
            ):
                self.assertRefused(user, model, method, *args)

    def test_a_guest_changes_nothing_by_remote_calls(self):
        for values in ({"name": "x"}, {"hotel_vip_code_id": 1}, {"is_hotel_guest": False}):
            self.assertRefused(self.portal, "res.partner", "write", self.guest.ids, values)
        self.assertRefused(self.portal, "res.partner", "create", {"name": "x", "is_hotel_guest": True})
