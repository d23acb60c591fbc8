"""A receiver as the job sees it: what is due for it, and whether it is in trouble."""

import random
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ... import webhook
from .hotel_event_delivery_send import BATCH, LEASE, LONGEST_HOLD


class HotelEventSubscription(models.Model):
    _inherit = "hotel.event.subscription"

    def _claim_deliveries(self):
        """Take the oldest events that are due for a while; SQL for SKIP LOCKED.

        :rtype: hotel.event.delivery
        """
        deliveries = self.env["hotel.event.delivery"]
        rows = self.env.execute_query(
            SQL(
                """UPDATE hotel_event_delivery SET state = 'sending', next_try_at = %s
                    WHERE id IN (SELECT delivery.id FROM hotel_event_delivery delivery
                                  WHERE delivery.subscription_id = %s AND %s
                                  ORDER BY delivery.next_try_at, delivery.id LIMIT %s FOR UPDATE SKIP LOCKED)
                   RETURNING id""",
                fields.Datetime.now() + LEASE,
                self.id,
                deliveries._get_due_sql(),
                BATCH,
            )
        )
        deliveries.invalidate_model()
        return deliveries.browse(sorted(row[0] for row in rows))

    def _note_answers(self, answers):
        """Leave a receiver in trouble alone for a while, and forget the trouble when it answers again.

        :param Collection[webhook.Answer] answers: of one batch
        """
        if any(answer.is_down for answer in answers):
            count = self.failure_count + 1
            seconds = min(webhook.get_wait(count, random.random()), LONGEST_HOLD)
            moment = fields.Datetime.now() + timedelta(seconds=seconds)
            self.write({"failure_count": count, "hold_until": moment})
            self.env["hotel.event.delivery"]._wake(moment)
        elif answers and self.failure_count:
            self.write({"failure_count": 0, "hold_until": False})

    def _prepare_hotel_event(self):
        """Return what a ping says.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        return {"subscription_id": self.id}, self.env["hotel.property"], self.company_id
