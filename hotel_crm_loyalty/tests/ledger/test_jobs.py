"""What happens by itself: queued members, points that expire or become usable, idle accounts, notices."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.border.message_common import MessageMakers

from .loyalty_common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestJobs(MessageMakers, LoyaltyCase):
    def setUp(self):
        super().setUp()
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.evaluation = self.env["hotel.loyalty.evaluation"]
        self.queue = self.env["hotel.loyalty.queue"]
        with freeze_time("2026-01-01 12:00"):
            self.card = self._make_member()
        self.guest = self.card.partner_id
        self.queue._query_take(1000)

    def _get_queued(self):
        return set(self.queue.search([]).mapped("card_id"))

    def assertQueued(self, action, card=None):
        """Check that something makes a member due."""
        self.queue._query_take(1000)
        result = action()
        self.env.flush_all()
        self.assertEqual(self._get_queued(), {(card or self.card).id})
        return result

    @freeze_time("2026-05-10 12:00")
    def test_what_counts_makes_a_member_due(self):
        stay = self._make_stay(self.guest, arrival=date(2026, 5, 8), nights=2)
        self.assertFalse(self._get_queued(), "a booking is no fact yet")
        stay.state = "in_house"
        self.assertFalse(self._get_queued())
        self.assertQueued(lambda: stay.write({"state": "departed"}))
        charge = self.assertQueued(lambda: self._make_charge(self.guest, 100, date(2026, 5, 10), stay_id=stay.id))
        self.assertQueued(lambda: charge.action_reverse("wrong"))
        self.assertQueued(lambda: stay.write({"channel_id": self.env["hotel.channel"].search([], limit=1).id}))
        self.assertQueued(lambda: self.env["hotel.loyalty.posting"].create({"card_id": self.card.id, "points": 5}))
        other = self._make_guest("Rui Pinto")
        self.assertQueued(lambda: stay.write({"partner_id": other.id}))
        missed = self._make_stay(self.guest, arrival=date(2026, 5, 9), nights=1)
        self.assertQueued(lambda: missed.write({"state": "no_show"}))

    @freeze_time("2026-05-10 12:00")
    def test_charges_that_do_not_accrue_and_other_guests_make_nobody_due(self):
        self.queue._query_take(1000)
        self._make_charge(self.guest, 100, date(2026, 5, 10), accrues_points=False)
        self._make_charge(self._make_guest("Rui Pinto"), 100, date(2026, 5, 10))
        self.env.flush_all()
        self.assertFalse(self._get_queued())

    @freeze_time("2026-05-11 12:00")
    def test_the_job_evaluates_who_is_due_and_nobody_twice(self):
        self._make_departed(self.guest, date(2026, 5, 10), spend=500)
        self.assertEqual(self.card.points, 0)
        self.evaluation._cron_evaluate()
        self.assertEqual(self.card.points, 600)
        self.assertFalse(self._get_queued())
        moves = self.card.hotel_move_ids
        self.evaluation._cron_evaluate()
        self.assertEqual(self.card.hotel_move_ids, moves)

    def test_points_are_pending_then_usable_then_gone(self):
        with freeze_time("2026-05-08 12:00"):  # a Friday; posted one working day later
            self._make_departed(self.guest, date(2026, 5, 8), spend=500)
            self.evaluation._cron_evaluate()
            self.assertEqual((self.card.points, self.card.hotel_pending), (100, 500))
            self.assertEqual(self.card.hotel_next_date, date(2026, 5, 11))
        for day, expected in (("2026-05-10", (100, 500)), ("2026-05-11", (600, 0)), ("2029-06-01", (0, 0))):
            with freeze_time(f"{day} 12:00"):
                self.evaluation._cron_nightly()
                self.assertEqual((self.card.points, self.card.hotel_pending), expected)
                history = self.card.history_ids
                self.assertEqual(sum(history.mapped("issued")) - sum(history.mapped("used")), self.card.points)

    def test_the_night_is_that_of_the_programmes_clock(self):
        self.program.hotel_tz = "Asia/Shanghai"
        with freeze_time("2026-05-08 10:00"):
            self._make_departed(self.guest, date(2026, 5, 8), spend=500)
            self.evaluation._cron_evaluate()
        with freeze_time("2026-05-10 15:00"):
            self.evaluation._cron_nightly()
            self.assertEqual(self.card.points, 100)
        with freeze_time("2026-05-10 16:30"):  # past midnight in Shanghai
            self.evaluation._cron_nightly()
            self.assertEqual(self.card.points, 600)

    def test_an_account_that_nobody_uses_is_closed_and_its_guest_may_join_anew(self):
        self._make_departed(self.guest, date(2026, 5, 8), spend=500)
        with freeze_time("2026-05-11 12:00"):
            self.evaluation._cron_evaluate()
            self.assertEqual(self.card.hotel_active_date, date(2026, 5, 8))
        with freeze_time("2031-05-08 12:00"):
            self.evaluation._cron_nightly()
            self.env["loyalty.card"]._cron_close_idle()
            self.assertEqual((self.card.hotel_state, self.card.active, self.card.points), ("closed", False, 0))
            again = self.program._hotel_join(self.guest)
            self.assertNotEqual(again, self.card)
            self.assertEqual(again.points + again.hotel_pending, 100)

    def test_a_closed_account_loses_what_is_on_it(self):
        with freeze_time("2026-05-11 12:00"):
            self.card._hotel_close("asked for it")
            self.assertEqual((self.card.points, self.card.active), (0, False))
            self._make_departed(self.guest, date(2026, 5, 12), spend=500)
        with freeze_time("2026-06-11 12:00"):
            self.card._hotel_evaluate()
            self.assertEqual(self.card.points + self.card.hotel_pending, 0)

    # ---- notices -----------------------------------------------------------------------------

    def _get_notices(self):
        return self.env["hotel.message"].search([("partner_id", "=", self.guest.id), ("purpose", "=", "loyalty")])

    def _let_write(self):
        """Let the member be written to."""
        self.guest.write({"email": "ana@example.com", "phone": "+351910000001"})
        self.guest.hotel_record_consent("loyalty", "any", "given")

    def test_a_member_is_told_three_times_before_points_expire(self):
        with freeze_time("2026-05-01 12:00"):
            self._let_write()
        [lot] = self.card.hotel_lot_ids
        for days, told in ((91, 0), (90, 1), (89, 1), (30, 2), (7, 3), (1, 3)):
            with freeze_time(f"{lot.expiry_date - timedelta(days=days)} 12:00"):
                self.evaluation._cron_notices()
                self.assertEqual(len(self._get_notices()), told, f"{days} days before")
        with freeze_time(f"{lot.expiry_date - timedelta(days=7)} 12:00"):
            subject, body = self._get_notices()[:1]._render().popitem()[1]
        self.assertEqual(subject, "Some of your points expire soon")
        self.assertIn("100", body)

    def test_a_member_is_told_of_another_tier_once(self):
        with freeze_time("2026-05-10 12:00"):
            self._let_write()
            self._make_departed(self.guest, date(2026, 5, 10), nights=12)
            self.evaluation._cron_evaluate()
            for _night in range(2):
                self.evaluation._cron_notices()
            [notice] = self._get_notices().filtered(lambda one: "/gain/" in one.dedupe_key)
            self.assertIn("Silver", notice._render()[notice][1])

    def test_a_member_is_told_of_a_milestone_and_reminded_until_something_is_chosen(self):
        with freeze_time("2026-05-10 12:00"):
            self._let_write()
            self._make_departed(self.guest, date(2026, 5, 10), nights=10, spend=10)
            self.evaluation._cron_evaluate()
        for day, told in (("10", 1), ("12", 1), ("24", 2), ("25", 2)):
            with freeze_time(f"2026-05-{day} 12:00"):
                self.evaluation._cron_notices()
                notices = self._get_notices().filtered(lambda one: "milestone" in one.dedupe_key)
                self.assertEqual(len(notices), told, day)
        with freeze_time("2026-05-25 12:00"):
            subject, body = notices[:1]._render().popitem()[1]
            self.assertEqual(subject, "A reward is waiting for your choice")
            self.assertIn("Spa voucher", body)
            self.assertIn("/my/club/milestones", body)
            [offer] = self.card._get_hotel_offers()[self.card.id]
            self.card._hotel_choose(offer["decision"], "spa_voucher")
        with freeze_time("2026-06-24 12:00"):
            self.evaluation._cron_notices()
            self.assertEqual(len(self._get_notices().filtered(lambda one: "milestone" in one.dedupe_key)), 2)

    def test_who_did_not_agree_is_not_told(self):
        with freeze_time("2026-05-10 12:00"):
            self.guest.email = "ana@example.com"
            self._make_departed(self.guest, date(2026, 5, 10), nights=12)
            self.evaluation._cron_evaluate()
            self.evaluation._cron_notices()
            self.assertEqual(set(self._get_notices().mapped("reason_code")), {"no_consent"})

    def test_a_programme_may_keep_silent(self):
        self.program.hotel_notices = False
        with freeze_time("2026-05-10 12:00"):
            self._let_write()
            self._make_departed(self.guest, date(2026, 5, 10), nights=12)
            self.evaluation._cron_evaluate()
            self.evaluation._cron_notices()
            self.assertFalse(self._get_notices())

    # ---- bulk loads --------------------------------------------------------------------------

    @freeze_time("2026-06-01 12:00")
    def test_history_of_another_system_does_not_count_and_live_data_does(self):
        loader = self.env["hotel.bulk.loader"]
        loader._load_guests([{"source_ref": "1", "name": "Li Na"}], "pms")
        guest = self.env["res.partner"].search([("name", "=", "Li Na")])
        card = self._make_member(guest)
        dates = {"arrival_date": date(2026, 5, 1), "departure_date": date(2026, 5, 3), "property_id": self.hotel.id}
        charge = {"kind": "room", "business_date": date(2026, 5, 3), "amount_gross": 200, "property_id": self.hotel.id}
        for live, nights in ((False, 0), (True, 2)):
            stay = {"source_ref": f"S{nights}", "guest_ref": "1", "state": "departed", **dates}
            self.assertQueued(lambda stay=stay, live=live: loader._load_stays([stay], "pms", live=live), card)
            line = {"source_ref": f"C{nights}", "stay_ref": f"S{nights}", **charge}
            loader._load_consumption([line], "pms", accrues_points=live)
            self.evaluation._cron_evaluate()
            self.assertEqual(card.hotel_counts.get("nights", 0), nights)
            self.assertEqual(card.points, 100 + 100 * nights)
