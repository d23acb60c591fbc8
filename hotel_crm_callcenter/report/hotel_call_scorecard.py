"""Agents as figures: what rang, what was answered and how fast, talk, wrap-up, bookings, marks."""

from odoo import fields, models
from odoo.tools import SQL


class HotelCallScorecard(models.Model):
    """One ringing of an agent's telephone, as a row of figures; grouped by agent it is a scorecard."""

    _name = "hotel.call.scorecard"
    _description = "Scorecard of Agents"
    _auto = False
    _order = "rang_at desc"
    _rec_name = "rang_at"
    _depends = {
        "hotel.call": ["direction", "property_id", "queue_id", "reservation_id", "result_id", "user_id"],
        "hotel.call.leg": ["call_id", "user_id", "state", "rang_at", "answered_at", "ended_at", "wrap_up_s", "reason"],
        "hotel.call.result": ["is_booking", "is_lost"],
        "hotel.call.review": ["call_id", "score"],
        "hotel.property": ["currency_id"],
        "hotel.stay": ["reservation_id", "state"],
        "hotel.stay.night": ["stay_id", "rate"],
    }

    rang_at = fields.Datetime(string="Date", readonly=True)
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    queue_id = fields.Many2one("hotel.call.queue", readonly=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    offered_count = fields.Integer(string="Offered", readonly=True)
    answered_count = fields.Integer(string="Answered", readonly=True)
    missed_count = fields.Integer(
        string="Missed", readonly=True, help="Rang and was neither answered here nor elsewhere."
    )
    answer_s = fields.Float(string="Time to Answer (s)", readonly=True, aggregator="avg")
    talk_s = fields.Float(string="Talk (s)", readonly=True, aggregator="avg")
    wrap_up_s = fields.Float(string="Wrap-up (s)", readonly=True, aggregator="avg")
    booking_rate = fields.Float(string="Became Bookings", readonly=True, aggregator="avg", help="Of answered calls.")
    booking_value = fields.Monetary(string="Value of Bookings", readonly=True)
    lost_count = fields.Integer(string="Lost Bookings", readonly=True)
    score = fields.Float(string="Mark", readonly=True, aggregator="avg", help="Of supervisors, 1 to 5.")
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        """Rows of telephones that rang.

        Bookings, losses and marks count once a call, with the last agent, who is the agent of the call.
        """
        return SQL(
            """SELECT leg.id, leg.rang_at, leg.user_id, call.property_id, call.queue_id, call.direction,
                      1 AS offered_count,
                      (leg.answered_at IS NOT NULL)::int AS answered_count,
                      (leg.state = 'missed' AND COALESCE(leg.reason, '')
                           NOT IN ('answered_elsewhere', 'caller_left'))::int AS missed_count,
                      EXTRACT(epoch FROM leg.answered_at - leg.rang_at) AS answer_s,
                      EXTRACT(epoch FROM leg.ended_at - leg.answered_at) AS talk_s,
                      CASE WHEN leg.wrap_up_s > 0 THEN leg.wrap_up_s END AS wrap_up_s,
                      CASE WHEN leg.answered_at IS NOT NULL
                           THEN (mine.is_last AND (COALESCE(result.is_booking, FALSE)
                                                   OR call.reservation_id IS NOT NULL))::int END AS booking_rate,
                      CASE WHEN mine.is_last THEN booked.amount ELSE 0 END AS booking_value,
                      (mine.is_last AND COALESCE(result.is_lost, FALSE))::int AS lost_count,
                      CASE WHEN mine.is_last THEN review.score END AS score,
                      hotel.currency_id
                 FROM hotel_call_leg leg
                 JOIN hotel_call call ON call.id = leg.call_id
                 JOIN hotel_property hotel ON hotel.id = call.property_id
                 LEFT JOIN hotel_call_result result ON result.id = call.result_id
                 CROSS JOIN LATERAL (
                      SELECT leg.answered_at IS NOT NULL AND leg.sequence = MAX(other.sequence) AS is_last
                        FROM hotel_call_leg other
                       WHERE other.call_id = call.id AND other.answered_at IS NOT NULL) mine
                 LEFT JOIN LATERAL (
                      SELECT SUM(night.rate) AS amount
                        FROM hotel_stay stay JOIN hotel_stay_night night ON night.stay_id = stay.id
                       WHERE stay.reservation_id = call.reservation_id
                         AND stay.state NOT IN ('cancelled', 'no_show')) booked ON TRUE
                 LEFT JOIN LATERAL (
                      SELECT AVG(score) AS score FROM hotel_call_review WHERE call_id = call.id) review ON TRUE
                WHERE leg.user_id IS NOT NULL"""
        )
