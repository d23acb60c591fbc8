"""What a guest tells the hotel, and what the hotel makes of it."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

KINDS = [
    ("complaint", "Complaint"),
    ("inquiry", "Inquiry"),
    ("suggestion", "Suggestion"),
    ("praise", "Praise"),
    ("request", "Request"),
]
SOURCES = [
    ("portal", "Guest Account"),
    ("room_qr", "Room QR Code"),
    ("email", "E-Mail"),
    ("desk", "Front Desk"),
    ("phone", "Telephone"),
    ("survey", "Survey"),
]
SEVERITIES = [("low", "Low"), ("normal", "Normal"), ("high", "High"), ("critical", "Critical")]
STATES = [
    ("new", "New"),
    ("assigned", "In Progress"),
    ("waiting", "Waiting for Guest"),
    ("solved", "Solved"),
    ("closed", "Closed"),
    ("merged", "Merged"),
]
#: nobody has to do anything about these any more
DONE = ("solved", "closed", "merged")
SUBJECT_AT_MOST = 120
TEXT_AT_MOST = 5000
#: how a case is called: CS and its number
NUMBER = re.compile(r"\s*(?:CS)?0*(\d{1,9})\s*", re.ASCII | re.IGNORECASE)


class HotelCase(models.Model):
    """One matter of a guest: a complaint, an inquiry, a suggestion, a praise or a request."""

    _name = "hotel.case"
    _inherit = [
        "portal.mixin",
        "rating.mixin",
        "mail.activity.mixin",
        "hotel.guest.trace.mixin",
        "hotel.own.scope.mixin",
    ]
    _description = "Case"
    _order = "id desc"
    _guest_fields = ("partner_id",)

    name = fields.Char(string="Number", compute="_compute_name", search="_search_name")
    subject = fields.Char(required=True)
    description = fields.Text(string="What the Guest Says")
    kind = fields.Selection(KINDS, required=True, default="complaint", tracking=True)
    source = fields.Selection(SOURCES, required=True, default="desk", readonly=True)
    severity = fields.Selection(SEVERITIES, required=True, default="normal", tracking=True)
    state = fields.Selection(
        STATES, required=True, default="new", tracking=True, copy=False, group_expand="_read_group_states"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Guest", index="btree_not_null", ondelete="restrict",
        domain=[("is_hotel_guest", "=", True)],
    )  # fmt: skip
    contact_name = fields.Char(help="Who it is, where the guest is not known.")
    contact_email = fields.Char(string="Contact E-Mail")
    contact_phone = fields.Char()
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", required=True, ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )  # fmt: skip
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="restrict")
    room_id = fields.Many2one("hotel.room", index="btree_not_null", ondelete="restrict")
    outlet_id = fields.Many2one("hotel.outlet", index="btree_not_null", ondelete="restrict")
    department_id = fields.Many2one("hotel.department", index="btree_not_null", ondelete="restrict", tracking=True)
    user_id = fields.Many2one("res.users", string="Assigned To", index="btree_not_null", tracking=True)
    category_id = fields.Many2one(
        "hotel.case.category", index="btree_not_null", ondelete="restrict", tracking=True
    )
    label_ids = fields.One2many("hotel.case.label", "case_id", string="Categories Found", readonly=True)
    category_ids = fields.Many2many(
        "hotel.case.category", string="Categories", compute="_compute_category_ids", search="_search_category_ids"
    )
    language = fields.Char(readonly=True, help="Code of the language it is written in, such as zh or en.")
    solution = fields.Text(help="What was done about it.")
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    merged_into_id = fields.Many2one("hotel.case", readonly=True, copy=False, index="btree_not_null")
    company_currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("create_date")
    def _compute_name(self):
        for case in self:
            case.name = f"CS{case.id:06d}" if isinstance(case.id, int) else self.env._("New")

    @api.model
    def _search_name(self, operator, value):
        """A number finds its case: 12, 000012 and CS000012 are the same."""
        if operator not in ("in", "=", "ilike"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else value
        found = [NUMBER.fullmatch(str(text)) for text in texts]
        return Domain("id", "in", [int(match[1]) for match in found if match])

    @api.model
    def _search_display_name(self, operator, value):
        if operator == "ilike" and isinstance(value, str) and NUMBER.fullmatch(value):
            return self._search_name(operator, value) | Domain("subject", "ilike", value)
        return Domain("subject", operator, value)

    @api.depends("subject")
    def _compute_display_name(self):
        for case in self:
            case.display_name = f"{case.name} {case.subject or ''}".strip()

    @api.depends("label_ids.category_id")
    def _compute_category_ids(self):
        for case in self:
            case.category_ids = case.label_ids.category_id

    @api.model
    def _search_category_ids(self, operator, value):
        return Domain("label_ids.category_id", operator, value)

    @api.depends("state")
    def _compute_is_open(self):
        for case in self:
            case.is_open = case.state not in DONE

    @api.model
    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [Domain("state", "not in" if is_open else "in", DONE) for is_open in value]
        return Domain.OR(domains)

    @api.model
    def _read_group_states(self, states, domain):
        """Show the columns of a day's work, empty ones too."""
        return ["new", "assigned", "waiting", "solved"]

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for case in self:
            case.access_url = f"/my/cases/{case.id}"
        return result

    @api.constrains("property_id", "stay_id", "room_id", "outlet_id", "department_id")
    def _check_same_property(self):
        for case in self.sudo():
            places = (case.stay_id, case.room_id, case.outlet_id, case.department_id)
            if any(place.property_id != case.property_id for place in places if place):
                raise ValidationError(self.env._("Stay, room, outlet and department belong to the hotel of the case."))

    @api.onchange("stay_id")
    def _onchange_stay_id(self):
        for case in self.filtered("stay_id"):
            stay = case.stay_id
            case.update(
                {"partner_id": stay.partner_id, "room_id": stay.room_id, "property_id": stay.property_id}
            )

    @api.onchange("property_id")
    def _onchange_property_id(self):
        for case in self:
            for name in ("stay_id", "room_id", "outlet_id", "department_id"):
                if case[name] and case[name].property_id != case.property_id:
                    case[name] = False

    @api.model_create_multi
    def create(self, vals_list):
        """Take cases in: texts are cut to size, sorted by what they say, and sent to their departments."""
        vals_list = self._add_stays(vals_list)
        vals_list = [self._prepare_case_vals(vals) for vals in vals_list]
        # cases come by the thousand: none begins with a message or followers
        silent = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        cases = super(HotelCase, silent).create(vals_list).with_env(self.env)
        cases._after_create()
        return cases

    @api.model
    def _prepare_case_vals(self, vals):
        """Return values cut to size, with what follows from the stay.

        :rtype: dict
        """
        vals = {**vals}
        text = (vals.get("description") or "").strip()[:TEXT_AT_MOST]
        subject = " ".join((vals.get("subject") or text).split())
        vals["description"] = text or False
        vals["subject"] = subject[:SUBJECT_AT_MOST] or self.env._("Without a subject")
        # nobody has rated it yet: it is not looked for
        vals["rating_last_value"] = 0.0
        stay = self.env["hotel.stay"].browse(vals.get("stay_id"))
        if stay:
            stay.check_access("read")
            vals["stay_id"] = stay.id
            for name in ("partner_id", "property_id", "room_id"):
                vals[name] = vals.get(name) or stay[name].id
        return vals

    @api.model
    def _add_stays(self, vals_list):
        """Return values with the stay in house of guests about whom nothing else is said: one query for all.

        :rtype: list[dict]
        """
        asked = {vals["partner_id"] for vals in vals_list if vals.get("partner_id") and not vals.get("stay_id")}
        if not asked:
            return vals_list
        domain = [("partner_id", "in", list(asked)), ("state", "=", "in_house")]
        stays = self.env["hotel.stay"].search_fetch(domain, ["partner_id", "property_id", "room_id"])
        by_guest = stays.grouped("partner_id")
        return [{**vals, "stay_id": vals.get("stay_id") or self._pick_stay_id(vals, by_guest)} for vals in vals_list]

    @api.model
    def _pick_stay_id(self, vals, by_guest):
        """Return the one stay in house that fits what is said; none where there are several.

        :param dict by_guest: guest -> stays in house
        :rtype: int | bool
        """
        found = by_guest.get(self.env["res.partner"].browse(vals.get("partner_id")), self.env["hotel.stay"])
        for name in ("property_id", "room_id"):
            if vals.get(name):
                found = found.filtered(lambda stay, name=name: stay[name].id == vals[name])
        return found.id if len(found) == 1 else False

    def _after_create(self):
        """Sort new cases and send them on their way."""
        self._sort_and_route()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_admin(self):
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise UserError(self.env._("Cases are kept. Close or merge it instead."))
