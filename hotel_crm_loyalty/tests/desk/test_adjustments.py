from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .desk_common import TODAY, DeskCase


@tagged("post_install", "-at_install")
class TestAdjustments(DeskCase):
    def _adjust(self, user, points, **values):
        form = Form(self.env["hotel.loyalty.adjust"].with_user(user).with_context(default_card_id=self.card.id))
        form.direction = "give" if points > 0 else "take"
        form.points = abs(points)
        form.reason_id = self.reason
        for name, value in values.items():
            form[name] = value
        return form.save().action_adjust()

    def _last(self):
        return self.env["hotel.loyalty.posting"].search([("card_id", "=", self.card.id)], limit=1)

    def test_within_the_limit_of_the_role_points_come_at_once_and_the_guest_is_told(self):
        before = self.card.points
        answer = self._adjust(self.clerk, 500, note="Cold soup")
        self.assertEqual(answer["params"]["type"], "success")
        self.assertEqual(self.card.points, before + 500)
        posting = self._last()
        self.assertEqual((posting.state, posting.user_id, posting.reason_id), ("posted", self.clerk, self.reason))
        message = self.env["hotel.message"].search([("res_model", "=", posting._name), ("res_id", "=", posting.id)])
        self.assertEqual((message.partner_id, message.state, message.channel), (self.guest, "queued", "email"))
        subject, body = message._render()[message]
        self.assertIn("500", body)
        self.assertIn("Cold soup", body)
        self.assertIn(self.program.name, subject)

    def test_above_it_points_wait_until_somebody_else_approves(self):
        before = self.card.points
        answer = self._adjust(self.clerk, 501)
        self.assertEqual((answer["params"]["type"], self.card.points), ("warning", before))
        posting = self._last()
        self.assertEqual(posting.state, "waiting")
        self.assertEqual(posting.activity_ids.user_id, self.approver)
        self.assertFalse(self.env["hotel.message"].search([("res_model", "=", posting._name)]))
        with self.assertRaises(AccessError):
            self._as(self.clerk, posting).action_approve()
        self._as(self.approver, posting).action_approve()
        self.assertEqual((posting.state, posting.approver_id), ("posted", self.approver))
        self.assertEqual(self.card.points, before + 501)
        self.assertFalse(posting.activity_ids)
        self.assertTrue(self.env["hotel.message"].search([("res_model", "=", posting._name)]))
        with self.assertRaises(UserError):
            self._as(self.approver, posting).action_approve()
        self.assertEqual(self.card.points, before + 501)

    def test_who_asked_never_approves_whatever_his_rights(self):
        both = self._make_user("front_office+approver")
        self._adjust(both, 1000)
        posting = self._last()
        self.assertNotIn(both, posting.activity_ids.user_id)
        with self.assertRaises(AccessError):
            self._as(both, posting).action_approve()
        with self.assertRaises(AccessError):
            self._as(both, posting).action_refuse("no")
        self.assertEqual(posting.state, "waiting")

    def test_an_approver_refuses_with_a_reason_and_nothing_is_posted(self):
        before = self.card.points
        self._adjust(self.clerk, 9000)
        posting = self._as(self.approver, self._last())
        for reason in ("", "  ", None, 5):
            with self.assertRaises(UserError):
                posting.action_refuse(reason)
        action = posting.action_open_refusal()
        wizard = Form(self.env["hotel.loyalty.refusal"].with_user(self.approver).with_context(**action["context"]))
        wizard.reason = "Too much"
        wizard.save().action_refuse()
        self.assertEqual((posting.state, posting.refusal), ("refused", "Too much"))
        self.card._hotel_evaluate()
        self.assertEqual(self.card.points, before)
        with self.assertRaises(UserError):
            posting.action_approve()

    def test_points_are_taken_too_but_not_more_than_there_are(self):
        self._give_points(self.card, 400)
        with self.assertRaises(UserError):
            self._adjust(self.clerk, -5000)
        before = self.card.points
        self._adjust(self.clerk, -150)
        self.assertEqual(self.card.points, before - 150)

    def test_the_limit_is_the_widest_of_ones_roles_and_the_programmes_own(self):
        limits = self.env["hotel.loyalty.limit"]
        self.assertEqual(limits._get_limit(self.program, self.clerk), (500, False))
        self.assertEqual(limits._get_limit(self.program, self.manager), (5000, True))
        keeper = self._make_user("housekeeping")
        self.assertEqual(limits._get_limit(self.program, keeper), (0, False))
        self.program.hotel_limit_ids.filtered(lambda limit: limit.role == "front_office").points = 50
        self.assertEqual(limits._get_limit(self.program, self.clerk), (50, False))
        self.program.hotel_limit_ids.unlink()
        self._adjust(self.clerk, 1)
        self.assertEqual(self._last().state, "waiting")

    def test_other_roles_do_not_adjust_and_nobody_posts_by_hand(self):
        for role in ("housekeeping", "food_beverage", "marketing"):
            with self.assertRaises(AccessError):
                self.card.with_user(self._make_user(role))._hotel_adjust(5, self.reason)
        values = {"card_id": self.card.id, "kind": "adjust", "points": 5}
        for user in (self.clerk, self.manager, self.approver):
            with self.assertRaises(AccessError):
                self.env["hotel.loyalty.posting"].with_user(user).create(values)
        self._adjust(self.clerk, 1000)
        posting = self._last()
        for user in (self.clerk, self.manager, self.approver):
            with self.assertRaises(AccessError):
                self._as(user, posting).write({"state": "posted"})

    def test_bad_input_is_refused(self):
        card = self.card.with_user(self.clerk)
        for points in (0, 1.5, True, "5", None, 10**9):
            with self.assertRaises(UserError, msg=points):
                card._hotel_adjust(points, self.reason)
        with self.assertRaises(UserError):
            card._hotel_adjust(5, self.env["hotel.loyalty.reason"])
        with self.assertRaises(UserError):
            card._hotel_adjust(5, self.reason, expiry_date=TODAY)

    def test_an_approver_of_another_hotel_neither_sees_nor_decides(self):
        stranger = self._make_user("finance+approver", self.other_hotel)
        self._adjust(self.clerk, 1000)
        posting = self._last()
        self.assertNotIn(stranger, posting.activity_ids.user_id)
        with self.assertRaises(AccessError):
            self._as(stranger, posting).action_approve()


