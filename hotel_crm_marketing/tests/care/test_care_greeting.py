"""Greetings: through the gate, each once, on the first channel that is open, with a present."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

from .care_common import CareCase
from .test_care_days import TODAY


@tagged("post_install", "-at_install")
class TestCareGreeting(CouponMakers, CareCase):
    def _messages(self, rule):
        greetings = self.env["hotel.care.greeting"].search([("rule_id", "=", rule.id)])
        return self.env["hotel.message"].search(
            [("dedupe_key", "like", "care/%"), ("partner_id", "in", greetings.partner_id.ids)]
        )

    def test_a_greeting_arrives_with_its_coupon_and_once(self):
        program = self._make_coupons(name="Birthday present")
        rule = self._make_rule(program_id=program.id, property_id=self.hotel.id)
        guest = self._make_friend(hotel_birth_date="1980-05-11")
        self._greet()
        mails = self._deliver()
        self.assertEqual([mail["To"] for mail in mails], [f"Ana Costa <{guest.email}>"])
        card = self.env["loyalty.card"].search([("partner_id", "=", guest.id)])
        self.assertIn(card.code, self._get_text(mails[0]))
        self.assertIn("Harbour Hotel", mails[0]["Subject"])
        self._greet()
        self.assertEqual(len(self._messages(rule)), 1)
        self.assertEqual(self.env["loyalty.card"].search([("partner_id", "=", guest.id)]), card)

    def test_the_next_channel_is_tried_and_then_the_portal(self):
        rule = self._make_rule(portal_text="Happy birthday")
        birth = {"hotel_birth_date": "1980-05-11"}
        by_mail, by_sms = self._make_friend("Mail", **birth), self._make_friend("Text", email=False, **birth)
        silent = self._make_friend("Silent", purposes=(), **birth)
        blocked = self._make_friend("Blocked", **birth)
        blocked.write({"hotel_block_reason": "other"} if "hotel_block_reason" in blocked._fields else {})
        self._greet()
        found = {greeting.partner_id: (greeting.state, greeting.channel) for greeting in rule.greeting_ids}
        self.assertEqual(found[by_mail], ("asked", "email"))
        self.assertEqual(found[by_sms], ("asked", "sms"))
        self.assertEqual(found[silent], ("portal", "portal"))
        self.assertEqual(found[blocked][0], "refused")
        self.assertEqual(silent._get_portal_greetings().rule_id, rule)
        self.assertFalse(blocked._get_portal_greetings())

    def test_of_two_rules_for_one_birthday_the_first_greets(self):
        guest = self._make_friend(hotel_birth_date="1980-05-11")
        second, first = self._make_rule(sequence=20), self._make_rule(sequence=10)
        self._greet()
        self.assertEqual((self._get_greeted(first), self._get_greeted(second)), (guest, self.env["res.partner"]))

    def test_stopping_a_rule_stops_what_has_not_left(self):
        rule = self._make_rule()
        self._make_friend(hotel_birth_date="1980-05-11")
        self._greet()
        rule.action_stop()
        self.assertFalse(self._deliver())
        self.assertEqual(self._messages(rule).mapped("reason_code"), ["outdated"])
        self._make_friend("Later", hotel_birth_date="1980-05-11")
        self._greet()
        self.assertEqual(len(rule.greeting_ids), 1)

    def test_a_cancelled_stay_is_not_looked_forward_to(self):
        self._make_rule("before_arrival", offset_days=-3)
        stay = self._make_stay(self._make_friend(), arrival=TODAY + timedelta(days=3), state="booked")
        self._greet()
        stay.state = "cancelled"
        self.assertFalse(self._deliver())

    def test_a_rule_with_a_broken_audience_does_not_keep_the_others(self):
        segment = self.env["hotel.segment"].create(
            {"name": "Broken", "company_ids": [(6, 0, self.hotel.company_id.ids)]}
        )
        segment.rule_ids = [(0, 0, {"criterion": "guest", "domain": "[('name', 'ilike', 'x')]"})]
        self._make_rule(segment_id=segment.id, sequence=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hotel_segment_rule SET domain = %s WHERE segment_id = %s", ["[('nix','=',1)]", segment.id]
        )
        self.env.invalidate_all()
        rule, guest = self._make_rule(), self._make_friend(hotel_birth_date="1980-05-11")
        with self.assertLogs("odoo.addons.hotel_crm_marketing.models.care.hotel_care_rule_select", "WARNING"):
            self._greet()
        self.assertEqual(self._get_greeted(rule), guest)

    def test_the_number_of_queries_does_not_grow_with_the_guests(self):
        rule, counts = self._make_rule(program_id=self._make_coupons().id), []
        for number in (5, 40):
            for each in range(number):
                self._make_friend(f"Guest {each}", hotel_birth_date="1980-05-11")
            rule._query_select()
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.env["hotel.care.greeting"]._take(500)._greet()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_a_rule_without_words_does_not_start(self):
        rule = self._make_rule()
        rule.action_stop()
        rule.sms_template_id = False
        with self.assertRaises(UserError):
            rule.action_start()

    def _ask_why(self, guest, rule):
        return self.env["hotel.care.why"].create({"partner_id": guest.id, "rule_id": rule.id}).answer

    def test_why_a_guest_got_nothing(self):
        rule = self._make_rule()
        greeted = self._make_friend(hotel_birth_date="1980-05-11")
        silent = self._make_friend("Silent", purposes=(), hotel_birth_date="1980-05-11")
        other = self._make_friend("Other", hotel_birth_date="1980-05-12")
        self.assertIn("not looked for yet", self._ask_why(greeted, rule))
        self._greet()
        self.assertIn("Given to the Gate", self._ask_why(greeted, rule))
        self.assertIn("has not agreed", self._ask_why(silent, rule))
        self.assertIn("Today is not the day", self._ask_why(other, rule))
        rule.action_stop()
        self.assertIn("not running", self._ask_why(greeted, rule))
        self.assertIn("greeting", str(greeted._hotel_export()).lower())

    def test_greetings_of_former_years_are_forgotten(self):
        rule = self._make_rule()
        self._make_friend(hotel_birth_date="1980-05-11")
        self._greet()
        greetings = rule.greeting_ids
        greetings._gc_greetings()
        self.assertTrue(greetings.exists())
        self.env.cr.execute("UPDATE hotel_care_greeting SET create_date = '2025-01-01' WHERE id = %s", [greetings.id])
        self.env.invalidate_all()
        self.env["hotel.care.greeting"]._gc_greetings()
        self.assertFalse(greetings.exists())
