"""Prize draws: fixed before, recomputed by a script that knows nothing of us, handed over once."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

from ... import prize_draw
from ..campaign.campaign_common import CampaignMakers
from ..care.care_common import CareCase

#: written from the rule as the page states it, with nothing of ours
SCRIPT = """
import hashlib, json, sys
sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
drawn = json.load(sys.stdin)
assert sha(drawn["seed"]) == drawn["commitment"], "another seed than was promised"
entries = sorted(drawn["entries"])
key = sha(drawn["seed"] + ":" + sha("\\n".join(entries)))
order = sorted(entries, key=lambda entry: sha(key + ":" + entry))
prizes = [prize["id"] for prize in drawn["prizes"] for _one in range(prize["stock"])]
print(json.dumps([{"entry": entry, "prize": prize} for entry, prize in zip(order, prizes)]))
"""


@tagged("post_install", "-at_install")
class TestPrizeDraw(CouponMakers, CampaignMakers, CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketer = cls._make_user("marketing")
        cls.coupons = cls._make_coupons()

    def _make_drawing(self, guests=12):
        campaign = self._make_campaign("planned", hotel_kind="draw", hotel_start_date=date(2026, 5, 1))
        campaign.hotel_prize_ids = [
            (0, 0, {"name": "Weekend for two", "stock": 1, "sequence": 1}),
            (0, 0, {"name": "Ten off", "stock": 2, "sequence": 2, "program_id": self.coupons.id}),
        ]
        campaign.hotel_approved_by_id = self.env.user
        campaign.action_hotel_publish()
        for number in range(guests):
            campaign._sign_up(self._make_friend(f"Guest {number}"))
        return campaign

    def _recompute(self, campaign):
        """Let another process, which loads nothing of ours, find the winners from what the page publishes."""
        published = json.dumps(campaign._get_hotel_draw())
        answer = subprocess.run([sys.executable, "-I", "-c", SCRIPT], input=published, capture_output=True, text=True)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return json.loads(answer.stdout)

    def test_anybody_recomputes_the_winners(self):
        campaign = self._make_drawing()
        commitment = campaign.hotel_draw_commitment
        self.assertFalse(campaign.hotel_draw_seed)
        campaign.hotel_state = "ended"
        campaign.with_user(self.marketer).action_hotel_draw()
        self.assertEqual(prize_draw.commit(campaign.hotel_draw_seed), commitment)
        self.assertEqual(self._recompute(campaign), campaign._get_hotel_draw()["winners"])
        self.assertEqual(campaign.hotel_win_ids.prize_id.mapped("name"), ["Weekend for two", "Ten off"])
        self.assertEqual(len(campaign.hotel_win_ids.signup_id), 3)
        # no names among what is published
        self.assertNotIn("Guest", json.dumps(campaign._get_hotel_draw()))

    def test_winners_are_told_and_get_their_coupons(self):
        campaign = self._make_drawing()
        campaign.hotel_state = "ended"
        self._deliver()
        self.emails.clear()
        campaign.action_hotel_draw()
        mails = self._deliver()
        self.assertEqual(
            {mail["Subject"] for mail in mails}, {"You have won: Weekend for two", "You have won: Ten off"}
        )
        cards = campaign.hotel_win_ids.card_id
        self.assertEqual(cards.partner_id, campaign.hotel_win_ids[1:].partner_id)

    def test_the_secret_is_nobody_s_to_read_before_and_the_draw_is_made_once(self):
        campaign = self._make_drawing()
        for role in ("marketing", "manager", "finance+approver"):
            with self.subTest(role), self.assertRaises(AccessError):
                campaign.with_user(self._make_user(role)).read(["hotel_draw_secret"])
        with self.assertRaises(UserError):
            campaign.with_user(self.marketer).action_hotel_draw()
        campaign.hotel_state = "ended"
        with self.assertRaises(AccessError):
            campaign.with_user(self._make_user("front_office")).action_hotel_draw()
        campaign.with_user(self.marketer).action_hotel_draw()
        with self.assertRaises(UserError):
            campaign.with_user(self.marketer).action_hotel_draw()

    def test_prizes_stay_as_guests_saw_them(self):
        campaign = self._make_drawing(1)
        with self.assertRaises(UserError):
            campaign.hotel_prize_ids[0].stock = 5
        with self.assertRaises(UserError):
            campaign.hotel_prize_ids[0].unlink()
        empty = self._make_campaign("planned", hotel_kind="draw")
        empty.hotel_approved_by_id = self.env.user
        with self.assertRaises(UserError):
            empty.action_hotel_publish()

    def test_a_prize_is_handed_over_once(self):
        campaign = self._make_drawing(4)
        campaign.hotel_state = "ended"
        campaign.action_hotel_draw()
        win, clerk = campaign.hotel_win_ids[:1], self._make_user("front_office")
        win.with_user(clerk).action_give()
        self.assertEqual((win.state, win.given_by_id), ("given", clerk))
        with self.assertRaises(UserError):
            win.with_user(clerk).action_give()
        with self.assertRaises(AccessError):
            campaign.hotel_win_ids[1:2].with_user(self._make_user("finance")).action_give()

    def test_each_entry_has_the_same_chance(self):
        codes = [f"E{number}" for number in range(10)]
        first = Counter(prize_draw.get_order(f"seed {number}", codes)[0] for number in range(5000))
        # 500 each are expected, with a deviation of 21
        self.assertTrue(all(400 < first[code] < 600 for code in codes), first)
