"""The stay: the fact that every room figure is counted from."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [
    ("held", "Held"),
    ("booked", "Booked"),
    ("in_house", "In House"),
    ("departed", "Departed"),
    ("cancelled", "Cancelled"),
    ("no_show", "No-Show"),
]


#: who sees what guests pay for their rooms: neither housekeeping nor outlets
RATES = (
    "hotel_crm_base.group_front_office,hotel_crm_base.group_service,hotel_crm_base.group_call_agent,"
    "hotel_crm_base.group_marketing,hotel_crm_base.group_finance"
)


class HotelStay(models.Model):
    """One room, or room type, for one range of dates and its guests."""

    _name = "hotel.stay"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Stay"
    _order = "arrival_date desc, id desc"
    _rec_name = "partner_id"

    _guest_fields = ("partner_id", "companion_ids")

    partner_id = fields.Many2one(
        "res.partner", string="Guest", index="btree_not_null", ondelete="restrict"
    )
    companion_ids = fields.Many2many("res.partner", string="Companions")
    property_id = fields.Many2one("hotel.property", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="property_id.currency_id", store=True, precompute=True)
    room_type_id = fields.Many2one("hotel.room.type", ondelete="restrict", check_company=True)
    booked_room_type_id = fields.Many2one(
        "hotel.room.type",
        string="Room Type Booked",
        ondelete="restrict",
        check_company=True,
        help="What was sold, where the guest was given another type.",
    )
    room_id = fields.Many2one(
        "hotel.room",
        ondelete="restrict",
        domain="[('property_id', '=', property_id)]",
        check_company=True,
    )
    state = fields.Selection(STATES, required=True, default="booked")
    arrival_date = fields.Date(required=True)
    departure_date = fields.Date(required=True)
    nights = fields.Integer(compute="_compute_nights", store=True, precompute=True)
    is_day_use = fields.Boolean(compute="_compute_nights", store=True, precompute=True)
    adults = fields.Integer(default=1)
    children = fields.Integer()
    infants = fields.Integer()
    rate = fields.Monetary(groups=RATES, help="Average rate of a night, as agreed.")
    channel_id = fields.Many2one("hotel.channel", ondelete="restrict")
    market_segment_id = fields.Many2one("hotel.market.segment", ondelete="restrict")
    rate_plan_id = fields.Many2one("hotel.rate.plan", ondelete="restrict")
    guest_country_id = fields.Many2one(
        "res.country", string="Guest's Country", help="Known also where the guest is not."
    )
    booked_at = fields.Datetime(default=fields.Datetime.now)
    checked_in_at = fields.Datetime(readonly=True)
    checked_out_at = fields.Datetime(readonly=True)
    cancelled_at = fields.Datetime(readonly=True)
    note = fields.Text()
    source_system = fields.Char(readonly=True, copy=False)
    source_ref = fields.Char(string="Source Reference", readonly=True, copy=False)
    night_ids = fields.One2many("hotel.stay.night", "stay_id", string="Rates per Night")

    _dates_ordered = models.Constraint(
        "CHECK (departure_date >= arrival_date)", "The departure is before the arrival."
    )
    _persons_not_negative = models.Constraint(
        "CHECK (adults >= 0 AND children >= 0 AND infants >= 0)",
        "The number of persons cannot be negative.",
    )
    # int4range(x, x, '[]') spares the extension btree_gist
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH =,
           daterange(arrival_date, departure_date, '[)') WITH &&)
           WHERE (room_id IS NOT NULL AND state IN ('held', 'booked', 'in_house'))""",
        "This room is taken already for some of these nights.",
    )
    _source_unique = models.UniqueIndex(
        "(source_system, source_ref) WHERE source_ref IS NOT NULL",
        "This booking of the other system is recorded already.",
    )
    _partner_arrival_idx = models.Index("(partner_id, arrival_date DESC) WHERE partner_id IS NOT NULL")
    _desk_idx = models.Index("(property_id, state, arrival_date)")
    _departure_idx = models.Index("(property_id, departure_date) WHERE state = 'in_house'")
    _departed_idx = models.Index("(property_id, departure_date) WHERE state = 'departed'")
    _room_idx = models.Index("(room_id) WHERE room_id IS NOT NULL")

    @api.depends("arrival_date", "departure_date")
    def _compute_nights(self):
        for stay in self:
            dated = stay.arrival_date and stay.departure_date
            stay.nights = (stay.departure_date - stay.arrival_date).days if dated else 0
            stay.is_day_use = bool(dated) and not stay.nights

    @api.depends("partner_id", "arrival_date", "departure_date", "room_id")
    def _compute_display_name(self):
        for stay in self:
            guest = stay.partner_id.name or self.env._("Anonymous guest")
            stay.display_name = f"{guest}, {stay.arrival_date} - {stay.departure_date}"

    @api.constrains("property_id", "room_type_id", "room_id")
    def _check_same_property(self):
        for stay in self:
            others = stay.room_type_id.property_id | stay.room_id.property_id
            if others - stay.property_id:
                raise ValidationError(self.env._("The room belongs to another property."))

    @api.constrains("partner_id", "state")
    def _check_guest_present(self):
        """Only history from another system may be anonymous."""
        for stay in self:
            if not stay.partner_id and not stay.source_system:
                raise ValidationError(self.env._("Name the guest of the stay."))

    @api.model_create_multi
    def create(self, vals_list):
        stays = super().create(vals_list)
        stays._sync_nights()
        return stays

    def write(self, vals):
        before = {stay: stay.state for stay in self} if "state" in vals else {}
        result = super().write(vals)
        if {"arrival_date", "departure_date", "rate"} & set(vals):
            self._sync_nights(overwrite="rate" in vals and "night_ids" not in vals)
        if before:
            self.filtered(lambda stay: before[stay] != stay.state)._enter_state(vals["state"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fact(self):
        if any(stay.state not in ("held", "booked") or stay.source_system for stay in self):
            raise UserError(self.env._("Stays are facts: cancel a stay instead of deleting it."))

    def _sync_nights(self, overwrite=False):
        """Make one row per night; keep agreed rates of nights that stay.

        :param bool overwrite: set the stay's rate on every night
        """
        self.env["hotel.stay.night"]._sync(self, overwrite)

    def _enter_state(self, state):
        """Stamp the moment and call the hooks of a state that these stays have just entered."""
        now = fields.Datetime.now()
        stamps = {
            "in_house": "checked_in_at",
            "departed": "checked_out_at",
            "cancelled": "cancelled_at",
        }
        stamp = stamps.get(state)
        if stamp:
            self.filtered(lambda stay: not stay[stamp]).write({stamp: now})
        hooks = {
            "in_house": self._after_check_in,
            "departed": self._after_check_out,
            "cancelled": self._after_cancel,
        }
        if self and state in hooks:
            hooks[state]()

    # ---- hooks ------------------------------------------------------------------------------

    def _after_check_in(self):
        """Hook: these stays have just begun."""

    def _after_check_out(self):
        """Hook: these stays have just ended."""

    def _after_cancel(self):
        """Hook: these stays have just been cancelled."""
