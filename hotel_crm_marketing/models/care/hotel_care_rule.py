"""Rules of care: on which occasion which guests hear what from the hotel, on which channel."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import festivals
from .care_options import CHANNEL_ORDER, EVENTS, FESTIVALS, PURPOSE, STAY_EVENTS


class HotelCareRule(models.Model):
    """One kind of greeting: its occasion, its guests, its words and its present."""

    _name = "hotel.care.rule"
    _description = "Care Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="Of several rules for one occasion the first one greets.")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("stopped", "Stopped")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    property_id = fields.Many2one(
        "hotel.property",
        string="Hotel",
        ondelete="restrict",
        index="btree_not_null",
        help="Who speaks, and whose stays count. Empty: all hotels of the company.",
    )
    event = fields.Selection(EVENTS, string="Occasion", required=True, default="birthday")
    festival = fields.Selection(FESTIVALS)
    festival_month = fields.Integer(string="Month", default=1)
    festival_day = fields.Integer(string="Day", default=1)
    offset_days = fields.Integer(string="Days", help="From the occasion to the greeting; less than 0: before it.")
    late_days = fields.Integer(
        string="Made up for within Days", default=1, help="Where the job did not run on the day."
    )
    is_catch_up = fields.Boolean(
        string="Late Bookings Too", default=True, help="Who books when the day is over already is written to at once."
    )
    segment_id = fields.Many2one("hotel.segment", string="Audience", ondelete="restrict", help="Empty: all guests.")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        help="Guests of this language only. Empty: all, each in his or her own.",
    )
    purpose = fields.Selection(
        [("greeting", "Greetings"), ("offer", "Offers"), ("loyalty", "Loyalty Programme"), ("survey", "Surveys")],
        compute="_compute_purpose",
        store=True,
        help="To what the guest has to have agreed.",
    )
    channel_order = fields.Selection(CHANNEL_ORDER, string="Channels", required=True, default="email,sms")
    is_portal = fields.Boolean(string="Shown in the Portal", default=True, help="Where no message may be sent.")
    mail_template_id = fields.Many2one(
        "mail.template", string="E-mail Text", ondelete="restrict", domain="[('model', '=', 'hotel.care.greeting')]"
    )
    sms_template_id = fields.Many2one(
        "sms.template", string="SMS Text", ondelete="restrict", domain="[('model', '=', 'hotel.care.greeting')]"
    )
    program_id = fields.Many2one(
        "loyalty.program",
        string="Coupon",
        ondelete="restrict",
        domain="[('program_type', 'in', ('coupons', 'next_order_coupons'))]",
        help="Given to each guest who is greeted.",
    )
    link_url = fields.Char(string="Link", help="Where the text leads, such as the page for reviews.")
    portal_text = fields.Text(string="Words in the Portal", translate=True)
    greeting_ids = fields.One2many("hotel.care.greeting", "rule_id", string="Greetings")
    greeting_count = fields.Integer(compute="_compute_greeting_count", string="Greeted")
    next_date = fields.Date(string="Next Day", compute="_compute_next_date", help="Of the festival.")

    _late_days_in_range = models.Constraint(
        "CHECK (late_days BETWEEN 0 AND 60)", "A greeting is made up for within 60 days."
    )
    _offset_in_range = models.Constraint("CHECK (abs(offset_days) <= 3650)", "Ten years are the most.")

    @api.depends("event")
    def _compute_purpose(self):
        for rule in self:
            rule.purpose = PURPOSE.get(rule.event, "offer")

    def _compute_greeting_count(self):
        groups = self.env["hotel.care.greeting"]._read_group([("rule_id", "in", self.ids)], ["rule_id"], ["__count"])
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.greeting_count = counts.get(rule.id, 0)

    @api.depends("event", "festival", "festival_month", "festival_day", "offset_days")
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        for rule in self:
            days = []
            if rule.event == "festival" and rule.festival and 1 <= rule.festival_month <= 12:
                last = fields.Date.add(today, days=400)
                days = festivals.get_festivals(rule.festival, today, last, rule.festival_month, rule.festival_day)
            rule.next_date = days[0] if days else False

    @api.onchange("event")
    def _onchange_event(self):
        """Begin with the usual distance from the occasion."""
        usual = {"before_arrival": -3, "in_stay": 1, "after_departure": 1, "review": 2, "win_back": 180}
        self.offset_days = {**usual, "points_expiring": -30}.get(self.event, 0)

    @api.constrains("event", "offset_days", "festival", "festival_month", "festival_day")
    def _check_occasion(self):
        for rule in self:
            if rule.event == "festival" and not rule.festival:
                raise ValidationError(self.env._("Say which festival."))
            if rule.festival == "own" and not (1 <= rule.festival_month <= 12 and 1 <= rule.festival_day <= 31):
                raise ValidationError(self.env._("There is no such day of the year."))
            if rule.event in ("before_arrival", "points_expiring") and rule.offset_days > 0:
                raise ValidationError(self.env._("This greeting comes before its occasion: 0 days or less."))
            if rule.event in ("in_stay", "after_departure", "review", "win_back") and rule.offset_days < 0:
                raise ValidationError(self.env._("This greeting comes after its occasion: 0 days or more."))

    @api.constrains("company_id", "property_id", "program_id", "segment_id")
    def _check_same_company(self):
        for rule in self:
            if rule.property_id and rule.property_id.company_id != rule.company_id:
                raise ValidationError(self.env._("The hotel belongs to another company."))
            if rule.program_id.company_id and rule.program_id.company_id != rule.company_id:
                raise ValidationError(self.env._("The coupon belongs to another company."))
            if rule.segment_id and rule.company_id not in rule.segment_id.company_ids:
                raise ValidationError(self.env._("The audience belongs to another company."))

    @api.constrains("program_id")
    def _check_program(self):
        for program in self.program_id:
            if program.program_type not in ("coupons", "next_order_coupons") or not program.reward_ids:
                raise ValidationError(self.env._("Coupons are given of programmes of coupons with a reward."))

    @api.constrains("mail_template_id", "sms_template_id")
    def _check_templates(self):
        for template in (*self.mail_template_id, *self.sms_template_id):
            if template.model != "hotel.care.greeting":
                raise ValidationError(self.env._("The text “%(name)s” is not one for greetings.", name=template.name))

    # ---- actions ------------------------------------------------------------------------------

    def action_start(self):
        """Let these rules greet from now on. Callable by those who may change rules.

        :raises UserError: a channel has no text
        """
        self.check_access("write")
        for rule in self:
            for channel in rule._get_channels():
                if not rule._get_template(channel):
                    raise UserError(self.env._("“%(rule)s” has no text for each of its channels.", rule=rule.name))
        self.state = "running"
        # a job that nobody but the system changes
        self.env.ref("hotel_crm_marketing.ir_cron_care_greet").sudo()._trigger()

    def action_stop(self):
        """Stop these rules: what has not left the house does not leave. Callable by those who may change rules."""
        self.check_access("write")
        self.state = "stopped"

    def action_open_greetings(self):
        """Return what shows who was greeted. Callable by all who may read rules.

        :rtype: dict: action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_marketing.hotel_care_greeting_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    # ---- for the run --------------------------------------------------------------------------

    def _get_channels(self):
        """Return the channels in the order in which they are tried.

        :rtype: list[str]
        """
        return self.channel_order.split(",")

    def _get_template(self, channel):
        """Return the text for a channel.

        :rtype: mail.template | sms.template
        """
        return self.mail_template_id if channel == "email" else self.sms_template_id

    def _get_hotels(self):
        """Return the hotels whose stays count.

        :rtype: hotel.property
        """
        self.ensure_one()
        return self.property_id or self.env["hotel.property"].search([("company_id", "=", self.company_id.id)])

    def _get_today(self):
        """Return today where the hotel is that speaks.

        :rtype: date
        """
        self.ensure_one()
        if self.property_id:
            return self.property_id._get_local_today()
        zone = self.company_id.partner_id.tz or self._get_hotels()[:1].tz or "UTC"
        return fields.Date.context_today(self.with_context(tz=zone))

    def _is_stay_event(self):
        return self.event in STAY_EVENTS
