from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.specification import open_view

from ...models import guards
from .desk_common import TODAY, DeskCase

PAGE = "hotel_crm_base.res_partner_view_form_hotel_guest"


@tagged("post_install", "-at_install")
class TestMemberPage(DeskCase):
    def _open_page(self, guest, user):
        form = self.env.ref(PAGE)
        specification = open_view(guest.with_user(user).browse(), form.id, "form")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        values = guest.with_user(user).with_context(bin_size=True).web_read(specification)[0]
        return self.env.cr.sql_log_count - before, values

    def _get_standing(self, user=None, lang="en_US"):
        return self._as(user or self.clerk, self.guest).with_context(lang=lang).hotel_member[0]

    def test_tier_points_and_what_is_missing(self):
        self._make_departed(self.guest, date(2026, 6, 10), nights=4, spend=300)
        self.card._hotel_evaluate()
        standing = self._get_standing()
        self.assertEqual((standing["tier"]["code"], standing["programme"]), ("member", self.program.name))
        self.assertEqual(standing["points"]["available"], int(self.card.points))
        [nights, spend] = [way["needs"][0] for way in standing["ahead"]["ways"]]
        self.assertEqual((nights["have"], nights["need"], nights["missing"], nights["percent"]), ("4", "10", "6", 40))
        self.assertIn("1,200.00", spend["missing"])
        self.assertIn("6 nights", standing["ahead"]["sentence"])
        self.assertIn("Silver", standing["ahead"]["sentence"])
        self.assertIsNone(standing["keep"])
        self.assertTrue(standing["moves"][0]["reason"])

    def test_what_keeps_a_tier_and_what_it_comes_with(self):
        self._give_tier(self.card, "gold")
        standing = self._get_standing()
        self.assertIsNone(standing["ahead"])
        self.assertIn("to keep Gold", standing["keep"]["sentence"])
        kinds = {benefit["kind"]: benefit["hour"] for benefit in standing["tier"]["benefits"]}
        self.assertEqual(kinds, {"late_checkout": 16.0, "upgrade": None, "welcome_gift": None})
        self.assertTrue(standing["decisions"])

    def test_points_by_the_day_on_which_they_expire(self):
        posting = {"card_id": self.card.id, "kind": "adjust", "points": 70, "expiry_date": date(2026, 8, 1)}
        self.env["hotel.loyalty.posting"].create(posting)
        self.card._hotel_evaluate()
        points = self._get_standing()["points"]
        self.assertEqual(points["next_expiry"], {"day": {"date": "2026-08-01", "text": "08/01/2026"}, "points": 70})
        self.assertEqual(sum(row["points"] for row in points["buckets"]), points["available"] + points["pending"])

    def test_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        tiers = self.program.hotel_tier_ids.with_context(**{guards.RULES.key: guards.RULES})
        tiers._sync(self.program, self.program._get_hotel_plan().programme)
        standing = self._get_standing(lang="zh_CN")
        self.assertIn("间夜", standing["ahead"]["sentence"])
        self.assertIn("银卡", standing["ahead"]["sentence"])

    def test_a_guest_without_a_card_costs_one_query_more_at_most(self):
        stranger = self._make_guest("No Member")
        self._open_page(stranger, self.clerk)
        with_member, values = self._open_page(stranger, self.clerk)
        self.assertFalse(values["hotel_member"])
        partners, nothing = type(self.env["res.partner"]), self.env["loyalty.card"]
        self._patch(partners, "_get_hotel_cards", lambda guests: {})
        self._patch(partners, "_get_hotel_cards_at", lambda guest, hotel=None: nothing)
        without, _values = self._open_page(stranger, self.clerk)
        self.assertLessEqual(with_member - without, 1)

    def test_a_long_history_costs_as_many_queries_as_a_short_one(self):
        self._open_page(self.guest, self.clerk)
        few, _values = self._open_page(self.guest, self.clerk)
        for number in range(30):
            self._give_points(self.card, number + 1)
        many, values = self._open_page(self.guest, self.clerk)
        self.assertEqual(few, many)
        self.assertEqual(len(values["hotel_member"][0]["moves"]), 6)

    def test_who_sees_it(self):
        self.assertTrue(self._get_standing(self.manager))
        with self.assertRaises(AccessError):
            self._as(self._make_user("housekeeping"), self.guest).read(["hotel_member"])
        self.program.company_id = self.hotel.company_id
        self.env.flush_all()
        stranger = self._make_user("front_office", self.other_hotel)
        self.card.invalidate_recordset()
        self.assertFalse(self._as(stranger, self.guest).hotel_member)

    def test_joining_at_the_desk_with_consent(self):
        guest = self._make_guest("New Member", email="new@example.com", hotel_birth_date=date(1990, 1, 1))
        form = Form(self.env["hotel.loyalty.join"].with_user(self.clerk).with_context(default_partner_id=guest.id))
        self.assertEqual(form.program_id, self.program)
        wizard = form.save()
        with self.assertRaises(UserError):
            wizard.action_join()
        form.is_agreed = True
        form.has_offers = True
        form.save().action_join()
        card = self.env["loyalty.card"].search([("partner_id", "=", guest.id)])
        self.assertEqual((card.program_id, card.hotel_joined_date), (self.program, TODAY))
        self.assertEqual(set(guest.hotel_consent_ids.mapped("purpose")), {"loyalty", "offer"})
        again = Form(self.env["hotel.loyalty.join"].with_user(self.clerk).with_context(default_partner_id=guest.id))
        self.assertFalse(again.program_id)

    def test_who_is_too_young_does_not_join(self):
        child = self._make_guest("Child", hotel_birth_date=TODAY - timedelta(days=17 * 365))
        form = Form(self.env["hotel.loyalty.join"].with_user(self.clerk).with_context(default_partner_id=child.id))
        form.is_agreed = True
        wizard = form.save()
        with self.assertRaises(UserError) as caught:
            wizard.action_join()
        self.assertIn("18", str(caught.exception))

    def test_several_programmes_of_one_guest(self):
        second = self._make_program("btg", company_id=False)
        self._make_member(self.guest, second)
        standing = self._as(self.clerk, self.guest).hotel_member
        self.assertEqual({row["programme"] for row in standing}, {self.program.name, second.name})

    def test_passing_points_on_within_the_limits(self):
        self._give_points(self.card, 2000)
        friend = self._make_member(self._make_guest("Rui"))
        wizards = self.env["hotel.loyalty.pass.on"].with_user(self.clerk).with_context(default_card_id=self.card.id)
        form = Form(wizards)
        self.assertIn("500", form.rule_text)
        form.receiver_id = friend.partner_id
        form.points = 450
        wizard = form.save()
        with self.assertRaises(UserError):
            wizard.action_transfer()
        before = friend.points
        form.points = 600
        form.save().action_transfer()
        self.assertEqual(friend.points, before + 600)
        form.receiver_id = self._make_guest("Nobody")
        wizard = form.save()
        with self.assertRaises(UserError):
            wizard.action_transfer()

    def test_an_account_is_closed_at_the_members_wish(self):
        self._give_points(self.card, 500)
        item = self._make_item()
        redemption = item._redeem(self.card, self.hotel)
        card = self.card.with_user(self.clerk)
        with self.assertRaises(UserError):
            card.action_hotel_close("Asked for it")
        redemption._cancel("no")
        with self.assertRaises(UserError):
            card.action_hotel_close(" ")
        with self.assertRaises(AccessError):
            self.card.with_user(self._make_user("marketing")).action_hotel_close("x")
        card.action_hotel_close("Asked for it")
        self.assertEqual((self.card.hotel_state, self.card.active, self.card.points), ("closed", False, 0))
        self.assertFalse(self.guest._get_hotel_cards_at())
        with self.assertRaises(UserError):
            self.card._hotel_adjust(5, self.reason)
        again = self._make_member(self.guest, joined=TODAY)
        self.assertNotEqual(again, self.card)

    def test_erasing_and_copying_what_is_known(self):
        self._give_points(self.card, 500)
        redemption = self._make_item()._redeem(self.card, self.hotel, note="for Mum")
        redemption.with_user(self.clerk)._hand_over("Ana Costa")
        claim = self.card._hotel_claim(self.hotel, date(2026, 6, 1), date(2026, 6, 3), "N1", "I slept well")
        self.env["hotel.loyalty.posting"].create({"card_id": self.card.id, "points": 5, "note": "Ana was ill"})
        copy = self.guest._hotel_export()
        self.assertEqual(copy["Claims of Missing Stays"][0]["text"], "I slept well")
        self.assertEqual(copy["Rewards"][0]["received_by"], "Ana Costa")
        points, code = self.card.points, self.card.code
        self.assertEqual((copy["Cards"][0]["code"], copy["Cards"][0]["points"]), (code, points))
        self.assertIn(500, [row["points"] for row in copy["Points"]])
        self.guest._hotel_anonymize()
        self.assertNotIn(code, (self.card.code, self.card.hotel_code_key))
        self.assertFalse(claim.text or claim.number or redemption.signed_by or redemption.note)
        self.assertFalse(any(self.env["hotel.loyalty.posting"].search([]).mapped("note")))
        self.assertEqual((self.card.points, redemption.points), (points, 300))
