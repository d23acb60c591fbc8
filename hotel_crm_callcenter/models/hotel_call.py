"""The call: who, when, with whom, how it ended."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import lifecycle

#: what staff write
NOTED = ("note", "result_id", "partner_id", "reservation_id")
STATES = [
    ("ringing", "Ringing"),
    ("menu", "In the Menu"),
    ("waiting", "Waiting"),
    ("talking", "Talking"),
    ("ended", "Ended"),
]
OUTCOMES = [
    ("answered", "Answered"),
    ("self_service", "Served by the Menu"),
    ("abandoned", "Abandoned"),
    ("left_menu", "Left in the Menu"),
    ("missed", "Missed"),
]


class HotelCall(models.Model):
    """One telephone call, from the first ring to the end; its events are the truth."""

    _name = "hotel.call"
    _description = "Call"
    _inherit = ["mail.thread"]
    _order = "started_at desc, id desc"
    _rec_name = "name"

    name = fields.Char(compute="_compute_name")
    exchange_id = fields.Many2one("hotel.call.exchange", required=True, index=True, ondelete="restrict")
    call_ref = fields.Char(string="Reference", required=True, readonly=True, copy=False)
    property_id = fields.Many2one("hotel.property", required=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], required=True, default="in")
    number = fields.Char(string="Guest's Number", help="With + and country code; empty where it was hidden.")
    called_number = fields.Char(string="Number of the Hotel")
    partner_id = fields.Many2one(
        "res.partner",
        string="Guest",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_hotel_guest", "=", True)],
    )
    is_identified = fields.Boolean(
        string="Identity Proven", readonly=True, help="The caller has given a second factor besides the number."
    )
    queue_id = fields.Many2one("hotel.call.queue", index="btree_not_null", ondelete="set null")
    user_id = fields.Many2one("res.users", string="Agent", index="btree_not_null", ondelete="set null", readonly=True)
    state = fields.Selection(STATES, required=True, default="ringing", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    reason = fields.Char(readonly=True, help="Why the call ended, in the words of the contract.")
    hangup_by = fields.Char(string="Ended by", readonly=True)
    started_at = fields.Datetime(string="Started at", readonly=True)
    menu_at = fields.Datetime(string="In the Menu since", readonly=True)
    queued_at = fields.Datetime(string="Waiting since", readonly=True)
    connected_at = fields.Datetime(string="Answered at", readonly=True)
    ended_at = fields.Datetime(string="Ended at", readonly=True)
    transferred_at = fields.Datetime(string="Passed on at", readonly=True)
    is_held = fields.Boolean(string="On Hold", readonly=True)
    is_dropped = fields.Boolean(
        string="Lost when Passed on", readonly=True, help="The guest was passed on and nobody answered."
    )
    wait_s = fields.Float(string="Wait (s)", readonly=True)
    talk_s = fields.Float(string="Talk (s)", readonly=True)
    note = fields.Text()
    result_id = fields.Many2one("hotel.call.result", index="btree_not_null", ondelete="restrict")
    is_in_time = fields.Boolean(string="Answered in Time", readonly=True, help="Within the seconds of its queue.")
    reservation_id = fields.Many2one("hotel.reservation", string="Booking", index="btree_not_null", ondelete="set null")
    leg_ids = fields.One2many("hotel.call.leg", "call_id", string="Legs", readonly=True)
    event_ids = fields.One2many("hotel.call.event", "call_id", string="Events", readonly=True)
    recording_ids = fields.One2many("hotel.call.recording", "call_id", string="Recordings", readonly=True)
    review_ids = fields.One2many("hotel.call.review", "call_id", string="Reviews")

    _ref_unique = models.Constraint("UNIQUE (exchange_id, call_ref)", "This call is there already.")
    _live_idx = models.Index("(property_id, state) WHERE state <> 'ended'")
    _time_idx = models.Index("(property_id, started_at)")
    _number_idx = models.Index("(number) WHERE number IS NOT NULL")

    @api.depends("partner_id", "number", "direction")
    @api.depends_context("lang")
    def _compute_name(self):
        for call in self:
            who = call.partner_id.name or call.number or call.env._("hidden number")
            text = call.env._("Call to %(who)s") if call.direction == "out" else call.env._("Call from %(who)s")
            call.name = text % {"who": who}

    def _get_who(self):
        """Return the guest's name, else the number."""
        return self.partner_id.name or self.number or self.env._("hidden number")

    def write(self, vals):
        """Staff note what was said, about whom and what came of it; the rest follows from events.

        A result that asks for it plans a call back on the next day.

        :raises AccessError: something else is written
        """
        others = {name for name in vals if name not in NOTED and not name.startswith(("message_", "activity_"))}
        if others and not self.env.su:
            raise AccessError(self.env._("This follows from what happened in the call; nobody writes it."))
        result = super().write(vals)
        if vals.get("result_id"):
            # whoever spoke to the guest closes it, whoever was to do so
            self.env["hotel.call.attempt"].sudo().search([("call_id", "in", self.ids)]).job_id._close_follow_up()
            for call in self.filtered("result_id.is_callback"):
                # agents plan calls; the occasion is this call's own
                call.sudo()._plan_callback("manual", due_at=fields.Datetime.add(fields.Datetime.now(), days=1))
        return result

    def _get_legs(self):
        return self.leg_ids.sorted("sequence")

    @api.model
    def _fold(self, events):
        """Return the facts of a call out of its events.

        :param hotel.call.event events: of one call
        :rtype: lifecycle.CallFacts
        """
        return lifecycle.fold(
            lifecycle.Moment(event.seq, event.occurred_at, event.kind, event.data or {}) for event in events
        )
