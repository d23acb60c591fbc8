"""What guests ask of the privacy desk: a copy of their data, or to be forgotten."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

DAYS_PARAMETER = "hotel_crm_base.privacy_days"
DAYS_DEFAULT = 30
KINDS = [("copy", "Copy of the Data"), ("erasure", "Erasure")]
STATES = [
    ("unconfirmed", "Identity Not Confirmed"),
    ("open", "To Answer"),
    ("queued", "Being Erased"),
    ("answered", "Answered"),
    ("refused", "Refused"),
    ("cancelled", "Withdrawn"),
]
PENDING = ("unconfirmed", "open", "queued")
MANAGER = "hotel_crm_base.group_manager"


class HotelPrivacyRequest(models.Model):
    """One guest asks once for a copy of his or her data, or to be forgotten."""

    _name = "hotel.privacy.request"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotel.guest.trace.mixin"]
    _description = "Privacy Request"
    _order = "deadline_date, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Guest",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_hotel_guest", "=", True)],
    )
    company_id = fields.Many2one("res.company", readonly=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, required=True, default="copy")
    state = fields.Selection(STATES, required=True, readonly=True, default="unconfirmed", index=True, copy=False)
    source = fields.Selection(
        [
            ("portal", "Guest's Account"),
            ("desk", "Front Desk"),
            ("email", "E-mail"),
            ("phone", "Telephone"),
            ("letter", "Letter"),
        ],
        string="Asked By",
        required=True,
        default="desk",
    )
    received_at = fields.Datetime(string="Received On", required=True, default=fields.Datetime.now)
    deadline_date = fields.Date(
        string="Answer By", compute="_compute_deadline_date", store=True, readonly=False, index=True
    )
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    identity_way = fields.Selection(
        [("login", "Logged In"), ("link", "Link Sent by E-mail"), ("document", "Document Shown")],
        string="Identity Confirmed By",
        readonly=True,
        copy=False,
    )
    confirm_digest = fields.Char(groups="base.group_system", copy=False, exportable=False)
    confirm_until = fields.Datetime(readonly=True, copy=False)
    answered_at = fields.Datetime(string="Answered On", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", string="Answered By", readonly=True, copy=False)
    link_until = fields.Datetime(string="Link Valid Until", readonly=True, copy=False)
    fetch_count = fields.Integer(string="Times Fetched", readonly=True, copy=False)
    note = fields.Text(help="Only for the desk.")
    refusal = fields.Text(string="Why Refused", copy=False, help="Told to the guest.")
    obstacle_text = fields.Text(string="In the Way", compute="_compute_obstacle_text")

    _once = models.UniqueIndex(
        "(partner_id, kind) WHERE state IN ('unconfirmed', 'open', 'queued')", "This guest has asked for it already."
    )

    @api.depends("received_at")
    def _compute_deadline_date(self):
        days = timedelta(days=self._get_days())
        for request in self:
            request.deadline_date = request.received_at and request.received_at.date() + days

    @api.depends("deadline_date", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for request in self:
            request.is_overdue = request.state in PENDING and (request.deadline_date or today) < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain("state", "in", PENDING)
        late &= fields.Domain("deadline_date", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    @api.depends("partner_id", "kind", "state")
    def _compute_obstacle_text(self):
        asked = self.filtered(lambda request: request.kind == "erasure" and request.state in PENDING)
        problems = asked.partner_id._get_hotel_erasure_obstacles() if asked else {}
        for request in self:
            found = problems.get(request.partner_id.id, ()) if request in asked else ()
            request.obstacle_text = "\n".join(found)

    @api.model
    def _get_days(self):
        """Return within how many days a request is answered."""
        # parameters are closed to users
        text = self.env["ir.config_parameter"].sudo().get_param(DAYS_PARAMETER) or ""
        return int(text) if text.isdecimal() and int(text) else DAYS_DEFAULT

    # ---- asking -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            known = {"partner_id", "kind", "source", "received_at", "deadline_date", "note"}
            vals_list = [{name: vals[name] for name in vals if name in known} for vals in vals_list]
        requests = super().create(vals_list)
        if requests.partner_id.filtered("hotel_erased_at"):
            raise UserError(self.env._("This guest was erased already."))
        requests._remind_desk()
        return requests

    def write(self, vals):
        if not self.env.su and set(vals) - {"note", "refusal", "deadline_date"}:
            raise AccessError(self.env._("Requests are answered by their buttons."))
        return super().write(vals)

    def _remind_desk(self):
        """Put the requests on the list of a manager of the company, due three days before the deadline."""
        for company, requests in self.sudo().grouped("company_id").items():  # who asks need not see who answers
            user = self._get_desk_user(company)
            for request in requests if user else ():
                request.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=request.deadline_date - timedelta(days=3),
                    summary=self.env._("Answer a privacy request"),
                    user_id=user.id,
                )

    @api.model
    def _get_desk_user(self, company):
        """Return who answers requests to a company: the first of its managers."""
        return self.env["res.users"].sudo().search(
            [("all_group_ids", "in", self.env.ref(MANAGER).ids), ("company_ids", "in", company.ids)],
            order="id desc", limit=1,
        )  # fmt: skip

    @api.model
    def _ask(self, partner, kind):
        """Note what a guest asks who is logged in; asking again is the same request.

        :param res.partner partner: who is logged in, with sudo
        :param str kind: copy or erasure
        :rtype: hotel.privacy.request, with sudo
        """
        requests = self.sudo()
        known = requests.search([("partner_id", "=", partner.id), ("kind", "=", kind), ("state", "in", PENDING)])
        if known:
            return known
        request = requests.create(
            {"partner_id": partner.id, "kind": kind, "source": "portal", "state": "open", "identity_way": "login"}
        )
        if kind == "copy":
            request._answer_copy()
        return request

    def _cancel_own(self):
        """Withdraw a request: the guest has changed his or her mind."""
        for request in self.sudo():
            if request.state not in ("unconfirmed", "open"):
                raise UserError(self.env._("This request was answered already."))
            request.write({"state": "cancelled"})
            request.activity_unlink(["mail.mail_activity_data_todo"])

    def _close(self, state):
        self.write({"state": state, "answered_at": fields.Datetime.now(), "user_id": self.env.uid})
        self.activity_unlink(["mail.mail_activity_data_todo"])
