"""A member says that the points of a stay are missing."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules import limits, results

STATES = [("new", "To Answer"), ("approved", "Approved"), ("refused", "Refused"), ("withdrawn", "Withdrawn")]
#: so many claims of one member wait at the same time: numbers of bookings are not to be guessed
MOST_OPEN = 5
TEXT_AT_MOST = 2000
#: for the longest name of a system and number that anybody prints on a bill
NUMBER_AT_MOST = 64


class HotelLoyaltyClaim(models.Model):
    """One missing stay, as the member tells it, with what the hotel answers."""

    _name = "hotel.loyalty.claim"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotel.loyalty.notice.mixin"]
    _description = "Claim of a Missing Stay"
    _order = "answer_date, id desc"
    # nobody writes claims by hand, and everybody who sees them may add to the log
    _mail_post_access = "read"

    name = fields.Char(string="Number", compute="_compute_name")
    card_id = fields.Many2one(
        "loyalty.card", string="Member", required=True, index=True, ondelete="restrict",
        domain=[("hotel_managed", "=", True)],
    )  # fmt: skip
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest", store=True, index=True)
    program_id = fields.Many2one(related="card_id.program_id", string="Programme")
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", required=True, ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )  # fmt: skip
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    arrival_date = fields.Date(required=True)
    departure_date = fields.Date(required=True)
    number = fields.Char(string="Confirmation or Bill Number")
    text = fields.Text(string="What the Member Says")
    state = fields.Selection(STATES, required=True, default="new", readonly=True, tracking=True, index=True)
    asked_date = fields.Date(string="Asked On", readonly=True)
    answer_date = fields.Date(string="Answer Until", readonly=True)
    is_overdue = fields.Boolean(string="Overdue", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", string="Filed By", default=lambda self: self.env.uid, readonly=True)
    stay_id = fields.Many2one(
        "hotel.stay", string="Matching Stay", ondelete="restrict", copy=False,
        help="Nobody's, or the member's own; stays of other guests are not to be chosen.",
    )  # fmt: skip
    is_proven = fields.Boolean(
        string="Number Matches", readonly=True, copy=False, help="The member knows a number of this stay."
    )
    points = fields.Integer(
        string="Points of the Stay", readonly=True, copy=False, help="What the stay would earn by the rules."
    )
    posting_id = fields.Many2one("hotel.loyalty.posting", string="Points Posted", readonly=True, ondelete="restrict")
    answer = fields.Text(readonly=True, help="What the member is told.")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    is_automatic = fields.Boolean(string="Decided by the Rules", readonly=True)

    _dates_ordered = models.Constraint("CHECK (departure_date >= arrival_date)", "The departure is before the arrival.")
    _stay_once = models.UniqueIndex(
        "(stay_id) WHERE stay_id IS NOT NULL AND state = 'approved'", "This stay was claimed already."
    )
    _asked_once = models.UniqueIndex(
        "(card_id, property_id, arrival_date) WHERE state IN ('new', 'approved')",
        "The points of this stay were asked for already.",
    )
    _due_idx = models.Index("(answer_date) WHERE state = 'new'")

    def _compute_name(self):
        for claim in self:
            claim.name = f"CL{claim.id:06d}" if isinstance(claim.id, int) else self.env._("New")

    @api.depends("partner_id", "arrival_date")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = f"{claim.name}, {claim.sudo().partner_id.name or ''}"

    @api.constrains("card_id", "property_id")
    def _check_place(self):
        for claim in self:
            program = claim.sudo().program_id
            if not program.hotel_managed or not program._is_hotel_here(claim.property_id):
                raise ValidationError(self.env._("The programme does not count at this hotel."))

    @api.model_create_multi
    def create(self, vals_list):
        """File claims: the rules say whether they are taken, and grant at once what is proven and small.

        :raises UserError: too late, not left yet, asked for already, or too many wait
        """
        kept = {"card_id", "property_id", "arrival_date", "departure_date", "number", "text"}
        vals_list = [
            {**{name: value for name, value in vals.items() if name in kept}, "user_id": self.env.uid}
            for vals in vals_list
        ]
        for vals in vals_list:
            vals["number"] = (vals.get("number") or "").strip()[:NUMBER_AT_MOST] or None
            vals["text"] = (vals.get("text") or "").strip()[:TEXT_AT_MOST] or None
        self._check_not_asked(vals_list)
        claims = super().create(vals_list)
        for claim in claims:
            claim._judge()
        return claims

    @api.model
    def _check_not_asked(self, vals_list):
        """Refuse what was asked for already, in words; two at the same moment the database refuses."""
        self.flush_model(["state"])
        for vals in vals_list:
            names = ("card_id", "property_id", "arrival_date")
            # whose claims these are is said by the card alone
            asked = self.sudo().search_count(
                [*((name, "=", vals.get(name)) for name in names), ("state", "in", ("new", "approved"))], limit=1
            )
            if asked:
                raise UserError(self.env._("The points of this stay were asked for already."))

    def _judge(self):
        """Take a claim by the rules: its deadline, what it is about, and whether it is granted at once."""
        self.card_id._check_hotel_open()
        claim = self.sudo()  # what is asked of stays and rules, the member need not see
        claim._check_number_of_open()
        today = claim.program_id._get_hotel_today()
        plan = claim.program_id._get_hotel_plan()
        claim._find_stay()
        wish = limits.Claim(claim.departure_date, today, claim.points, claim.is_proven)
        rule = plan.at(today).version.claims
        if rule is None:
            verdict = limits.Verdict(claim.departure_date <= today)
        else:
            verdict = limits.check_claim(rule, wish, plan.calendar)
        if not verdict.is_allowed:
            reasons = verdict.reasons or [results.Reason.of("not_yet")]
            raise UserError(self.card_id._explain_hotel_reasons(reasons))
        claim.write({"asked_date": today, "answer_date": verdict.due})
        if verdict.is_automatic:
            claim._approve_by_rules()

    def _check_number_of_open(self):
        """Refuse one more where many wait: numbers of bookings of others are not to be guessed."""
        waiting = self.search_count([("card_id", "=", self.card_id.id), ("state", "=", "new")])
        if waiting > MOST_OPEN:
            raise UserError(self.env._("Several claims wait for an answer already. Please wait for it."))

    def _describe_matter(self):
        """Return in one line what is claimed.

        :rtype: str
        """
        return f"{self.name}, {self.property_id.name}, {self.arrival_date}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_new(self):
        raise UserError(self.env._("Claims are kept with their answers. Refuse or withdraw it instead."))
