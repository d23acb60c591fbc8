"""The guest: a contact whom at least one hotel knows as one."""

from dateutil.relativedelta import relativedelta
from stdnum import luhn

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

CODE_SEQUENCE = "hotel_guest_code_seq"


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_hotel_guest = fields.Boolean(string="Hotel Guest")
    hotel_guest_code = fields.Char(
        string="Member Number", copy=False, readonly=True, help="Given once, never reused."
    )
    hotel_registered_at = fields.Datetime(string="Registered", copy=False, readonly=True)
    hotel_gender = fields.Selection(
        [("male", "Male"), ("female", "Female"), ("other", "Other")], string="Gender"
    )
    hotel_birth_date = fields.Date(string="Birth Date")
    hotel_birth_mmdd = fields.Integer(
        string="Birthday",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Month times 100 plus day, so that birthdays are found in any year.",
    )
    hotel_age = fields.Integer(
        string="Age", compute="_compute_hotel_age", search="_search_hotel_age"
    )
    hotel_nationality_id = fields.Many2one("res.country", string="Nationality")
    hotel_vip_code_id = fields.Many2one("hotel.vip.code", string="VIP", ondelete="restrict")
    hotel_is_to_match = fields.Boolean(
        string="To Match",
        copy=False,
        help="Made by a web booking; the desk says whether this is a guest known already.",
    )
    hotel_preference_ids = fields.One2many(
        "hotel.guest.preference", "partner_id", string="Preferences"
    )
    hotel_relation_ids = fields.One2many("hotel.guest.relation", "partner_id", string="Relations")
    hotel_consent_ids = fields.One2many("hotel.consent", "partner_id", string="Consents")
    hotel_stay_ids = fields.One2many("hotel.stay", "partner_id", string="Stays")
    hotel_consumption_ids = fields.One2many(
        "hotel.consumption", "partner_id", string="Consumption"
    )
    hotel_service_record_ids = fields.One2many(
        "hotel.service.record", "partner_id", string="Service Records"
    )
    hotel_metric_ids = fields.One2many("hotel.guest.metric", "partner_id", string="Figures")

    _hotel_guest_code_unique = models.UniqueIndex(
        "(hotel_guest_code) WHERE hotel_guest_code IS NOT NULL", "This member number is taken."
    )
    _hotel_guest_idx = models.Index("(id) WHERE is_hotel_guest")
    _hotel_birthday_idx = models.Index("(hotel_birth_mmdd) WHERE hotel_birth_mmdd > 0")
    _hotel_to_match_idx = models.Index("(id) WHERE hotel_is_to_match")

    def _auto_init(self):
        """Make the flag in SQL, so that installing on a million contacts recomputes nothing."""
        if not column_exists(self.env.cr, "res_partner", "is_hotel_guest"):
            create_column(self.env.cr, "res_partner", "is_hotel_guest", "boolean")
        self.env.cr.execute(
            SQL("CREATE SEQUENCE IF NOT EXISTS %s START 10000001", SQL.identifier(CODE_SEQUENCE))
        )
        return super()._auto_init()

    @api.depends("hotel_birth_date")
    @api.depends_context("tz")
    def _compute_hotel_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.hotel_birth_date
            partner.hotel_age = relativedelta(today, born).years if born else 0

    def _search_hotel_age(self, operator, value):
        """Turn ages into birth dates: aged 30 means born in the year that ends 30 years ago."""
        if operator not in ("=", "<", "<=", ">", ">=", "in"):
            return NotImplemented
        if operator == "in":
            return fields.Domain.OR(self._search_hotel_age("=", age) for age in value)
        today = fields.Date.context_today(self)

        def born_after(age):
            """Latest date on which somebody of this age was NOT yet born that many years ago."""
            return today - relativedelta(years=int(age))

        known = fields.Domain("hotel_birth_date", "!=", False)
        younger_than = {  # age < n: born after today - n years
            "<": fields.Domain("hotel_birth_date", ">", born_after(value)),
            ">=": fields.Domain("hotel_birth_date", "<=", born_after(value)),
            "<=": fields.Domain("hotel_birth_date", ">", born_after(int(value) + 1)),
            ">": fields.Domain("hotel_birth_date", "<=", born_after(int(value) + 1)),
        }
        if operator == "=":
            return known & younger_than[">="] & younger_than["<="]
        return known & younger_than[operator]

    @api.constrains("hotel_birth_date")
    def _check_hotel_birth_date(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.hotel_birth_date
            if born and not (today - relativedelta(years=130) <= born <= today):
                raise ValidationError(
                    self.env._("The birth date %s cannot be right.", fields.Date.to_string(born))
                )

    @api.model_create_multi
    def create(self, vals_list):
        guests = [vals for vals in vals_list if vals.get("is_hotel_guest")]
        for vals, code in zip(guests, self._next_hotel_guest_codes(len(guests)), strict=True):
            vals.setdefault("hotel_guest_code", code)
            vals.setdefault("hotel_registered_at", fields.Datetime.now())
        for vals in vals_list:
            self._set_hotel_birth_mmdd(vals)
        return super().create(vals_list)

    def write(self, vals):
        vals = dict(vals)
        self._set_hotel_birth_mmdd(vals)
        result = super().write(vals)
        if vals.get("is_hotel_guest"):
            self._register_hotel_guests()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_hotel_history(self):
        """A guest with history is archived or anonymised, never deleted."""
        if self.filtered("is_hotel_guest").sudo()._has_hotel_history():
            raise UserError(
                self.env._("Guests with stays, consumption or consents cannot be deleted. Archive them instead.")
            )

    def _has_hotel_history(self):
        """Return whether any of these guests has stays, consumption or consents.

        :rtype: bool
        """
        domain = [("partner_id", "in", self.ids)]
        return bool(
            self.env["hotel.stay"].search_count(domain, limit=1)
            or self.env["hotel.consumption"].search_count(domain, limit=1)
            or self.env["hotel.consent"].search_count(domain, limit=1)
        )

    def _register_hotel_guests(self):
        """Give a member number to contacts that have just become guests."""
        new = self.sudo().filtered(lambda partner: not partner.hotel_guest_code)
        for partner, code in zip(new, self._next_hotel_guest_codes(len(new)), strict=True):
            partner.write(
                {"hotel_guest_code": code, "hotel_registered_at": fields.Datetime.now()}
            )

    @api.model
    def _next_hotel_guest_codes(self, count):
        """Return new member numbers: digits only (a telephone can type them), Luhn check digit last.

        :param int count: how many
        :rtype: list[str]
        """
        if not count:
            return []
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", CODE_SEQUENCE, count)
        )
        return [f"{number}{luhn.calc_check_digit(str(number))}" for (number,) in rows]

    @api.model
    def _set_hotel_birth_mmdd(self, vals):
        """Keep the day of the year beside the birth date in values about to be stored."""
        if "hotel_birth_date" in vals:
            born = fields.Date.to_date(vals["hotel_birth_date"])
            vals["hotel_birth_mmdd"] = born.month * 100 + born.day if born else 0