@tagged("post_install", "-at_install")
class TestTiersGiven(DeskCase):
    def _grant(self, user, code, kind="gifted", **values):
        tier = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == code)
        form = Form(self.env["hotel.loyalty.give.tier"].with_user(user).with_context(default_card_id=self.card.id))
        form.tier_id = tier
        form.kind = kind
        form.reason_id = self.reason
        for name, value in values.items():
            form[name] = value
        return form.save().action_grant()

    def test_a_manager_gives_a_tier_until_a_day_and_the_guest_is_told(self):
        until = date(2026, 12, 31)
        self._grant(self.manager, "gold", "invited", until_date=until)
        self.assertEqual((self.card.hotel_tier_id.code, self.card.hotel_tier_until), ("gold", until))
        grant = self.env["hotel.loyalty.grant"].search([("card_id", "=", self.card.id)])
        message = self.env["hotel.message"].search([("res_model", "=", grant._name), ("res_id", "=", grant.id)])
        subject, body = message._render()[message]
        self.assertIn("Gold", subject)
        self.assertIn("Late check-out", body)

    def test_a_clerk_asks_and_the_tier_comes_with_the_approval(self):
        self._grant(self.clerk, "silver", "matched")
        self.assertEqual(self.card.hotel_tier_id.code, "member")
        grant = self.env["hotel.loyalty.grant"].search([("card_id", "=", self.card.id)])
        self.assertEqual(grant.state, "waiting")
        self.card._hotel_evaluate()
        self.assertEqual(self.card.hotel_tier_id.code, "member", "what waits is no fact")
        self._as(self.approver, grant).action_approve()
        self.assertEqual(self.card.hotel_tier_id.code, "silver")

    def test_only_what_the_rules_of_a_tier_allow(self):
        tiers = {tier.code: tier for tier in self.program.hotel_tier_ids}
        card = self.card.with_user(self.manager)
        for tier, kind in (("silver", "invited"), ("gold", "bought"), ("member", "gifted"), ("silver", "opening")):
            with self.assertRaises(UserError):
                card._hotel_grant(tiers[tier], kind, reason=self.reason)
        with self.assertRaises(UserError):
            card._hotel_grant(tiers["silver"], "gifted", date(2026, 6, 14), self.reason)
        other = self._make_program("btg").hotel_tier_ids[-1]
        with self.assertRaises(UserError):
            card._hotel_grant(other, "gifted", reason=self.reason)
        card._hotel_grant(tiers["gold"], "gifted", reason=self.reason)
        with self.assertRaises(UserError):
            card._hotel_grant(tiers["silver"], "gifted", reason=self.reason)
