"""Audiences: which guests answer to some rules, or stand on a list."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class HotelSegment(models.Model):
    """One audience of guests: living by its rules, or a list that stands still."""

    _name = "hotel.segment"
    _description = "Guest Segment"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("living", "Living"), ("static", "Static")],
        required=True,
        default="living",
        help="A living segment is whoever answers to its rules now. A static one keeps its members.",
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        required=True,
        default=lambda self: [Command.set(self.env.companies.ids)],
        help="Whose stays and charges the rules count. Seen by users of all of these companies.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        help="Whose rights decide which guests and facts the rules see.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    note = fields.Text()
    rule_ids = fields.One2many("hotel.segment.rule", "segment_id", string="Rules", copy=True)
    description = fields.Text(compute="_compute_description", string="In Words")
    member_count = fields.Integer(string="Guests Inside", compute="_compute_figures")
    share = fields.Float(
        string="Share of All Guests", compute="_compute_figures", help="Percent of the guests whom the owner sees."
    )
    member_spend = fields.Monetary(
        string="Spend",
        compute="_compute_figures",
        help="What the members have spent so far at these companies, tax included, at today's rates.",
    )
    member_nights = fields.Integer(string="Nights", compute="_compute_figures")
    growth = fields.Integer(
        string="In 30 Days", compute="_compute_growth", help="Members more, or less, than 30 days ago."
    )
    size_ids = fields.One2many("hotel.segment.size", "segment_id", string="History")
    source_id = fields.Many2one(
        "hotel.segment", string="Taken From", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    taken_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("company_ids")
    def _compute_currency_id(self):
        for segment in self:
            segment.currency_id = segment.company_ids[:1].currency_id or self.env.company.currency_id

    @api.depends("rule_ids.description", "rule_ids.is_alternative", "rule_ids.sequence")
    def _compute_description(self):
        for segment in self:
            words = []
            for rule in segment.rule_ids:
                joint = self.env._("or") if rule.is_alternative else self.env._("and")
                words.append(f"{joint} {rule.description}" if words else rule.description)
            segment.description = "\n".join(words)

    @api.depends("kind", "company_ids", "rule_ids")
    def _compute_figures(self):
        for segment in self:
            figures = segment._query_figures()
            segment.member_count, segment.share = figures["count"], figures["share"]
            segment.member_spend, segment.member_nights = figures["spend"], figures["nights"]

    @api.depends("size_ids")
    def _compute_growth(self):
        for segment in self:
            earlier = self.env["hotel.segment.size"]._get_size(segment, days=30)
            segment.growth = segment.member_count - earlier if earlier is not None else 0

    @api.constrains("company_ids", "user_id")
    def _check_companies(self):
        for segment in self:
            if not segment.company_ids:
                raise ValidationError(self.env._("Say whose stays and charges the rules count."))
            if segment.company_ids - segment.user_id.company_ids:
                raise ValidationError(self.env._("The owner has to work for all companies of the segment."))

    @api.constrains("kind", "rule_ids")
    def _check_rules(self):
        for segment in self:
            if segment.kind == "static" and segment.rule_ids:
                raise ValidationError(self.env._("A static segment keeps its members: it has no rules."))

    @api.model_create_multi
    def create(self, vals_list):
        """Make segments; nobody makes one in another's name."""
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Change segments. Whoever changes what is counted answers for it with his or her own rights.

        :raises UserError: the kind of a segment changes
        """
        if "kind" in vals and any(segment.kind != vals["kind"] for segment in self):
            raise UserError(self.env._("Take a static copy instead: the kind of a segment does not change."))
        if not self.env.su and {"rule_ids", "company_ids", "user_id"} & set(vals):
            vals = {**vals, "user_id": self.env.uid}
        return super().write(vals)

    # ---- actions ------------------------------------------------------------------------------

    def action_open_members(self):
        """Return what shows the members. Callable by all who may read segments.

        :rtype: dict: action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.res_partner_action_hotel_guest")
        return {**action, "name": self.name, "domain": [("hotel_segment_ids", "in", self.ids)], "context": {}}

    def action_freeze(self):
        """Take a static copy and open it. Callable by those who may create segments.

        :rtype: dict: action
        """
        self.ensure_one()
        copy = self._freeze()
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": copy.id, "views": [[False, "form"]]}

    # ---- for others ---------------------------------------------------------------------------

    def _freeze(self, name=None):
        """Return a static segment with today's members; a campaign keeps one as its audience.

        :param str name: default the name with the date
        :rtype: hotel.segment
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        copy = self.create(
            {
                "name": name or f"{self.name}, {today}",
                "kind": "static",
                "company_ids": [Command.set(self.company_ids.ids)],
                "source_id": self.id,
                "taken_at": fields.Datetime.now(),
            }
        )
        self.env["hotel.segment.member"]._query_fill(copy, self._get_query())
        return copy

    def _get_query(self):
        """Return a SELECT of the ids of the members, to be part of a larger statement.

        Members never pass through Python: what reads them joins this query. The caller flushes.

        :rtype: SQL
        """
        self.ensure_one()
        return self._get_ids(self._get_guests()._search(self._get_domain()))

    @api.model
    def _get_ids(self, query, column="id"):
        """Return a SELECT of one column of what a search has found, of an empty one too.

        :param Query query: of ``_search``
        :rtype: SQL
        """
        if query.is_empty():
            return SQL("SELECT NULL::int AS id WHERE FALSE")
        return query.select(SQL.identifier(query.table, column))

    def _get_guests(self):
        """Return the model of guests with the owner's rights at the companies of the segment."""
        return self.env["res.partner"].with_user(self._get_owner()).with_context(
            allowed_company_ids=self.company_ids.ids or self.env.companies.ids, active_test=True, lang="en_US"
        )

    def _get_owner(self):
        return self.user_id or self.env.user

    def _query_figures(self):
        """Return size, share, spend and nights; SQL because an audience is a million guests.

        :rtype: dict: ``count``, ``share`` (percent), ``spend``, ``nights``
        """
        self.ensure_one()
        self.env.flush_all()
        guests = self._get_guests()
        rate = guests._get_hotel_figure_rate_sql("m")
        [(count, spend, nights, total)] = self.env.execute_query(
            SQL(
                """WITH member AS MATERIALIZED (%(members)s)
                   SELECT (SELECT count(*) FROM member), sums.spend, sums.nights, (SELECT count(*) FROM (%(all)s) AS a)
                     FROM (SELECT COALESCE(sum(m.spend_gross * %(rate)s), 0) AS spend,
                                  COALESCE(sum(m.night_count), 0) AS nights
                             FROM hotel_guest_metric m JOIN member ON member.id = m.partner_id
                            WHERE m.company_id IN %(companies)s) AS sums""",
                members=self._get_query(),
                all=self._get_ids(guests._search([("is_hotel_guest", "=", True)])),
                rate=rate,
                companies=tuple(guests.env.companies.ids),
            )
        )
        share = 100.0 * count / total if total else 0.0
        return {"count": count, "share": share, "spend": self.currency_id.round(float(spend)), "nights": nights}
