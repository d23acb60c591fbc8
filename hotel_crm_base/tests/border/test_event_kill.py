"""A job is killed in the middle: each event arrives at least once, under one number, and none is lost."""

import threading

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency import ConcurrencyCase
from .event_common import EventMakers, Receiver

SEND = "odoo.addons.hotel_crm_base.models.border.hotel_event_delivery_send"


@tagged("post_install", "-at_install")
class TestEventKill(EventMakers, ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget_parameter, self.env["ir.config_parameter"].get_param("hotel_crm_base.none"))
        self._allow_loopback()

    def _forget_parameter(self, _value):
        self.env["ir.config_parameter"].search([("key", "like", "hotel_crm_base.event_")]).unlink()
        self.cr.commit()
        self.registry.clear_cache()

    def _make_events(self, url, count):
        subscription = self._subscribe(url, "guest.created")
        self.cr.commit()
        for number in range(count):
            self._make_guest(f"Guest {number}")
            self.cr.commit()  # a transaction each
        return subscription

    @mute_logger("odoo.sql_db")
    def test_a_job_whose_connection_dies_loses_nothing(self):
        pids = []

        def answer(_receiver, number):
            if number == 7:
                with self._connect() as env:
                    env.cr.execute("SELECT pg_terminate_backend(%s)", pids)
            return 200, {}

        receiver = Receiver(self, answers=answer)
        subscription = self._make_events(receiver.url, 20)
        failure = []

        def run():
            try:
                with self._connect() as env:
                    env.cr.execute("SELECT pg_backend_pid()")
                    pids.append(env.cr.fetchone()[0])
                    env["hotel.event.delivery"]._cron_send()
            except Exception as error:  # the connection is gone
                failure.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(30)
        self.assertTrue(failure, "the job died")
        self.cr.rollback()
        told = self._told(subscription)
        self.assertEqual(set(told.mapped("state")), {"sending"}, "nothing was noted of what was sent")
        # what was claimed is due again when its time is over
        told.write({"next_try_at": told[0].create_date})
        self.cr.commit()
        with self._connect() as env:
            env["hotel.event.delivery"]._cron_send()
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(set(told.mapped("state")), {"sent"})
        self.assertEqual(set(receiver.ids), set(told.mapped("event_id")))
        self.assertGreater(len(receiver.ids), 20, "some came twice, under the same number")

    def test_two_jobs_at_once_send_each_event_once(self):
        receiver = Receiver(self)
        subscription = self._make_events(receiver.url, 30)

        def run(env):
            env["hotel.event.delivery"]._cron_send()

        self._at_once(run, run)
        self.cr.rollback()
        self.env.invalidate_all()
        told = self._told(subscription)
        self.assertEqual(sorted(receiver.ids), sorted(told.mapped("event_id")))
