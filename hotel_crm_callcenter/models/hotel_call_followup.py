"""What follows from a call that has ended."""

from datetime import timedelta

from odoo import api, fields, models

#: after so many hours a call that nothing is heard of is over; after so many minutes wrap-up is, too
LOST_AFTER, WRAP_UP = timedelta(hours=6), timedelta(minutes=10)


class HotelCall(models.Model):
    _inherit = "hotel.call"

    def _after_end(self):
        """Whoever hung up while waiting is called back, unless a call to the number is planned already."""
        result = super()._after_end()
        left = self.filtered(lambda call: call.is_dropped or call.outcome == "abandoned" and call.direction == "in")
        for call in left:
            jobs = self.env["hotel.call.job"]
            planned = jobs.search_count(
                [
                    ("number", "=", call.number),
                    ("property_id", "=", call.property_id.id),
                    ("state", "in", ("waiting", "claimed")),
                ],
                limit=1,
            )
            if call.number and not planned and not call.partner_id._get_hotel_call_refusal("service", call.number):
                call._plan_callback("abandoned")
        return result

    @api.model
    def _cron_close_lost(self):
        """Close calls that a bridge has lost, and let agents who forgot it be offline or ready again."""
        now = fields.Datetime.now()
        lost = self.search([("state", "!=", "ended"), ("started_at", "<", now - LOST_AFTER)], limit=1000)
        for call in lost:
            self.env["hotel.call.event"].create(
                {
                    "call_id": call.id,
                    "exchange_id": call.exchange_id.id,
                    "event_uuid": f"lost-{call.id}",
                    "seq": 1_000_000,
                    "occurred_at": max(call.event_ids.mapped("occurred_at")),
                    "kind": "call.ended",
                    "data": {"reason": "failed", "hangup_by": "bridge"},
                }
            )
            call._refresh()
        agents = self.env["hotel.call.agent"]
        agents.search([("state", "=", "wrap_up"), ("since_at", "<", now - WRAP_UP)])._set_state("ready")
        agents.search([("state", "=", "busy"), ("since_at", "<", now - LOST_AFTER)])._set_state("offline")
