from odoo import api, fields, models


class HotelLoyaltyGiveTier(models.TransientModel):
    """A tier that somebody of the hotel wants to give a member who did not earn it."""

    _name = "hotel.loyalty.give.tier"
    _description = "Give a Tier"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    tier_ids = fields.Many2many("hotel.loyalty.tier", string="Tiers to Give", compute="_compute_tier_ids")
    tier_id = fields.Many2one(
        "hotel.loyalty.tier", required=True, ondelete="cascade", domain="[('id', 'in', tier_ids)]"
    )
    kind = fields.Selection(
        [("gifted", "Gifted"), ("matched", "Matched"), ("invited", "By Invitation"), ("bought", "Bought")],
        required=True,
        default="gifted",
    )
    until_date = fields.Date(string="Until", help="Last day. Empty: as if the tier had been earned.")
    reason_id = fields.Many2one("hotel.loyalty.reason", required=True, ondelete="cascade")
    note = fields.Char(string="What Happened", help="Kept with the tier, and told to the member.")
    allowed_text = fields.Char(string="The Rules Allow", compute="_compute_allowed_text")
    is_above = fields.Boolean(compute="_compute_is_above")

    @api.depends("card_id")
    def _compute_tier_ids(self):
        for wizard in self:
            allowed = wizard._get_allowed()
            tiers = wizard.card_id.sudo().program_id.hotel_tier_ids.filtered(lambda tier: allowed.get(tier.code))
            wizard.tier_ids = tiers.with_env(self.env)

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_allowed_text(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for wizard in self:
            kinds = wizard._get_allowed().get(wizard.tier_id.code, ())
            wizard.allowed_text = ", ".join(names[kind] for kind in kinds if kind in names)

    @api.depends("card_id")
    def _compute_is_above(self):
        for wizard in self:
            program = wizard.card_id.sudo().program_id
            _points, can_grant = self.env["hotel.loyalty.limit"]._get_limit(program, self.env.user)
            wizard.is_above = not can_grant

    def _get_allowed(self):
        """Return how each tier of the programme may be given: code -> kinds."""
        program = self.card_id.sudo().program_id
        if not program.hotel_revision_id:
            return {}
        terms = program._get_hotel_plan().at(program._get_hotel_today())
        return {tier.code: tier.record.grants for tier in terms.tiers}

    def action_grant(self):
        """Give the tier, or ask for approval. Callable by those who look after members.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: what stands against it
        """
        self.ensure_one()
        grant = self.card_id._hotel_grant(self.tier_id, self.kind, self.until_date, self.reason_id, self.note)
        return grant._tell_user()
