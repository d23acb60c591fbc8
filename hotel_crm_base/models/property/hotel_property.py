"""The hotel: its company, its clock and its business date."""

from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get


class HotelProperty(models.Model):
    """One hotel: rooms, outlets and a business date under one roof and one company."""

    _name = "hotel.property"
    _inherit = ["hotel.cached.mixin"]
    _description = "Hotel Property"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]
    # rules keep the properties that a user sees, the booking pages their addresses and pictures
    _cached_fields = frozenset(
        {"code", "is_online", "active", *(f"image_{size}" for size in (128, 256, 512, 1024, 1920))}
    )

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code, used in imports and references.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Currency of rates and folios.",
    )
    partner_id = fields.Many2one("res.partner", string="Address", ondelete="restrict")
    country_id = fields.Many2one(related="partner_id.country_id", store=True, index=True)
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
    )
    business_date = fields.Date(
        required=True,
        compute="_compute_business_date",
        store=True,
        readonly=False,
        precompute=True,
        help="The day the hotel is working on; it ends at the day's end, not at midnight.",
    )
    is_day_end_automatic = fields.Boolean(
        string="Day Ends by the Clock",
        default=True,
        help="The business date follows the clock. Switch off where a night audit rolls it.",
    )
    day_end_time = fields.Float(
        default=4.0, help="Local hour at which the business day ends, such as 4:00 in the morning."
    )
    check_in_time = fields.Float(default=15.0)
    check_out_time = fields.Float(default=12.0)
    building_ids = fields.One2many("hotel.building", "property_id", string="Buildings")
    room_type_ids = fields.One2many("hotel.room.type", "property_id", string="Room Types")
    room_ids = fields.One2many("hotel.room", "property_id", string="Rooms")
    outlet_ids = fields.One2many("hotel.outlet", "property_id", string="Outlets")
    room_count = fields.Integer(compute="_compute_room_count")

    _code_unique = models.UniqueIndex("(company_id, code)", "This property code is in use already.")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for hotel in self:
            hotel.currency_id = hotel.currency_id or hotel.company_id.currency_id

    @api.depends("tz", "day_end_time")
    def _compute_business_date(self):
        """Set it once; afterwards only the day's end moves it."""
        for hotel in self:
            hotel.business_date = hotel.business_date or hotel._get_clock_business_date()

    @api.depends("room_ids")
    def _compute_room_count(self):
        counts = dict(
            self.env["hotel.room"]._read_group(
                [("property_id", "in", self.ids)], ["property_id"], ["__count"]
            )
        )
        for hotel in self:
            hotel.room_count = counts.get(hotel, 0)

    @api.constrains("day_end_time", "check_in_time", "check_out_time")
    def _check_hours(self):
        for hotel in self:
            hours = (hotel.day_end_time, hotel.check_in_time, hotel.check_out_time)
            if not all(0 <= hour < 24 for hour in hours):
                raise ValidationError(self.env._("Hours are between 0:00 and 23:59."))

    @api.constrains("company_id")
    def _check_company_kept(self):
        """Facts carry the company of their property, so it stays as it is once there are any."""
        for hotel in self:
            stays = self.env["hotel.stay"].sudo().search(
                [("property_id", "=", hotel.id), ("company_id", "!=", hotel.company_id.id)], limit=1
            )
            if stays:
                raise ValidationError(
                    self.env._("%s has stays already: its company cannot change.", hotel.name)
                )

    def _get_local_now(self):
        """Return the property's wall-clock time.

        :rtype: datetime (naive, in the property's time zone)
        """
        self.ensure_one()
        utc = pytz.utc.localize(fields.Datetime.now())
        return utc.astimezone(pytz.timezone(self.tz or "UTC")).replace(tzinfo=None)

    def _get_local_today(self):
        """Return the calendar date at the property.

        :rtype: date
        """
        return self._get_local_now().date()

    def _get_clock_business_date(self):
        """Return the date whose business day runs now by the clock.

        :rtype: date
        """
        self.ensure_one()
        return (self._get_local_now() - timedelta(hours=self.day_end_time or 0.0)).date()

    def _to_utc(self, day, hour=0.0):
        """Return the instant of a local date and hour, skipping hours that DST leaves out.

        :param date day: local date
        :param float hour: local hour, 0 <= hour < 24
        :rtype: datetime (naive UTC, as Odoo stores)
        """
        self.ensure_one()
        zone = pytz.timezone(self.tz or "UTC")
        wall = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)
        local = zone.normalize(zone.localize(wall))
        return local.astimezone(pytz.utc).replace(tzinfo=None)
