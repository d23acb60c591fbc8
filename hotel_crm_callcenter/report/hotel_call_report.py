"""Calls as figures: volumes, waiting, outcomes, bookings."""

from odoo import fields, models
from odoo.tools import SQL

from ..models.hotel_call import OUTCOMES
from ..models.hotel_call_job import KINDS
from ..models.hotel_call_menu import MENU_FAILURES
from ..models.hotel_voice_step import SERVICES


class HotelCallReport(models.Model):
    """One ended call, as a row of figures."""

    _name = "hotel.call.report"
    _description = "Call Figures"
    _auto = False
    _order = "started_at desc"
    _rec_name = "started_at"
    _depends = {
        "hotel.call": [
            "started_at", "property_id", "company_id", "queue_id", "user_id", "direction", "outcome", "result_id",
            "menu_service", "menu_failure", "is_dropped", "is_in_time", "queued_at", "menu_at",
            "wait_s", "connected_at", "talk_s", "reservation_id", "state",
        ],
        "hotel.call.attempt": ["call_id", "job_id"],
        "hotel.call.job": ["kind", "occasion"],
        "hotel.call.result": ["is_booking", "is_lost"],
        "hotel.property": ["tz", "currency_id"],
        "hotel.stay": ["reservation_id", "state"],
        "hotel.stay.night": ["stay_id", "rate"],
    }  # fmt: skip

    started_at = fields.Datetime(string="Date", readonly=True)
    hour = fields.Char(string="Hour of the Day", readonly=True, help="By the clock of the property.")
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    queue_id = fields.Many2one("hotel.call.queue", readonly=True)
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    result_id = fields.Many2one("hotel.call.result", readonly=True)
    menu_service = fields.Selection(SERVICES, string="Served by the Menu", readonly=True)
    menu_failure = fields.Selection(MENU_FAILURES, string="Menu Failed", readonly=True)
    job_kind = fields.Selection(KINDS, string="Called because of", readonly=True)
    occasion = fields.Char(string="Campaign", readonly=True)
    call_count = fields.Integer(string="Calls", readonly=True)
    answered_rate = fields.Float(string="Answered", readonly=True, aggregator="avg")
    abandoned_rate = fields.Float(string="Abandoned", readonly=True, aggregator="avg")
    self_service_rate = fields.Float(string="Self-service", readonly=True, aggregator="avg")
    menu_failed_rate = fields.Float(string="Failures of the Menu", readonly=True, aggregator="avg")
    dropped_count = fields.Integer(string="Lost when Passed on", readonly=True)
    in_time_rate = fields.Float(string="Answered in Time", readonly=True, aggregator="avg")
    wait_s = fields.Float(string="Wait (s)", readonly=True, aggregator="avg")
    talk_s = fields.Float(string="Talk (s)", readonly=True, aggregator="avg")
    booking_rate = fields.Float(string="Became Bookings", readonly=True, aggregator="avg")
    lost_count = fields.Integer(string="Lost Bookings", readonly=True)
    booking_value = fields.Monetary(string="Value of Bookings", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        """Rows of calls that have ended.

        Rates are 1 or 0 a call, so that their average over any group is the share; waiting counts only
        where somebody waited, in time only what was offered to agents.
        """
        return SQL(
            """SELECT call.id, call.started_at, call.property_id, call.company_id, call.queue_id, call.user_id,
                      call.direction, call.outcome, call.result_id, call.menu_service, call.menu_failure,
                      job.kind AS job_kind, job.occasion, 1 AS call_count,
                      to_char(call.started_at AT TIME ZONE 'UTC' AT TIME ZONE hotel.tz, 'HH24') AS hour,
                      (call.outcome = 'answered')::int AS answered_rate,
                      (call.outcome = 'abandoned')::int AS abandoned_rate,
                      (call.outcome = 'self_service')::int AS self_service_rate,
                      CASE WHEN call.menu_at IS NOT NULL THEN (call.menu_failure IS NOT NULL)::int
                           END AS menu_failed_rate,
                      COALESCE(call.is_dropped, FALSE)::int AS dropped_count,
                      CASE WHEN call.outcome IN ('answered', 'abandoned')
                           THEN COALESCE(call.is_in_time, FALSE)::int END AS in_time_rate,
                      CASE WHEN call.queued_at IS NOT NULL THEN call.wait_s END AS wait_s,
                      CASE WHEN call.connected_at IS NOT NULL THEN call.talk_s END AS talk_s,
                      (COALESCE(result.is_booking, FALSE) OR call.reservation_id IS NOT NULL)::int AS booking_rate,
                      COALESCE(result.is_lost, FALSE)::int AS lost_count,
                      COALESCE(booked.amount, 0) AS booking_value,
                      hotel.currency_id
                 FROM hotel_call call
                 JOIN hotel_property hotel ON hotel.id = call.property_id
                 LEFT JOIN hotel_call_result result ON result.id = call.result_id
                 LEFT JOIN LATERAL (
                      SELECT job.kind, job.occasion
                        FROM hotel_call_attempt attempt JOIN hotel_call_job job ON job.id = attempt.job_id
                       WHERE attempt.call_id = call.id LIMIT 1) job ON TRUE
                 LEFT JOIN LATERAL (
                      SELECT SUM(night.rate) AS amount
                        FROM hotel_stay stay JOIN hotel_stay_night night ON night.stay_id = stay.id
                       WHERE stay.reservation_id = call.reservation_id
                         AND stay.state NOT IN ('cancelled', 'no_show')) booked ON TRUE
                WHERE call.state = 'ended'"""
        )
