"""The reservation: one booking with its booker, terms, stays and folios."""

from odoo import api, fields, models
from odoo.fields import Domain

from .hotel_cancellation_policy import FEE_KINDS

STATES = [
    ("draft", "Draft"),
    ("held", "Held"),
    ("confirmed", "Confirmed"),
    ("in_house", "In House"),
    ("checked_out", "Checked Out"),
    ("cancelled", "Cancelled"),
    ("no_show", "No-Show"),
]


class HotelReservation(models.Model):
    """One booking: a booker, terms, one or more stays, and the folios they are charged to."""

    _name = "hotel.reservation"
    _inherit = [
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "hotel.guest.trace.mixin",
        "hotel.own.scope.mixin",
    ]
    _description = "Reservation"
    _order = "arrival_date desc, id desc"
    _rec_names_search = ["name", "partner_id"]
    _mail_post_access = "read"

    _guest_fields = ("partner_id", "payer_id")

    name = fields.Char(string="Confirmation Number", readonly=True, copy=False, index="trigram")
    partner_id = fields.Many2one("res.partner", string="Booker", required=True, index=True, ondelete="restrict")
    payer_id = fields.Many2one(
        "res.partner", string="Bill To", ondelete="restrict", help="Who pays the rooms, where it is not the booker."
    )
    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="property_id.currency_id", store=True, precompute=True)
    channel_id = fields.Many2one("hotel.channel", ondelete="restrict")
    market_segment_id = fields.Many2one("hotel.market.segment", ondelete="restrict")
    rate_plan_id = fields.Many2one("hotel.rate.plan", ondelete="restrict")
    line_ids = fields.One2many("hotel.reservation.line", "reservation_id", string="Rooms Wanted")
    stay_ids = fields.One2many("hotel.stay", "reservation_id", string="Stays")
    folio_ids = fields.One2many("sale.order", "hotel_reservation_id", string="Folios")
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, default="draft"
    )
    is_dropped = fields.Boolean(readonly=True, copy=False, help="Declined or given up before a room was held.")
    is_waiting = fields.Boolean(string="On the Waiting List", copy=False)
    waiting_since_at = fields.Datetime(readonly=True, copy=False)
    hold_expires_at = fields.Datetime(readonly=True, copy=False, help="Rooms that are held are released then.")
    is_hold_released = fields.Boolean(readonly=True, copy=False, help="The hold ran out before it was confirmed.")
    is_hold_endless = fields.Boolean(help="Kept until somebody decides, such as the hotel about a request.")
    arrival_date = fields.Date(compute="_compute_dates", store=True, precompute=True, index=True)
    departure_date = fields.Date(compute="_compute_dates", store=True, precompute=True)
    booked_at = fields.Datetime(default=fields.Datetime.now, readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    cancelled_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    # terms as they were when it was booked: a policy that changes later changes nothing here
    policy_id = fields.Many2one("hotel.cancellation.policy", string="Cancellation Policy", ondelete="restrict")
    free_until_at = fields.Datetime(string="Free of Charge Until", readonly=True, copy=False)
    fee_kind = fields.Selection(FEE_KINDS, readonly=True, copy=False)
    fee_value = fields.Float(readonly=True, copy=False)
    no_show_fee_kind = fields.Selection(FEE_KINDS, readonly=True, copy=False)
    no_show_fee_value = fields.Float(readonly=True, copy=False)
    deposit_percent = fields.Float(readonly=True, copy=False, help="Share of the total that confirms the booking.")
    code = fields.Char(string="Offer Code", copy=False, help="A coupon or a promotion.")
    note = fields.Text(string="Wishes", help="What the booker wrote.")
    source_system = fields.Char(readonly=True, copy=False)
    source_ref = fields.Char(string="Source Reference", readonly=True, copy=False)

    stay_count = fields.Integer(compute="_compute_stay_count")
    is_arriving_today = fields.Boolean(
        compute="_compute_is_arriving_today",
        search="_search_is_arriving_today",
        help="By the property's business date.",
    )

    _source_unique = models.UniqueIndex(
        "(source_system, source_ref) WHERE source_ref IS NOT NULL", "This booking of the other system exists already."
    )
    _name_unique = models.UniqueIndex("(name) WHERE name IS NOT NULL", "This confirmation number is in use already.")
    _hold_idx = models.Index("(hold_expires_at) WHERE state = 'held'")
    _waiting_idx = models.Index("(property_id, waiting_since_at) WHERE is_waiting")

    @api.depends("stay_ids.state", "is_dropped")
    def _compute_state(self):
        for reservation in self:
            states = set(reservation.stay_ids.mapped("state"))
            reservation.state = reservation._get_state_of(states)

    @api.depends("stay_ids")
    def _compute_stay_count(self):
        for reservation in self:
            reservation.stay_count = len(reservation.stay_ids)

    @api.depends("state", "arrival_date", "property_id.business_date")
    def _compute_is_arriving_today(self):
        for reservation in self:
            reservation.is_arriving_today = (
                reservation.state in ("held", "confirmed")
                and reservation.arrival_date == reservation.property_id.business_date
            )

    def _search_is_arriving_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(set(value)) > 1:
            return Domain.TRUE
        stays = self.env["hotel.stay"]
        found = Domain("state", "in", ("held", "confirmed")) & stays._get_today_domain("arrival_date", "=")
        return found if True in value else ~found

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for reservation in self:
            parts = (reservation.name, reservation.partner_id.name)
            reservation.display_name = ", ".join(part for part in parts if part) or self.env._("New Reservation")

    def _get_state_of(self, states):
        """Return the state that follows from those of the stays.

        :param set[str] states: states of hotel.stay
        :rtype: str
        """
        if not states:
            return "cancelled" if self.is_dropped else "draft"
        order = (
            ("held", "held"),
            ("in_house", "in_house"),
            ("booked", "confirmed"),
            ("departed", "checked_out"),
            ("no_show", "no_show"),
        )
        return next((state for stay_state, state in order if stay_state in states), "cancelled")

    @api.depends("stay_ids.arrival_date", "stay_ids.departure_date", "line_ids.arrival_date", "line_ids.departure_date")
    def _compute_dates(self):
        for reservation in self:
            rooms = reservation.stay_ids.filtered(lambda stay: stay.state not in ("cancelled", "no_show"))
            rooms = rooms or reservation.stay_ids or reservation.line_ids
            reservation.arrival_date = min((day for day in rooms.mapped("arrival_date") if day), default=False)
            reservation.departure_date = max((day for day in rooms.mapped("departure_date") if day), default=False)
