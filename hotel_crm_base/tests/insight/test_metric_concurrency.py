from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestMetricConcurrency(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.env["hotel.guest.metric"]._refresh_changed()
        self.guest = self._make_guest()
        self._make_consumption(self.guest, amount=10)
        self.env.flush_all()
        self.cr.commit()

    def _refresh(self, env):
        """What the job does in one batch, not yet committed."""
        metrics = env["hotel.guest.metric"]
        locked = metrics._query_try_lock()
        partner_ids = env["hotel.guest.metric.queue"]._query_take(100) if locked else []
        metrics._refresh_partners(partner_ids)
        return partner_ids

    def _post(self, env):
        """A charge of the same guest, posted on another connection."""
        return env["hotel.consumption"].create(
            {
                "partner_id": self.guest.id,
                "property_id": self.hotel.id,
                "description": "Tea",
                "kind": "beverage",
                "amount_gross": 5,
            }
        ).id

    def _get_spend(self):
        self.cr.rollback()
        self.env.invalidate_all()
        return sum(self.env["hotel.guest.metric"].search([("partner_id", "=", self.guest.id)]).mapped("spend_gross"))

    def test_a_charge_posted_during_a_refresh_is_counted_by_the_next(self):
        def post_and_commit(env):
            line_id = self._post(env)
            env.cr.commit()
            return line_id

        taken, line_id = self._overlap(self._refresh, post_and_commit)
        self.assertEqual(taken, [self.guest.id])
        self.assertIsInstance(line_id, int)
        self.assertEqual(self._get_spend(), 10)
        self.assertEqual(self.env["hotel.guest.metric"]._refresh_changed(), 1)
        self.assertEqual(self._get_spend(), 15)

    def test_a_refresh_that_fails_brings_its_guests_back(self):
        with self._connect() as env:
            self.assertEqual(self._refresh(env), [self.guest.id])
        self.assertEqual(self._get_spend(), 0)
        self.assertEqual(self.env["hotel.guest.metric"]._refresh_changed(), 1)
        self.assertEqual(self._get_spend(), 10)

    def test_a_second_refresh_at_the_same_time_does_nothing(self):
        first, second = self._overlap(self._refresh, self._refresh)
        self.assertEqual((first, second), ([self.guest.id], []))
        self.assertEqual(self._get_spend(), 10)

    def test_a_change_that_is_not_committed_yet_keeps_nobody_waiting(self):
        posted, taken = self._overlap(self._post, self._refresh)
        self.assertIsInstance(posted, int)
        self.assertEqual(taken, [self.guest.id])

    def test_a_stay_made_while_its_day_is_added_up_is_in_reports(self):
        day = (self.hotel.id, date(2026, 7, 1))
        self._make_stay(self.guest, arrival=day[1], nights=1, state="departed")
        self.env.flush_all()
        self.cr.commit()

        def add_up(env):
            env["hotel.figure.day"]._refresh_sales(env["hotel.figure.queue"]._query_take(1000))

        def stay_and_commit(env):
            vals = {"property_id": day[0], "partner_id": self.guest.id, "state": "departed", "rate": 50}
            env["hotel.stay"].create({**vals, "arrival_date": day[1], "departure_date": day[1] + timedelta(days=1)})
            env.cr.commit()

        self._overlap(add_up, stay_and_commit)
        self.cr.rollback()
        self.env.invalidate_all()
        asked = ([("property_id", "=", day[0]), ("date", "=", day[1])], [], ["nights:sum"])
        self.assertEqual(self.env["hotel.stay.report"]._read_group(*asked), [(2,)])
        self.assertIn(day, self.env["hotel.figure.night"]._query_due_days())
