"""The job that sends events: receivers beside each other, so that a slow one holds up nobody else.

A batch is claimed and committed before it is sent, and settled and committed after: no lock is held
while somebody else's server thinks. What was claimed by a job that died is due again when its
time is over, under the same number.
"""

import logging
import random
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ... import webhook

_logger = logging.getLogger(__name__)

WORKERS = 16
BATCH = 50
ROUND = 20  # seconds that one receiver's batch may take, and one answer more
LEASE = timedelta(minutes=3)
LONGEST_HOLD = 15 * 60
TRIES_PARAMETER = "hotel_crm_base.event_tries"
TRIES_DEFAULT = 14


class HotelEventDelivery(models.Model):
    _inherit = "hotel.event.delivery"

    @api.model
    def _cron_send(self, seconds=50):
        """Send what is due.

        :param float seconds: after which nothing more is begun
        """
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._query_due_count())
        until = time.time() + seconds
        running = {}
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="hotel_events") as pool:
            while True:
                if time.time() < until:
                    self._begin(pool, running, until)
                if not running:
                    break
                done = wait(running, timeout=5, return_when=FIRST_COMPLETED).done
                count = sum(self._settle(*running.pop(future), future.result()) for future in done)
                if not cron._commit_progress(count):
                    until = 0
        if self._query_due_count(limit=1):
            self._wake()
            cron._commit_progress()

    @api.model
    def _begin(self, pool, running, until):
        """Hand a batch of each receiver who has none under way to a thread.

        :param dict running: future -> (receiver, deliveries)
        """
        busy = [subscription.id for subscription, _deliveries in running.values()]
        for subscription in self._query_receivers(busy, WORKERS - len(running)):
            deliveries = subscription._claim_deliveries()
            receiver = subscription._make_receiver()
            parcels = [
                webhook.Parcel(delivery.id, delivery.event_id, delivery.payload.encode()) for delivery in deliveries
            ]
            self.env["ir.cron"]._commit_progress()
            end = min(until, time.time() + ROUND)
            running[pool.submit(webhook.send_all, receiver, parcels, time.time, end)] = subscription, deliveries

    @api.model
    def _settle(self, subscription, deliveries, answers):
        """Note what became of a batch and return how many events were tried.

        :param dict[int, webhook.Answer] answers: by delivery; those without one were not tried
        """
        deliveries.invalidate_recordset()
        subscription.invalidate_recordset()
        # deleted meanwhile, or sent again by hand: another's business
        deliveries = deliveries.exists().filtered(lambda delivery: delivery.state == "sending")
        tried = deliveries.filtered(lambda delivery: delivery.id in answers)
        (deliveries - tried).write({"state": "queued", "next_try_at": fields.Datetime.now()})
        for answer, some in tried.grouped(lambda delivery: answers[delivery.id]).items():
            if answer.is_taken:
                some._note_taken(answer)
            else:
                some._note_failure(answer)
        if subscription.exists():
            subscription._note_answers(answers.values())
        return len(tried)

    def _note_taken(self, answer):
        self.write(
            {
                **self._prepare_answer(answer),
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "next_try_at": False,
            }
        )

    def _note_failure(self, answer):
        """Try again later, or give up."""
        text = self.env["ir.config_parameter"].get_param(TRIES_PARAMETER) or ""
        most = int(text) if text.isdecimal() and int(text) else TRIES_DEFAULT
        moments = []
        for delivery in self:
            attempts = delivery.attempts + 1
            moment = fields.Datetime.now() + timedelta(seconds=webhook.get_wait(attempts, random.random()))
            dead = attempts >= most
            delivery.write(
                {
                    **self._prepare_answer(answer),
                    "state": "dead" if dead else "queued",
                    "attempts": attempts,
                    "next_try_at": False if dead else moment,
                }
            )
            if dead:
                _logger.warning("event %s of receiver %s is given up", delivery.event_id, delivery.subscription_id.id)
            else:
                moments.append(moment)
        if moments:
            self._wake(min(moments))

    @api.model
    def _prepare_answer(self, answer):
        return {
            "answer_status": answer.status,
            "answer_code": answer.code or False,
            "answer_text": answer.text or False,
        }

    # ---- what is due --------------------------------------------------------------------------

    @api.model
    def _get_due_sql(self):
        """Return the condition of deliveries that are due, also those of a job that died."""
        now = fields.Datetime.now()
        return SQL("delivery.state IN ('queued', 'sending') AND delivery.next_try_at <= %s", now)

    @api.model
    def _get_open_sql(self):
        """Return the condition of receivers to whom something may be sent now."""
        now = fields.Datetime.now()
        return SQL("subscription.active AND (subscription.hold_until IS NULL OR subscription.hold_until <= %s)", now)

    @api.model
    def _query_due_count(self, limit=100_000):
        """Return about how many events are due; SQL for the bound."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT count(*) FROM (SELECT FROM hotel_event_delivery delivery
                     JOIN hotel_event_subscription subscription ON subscription.id = delivery.subscription_id
                    WHERE %s AND %s LIMIT %s) AS due""",
                self._get_due_sql(),
                self._get_open_sql(),
                limit,
            )
        )[0][0]

    @api.model
    def _query_receivers(self, busy, limit):
        """Return receivers for whom something is due, in any order; SQL for EXISTS on the index.

        :param list[int] busy: who has a batch under way
        :rtype: hotel.event.subscription
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT subscription.id FROM hotel_event_subscription subscription
                    WHERE %s AND subscription.id <> ALL(%s)
                      AND EXISTS (SELECT FROM hotel_event_delivery delivery
                                   WHERE delivery.subscription_id = subscription.id AND %s)
                    ORDER BY random() LIMIT %s""",
                self._get_open_sql(),
                busy,
                self._get_due_sql(),
                limit,
            )
        )
        return self.env["hotel.event.subscription"].browse(row[0] for row in rows)
