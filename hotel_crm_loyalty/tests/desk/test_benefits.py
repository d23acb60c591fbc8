from datetime import timedelta

from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.booking.quote_common import QuoteMakers

from .desk_common import TODAY, DeskCase


@tagged("post_install", "-at_install")
class TestBenefits(DeskCase):
    def _arrive(self, guest=None, **values):
        values = {"arrival": TODAY, "room_type_id": self.room_type.id, **values}
        return self._make_stay(guest or self.guest, **values)

    def _open_check_in(self, stay):
        action = stay.with_user(self.clerk).action_open_check_in()
        return Form(self.env["hotel.stay.checkin"].with_user(self.clerk).with_context(**action["context"]))

    def test_flags_name_the_tier_and_its_benefits(self):
        self._give_tier(self.card, "gold")
        texts = [text for level, text in self.guest._get_hotel_flags() if level == "info"]
        self.assertEqual(texts[0], f"{self.program.name}: Gold")
        self.assertIn("Late check-out until 16:00", texts[1])

    def test_the_arrival_list_shows_them_with_the_same_queries_for_many(self):
        counts = []
        for number in (1, 2, 20):  # the first one fills the caches
            for place in range(number):
                card = self._make_member(self._make_guest(f"Member {number}.{place}"))
                self._give_tier(card, "silver")
                self._arrive(card.partner_id)
            self.env.flush_all()
            desk = self.env["hotel.front.desk"].with_user(self.clerk)
            desk.get_day(self.hotel.id)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            day = desk.get_day(self.hotel.id)
            counts.append(self.env.cr.sql_log_count - before)
            for row in day["arrivals"]["rows"]:
                self.assertIn(("info", f"{self.program.name}: Silver"), row["flags"])
        self.assertEqual(counts[1], counts[2])

    def test_what_is_given_at_the_check_in_is_noted_and_the_late_check_out_holds(self):
        self._give_tier(self.card, "gold")
        self._make_room(self.room_type)
        suite = self._make_room_type(self.hotel, name="Suite", list_price=500.0)
        self._make_room(suite, name="900")
        stay = self._arrive()
        form = self._open_check_in(stay)
        self.assertEqual(form.member_text, f"{self.program.name}: Gold")
        self.assertIn("900", form.upgrade_text)
        for place, given in enumerate((True, False, True)):
            with form.benefit_ids.edit(place) as line:
                line.is_given = given
        form.save().action_check_in()
        self.assertEqual((stay.state, stay.hotel_late_check_out), ("in_house", 16.0))
        records = self.env["hotel.service.record"].search([("stay_id", "=", stay.id)])
        self.assertEqual(set(records.kind_id.mapped("code")), {"late_checkout", "welcome_gift"})
        self.assertEqual(records.user_id, self.clerk)
        rows = self.env["hotel.front.desk"].with_user(self.clerk).get_day(self.hotel.id)["in_house"]["rows"]
        self.assertIn(["warning", "Check-out until 16:00"], [list(flag) for flag in rows[0]["flags"]])

    def test_nobody_gets_benefits_that_are_not_his(self):
        self._make_room(self.room_type)
        stay = self._arrive(self._make_guest("No Member"))
        form = self._open_check_in(stay)
        self.assertFalse(form.member_text)
        wizard = form.save()
        self.env["hotel.stay.checkin.benefit"].with_user(self.clerk).create(
            {
                "checkin_id": wizard.id,
                "code": "late_checkout_23",
                "kind": "late_checkout",
                "name": "Late",
                "is_given": True,
            }
        )
        wizard.action_check_in()
        self.assertFalse(stay.hotel_late_check_out)
        self.assertFalse(self.env["hotel.service.record"].search([("stay_id", "=", stay.id)]))

    def test_members_with_upgrades_choose_a_room_before_others(self):
        self._give_tier(self.card, "gold")
        other = self._arrive(self._make_guest("Other"))
        stay = self._arrive()
        vip = self._arrive(self._make_guest("V", hotel_vip_code_id=self.env.ref("hotel_crm_base.hotel_vip_code_v1").id))
        ranks = [each._get_choice_rank() for each in (other, stay, vip)]
        self.assertEqual(ranks, sorted(ranks))
        self.assertEqual(len(set(ranks)), 3)
        silver = self._make_member(self._make_guest("Silver"))
        self._give_tier(silver, "silver")
        self.assertEqual(self._arrive(silver.partner_id)._get_choice_rank(), 0, "no upgrade among its benefits")

    def test_a_programme_of_other_hotels_gives_nothing_here(self):
        self._give_tier(self.card, "gold")
        self.program.hotel_property_ids = self.other_hotel
        stay = self._arrive()
        self.assertEqual(stay._get_member_benefits(), [])
        self.assertFalse(self.guest._is_hotel_member(self.hotel))
        self.assertTrue(self.guest._is_hotel_member(self.other_hotel))


@tagged("post_install", "-at_install")
class TestMemberPrices(QuoteMakers, DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_sale(TODAY + timedelta(days=30))

    def test_the_discount_of_the_tier_comes_off_the_rate(self):
        self.assertEqual(self._rates(partner=self.guest), [100.0, 100.0])
        self._give_tier(self.card, "gold")
        self.assertEqual(self._rates(partner=self.guest), [90.0, 90.0])
        self.assertEqual(self._rates(partner=self._make_guest("Other")), [100.0, 100.0])

    def test_a_list_of_the_tier_stands_in_its_place_and_the_guests_own_goes_first(self):
        tier = self._give_tier(self.card, "gold")
        tier.pricelist_id = self._make_pricelist(70.0)
        self.assertEqual(self._rates(partner=self.guest), [70.0, 70.0])
        self.guest.specific_property_product_pricelist = self._make_pricelist(80.0)
        self.assertEqual(self._rates(partner=self.guest), [80.0, 80.0])

    def test_a_plan_for_everybody_keeps_its_list_and_gives_the_discount(self):
        tier = self._give_tier(self.card, "gold")
        tier.pricelist_id = self._make_pricelist(70.0)
        saver = self._make_plan(pricelist_id=self._make_pricelist(60.0).id)
        self.assertEqual(self._rates(partner=self.guest, plan=saver), [54.0, 54.0])

    def test_blackouts_and_conditions_of_the_programme(self):
        self._give_tier(self.card, "gold")
        revision = self.program.hotel_revision_id
        content = {**revision.content}
        version = {**content["versions"][0]}
        version["discount"] = {
            "where": {"op": "not", "nodes": [{"op": "in", "field": "rate", "values": ["SAVER"]}]},
            "blackouts": [{"from_date": self.first.isoformat(), "until_date": self.first.isoformat()}],
        }
        content["versions"] = [version]
        draft = self.env["hotel.loyalty.revision"].create({"program_id": self.program.id, "content": content})
        draft._apply()
        self.assertEqual(self._rates(partner=self.guest), [100.0, 90.0])
        saver = self._make_plan(code="SAVER", pricelist_id=self._make_pricelist(60.0).id)
        self.assertEqual(self._rates(partner=self.guest, plan=saver), [60.0, 60.0])

    def test_member_plans_are_for_holders_of_a_card(self):
        plan = self._make_plan(audience="member", pricelist_id=self._make_pricelist(88.0).id)
        self.assertEqual(self._rates(partner=self.guest, plan=plan)[0], 88.0)
        stranger = self._make_guest("No Member")
        self._make_user("front_office", partner_id=stranger.id)
        self.assertNotIn("member", stranger._get_hotel_audiences(self.hotel))
