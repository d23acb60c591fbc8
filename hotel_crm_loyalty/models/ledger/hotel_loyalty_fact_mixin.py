"""What happened to a member beside stays and consumption: kept for good, and the input of the rules."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import guards


class HotelLoyaltyFactMixin(models.AbstractModel):
    """A fact about one member."""

    _name = "hotel.loyalty.fact.mixin"
    _description = "Fact of a Loyalty Member"
    _order = "date desc, id desc"
    #: fields that a decision about the fact changes later on
    _changing_fields = frozenset()

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="card_id.company_id")
    date = fields.Date(
        required=True, compute="_compute_date", store=True, readonly=False, precompute=True,
        help="By the programme's clock.",
    )  # fmt: skip
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.uid, readonly=True)
    note = fields.Char()

    @api.depends("card_id")
    def _compute_date(self):
        for fact in self:
            fact.date = fact.date or (fact.card_id and fact.card_id.program_id._get_hotel_today())

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        found._queue_cards()
        return found

    def write(self, vals):
        if set(vals) - self._changing_fields and not guards.is_given(self.env.context, guards.LEDGER):
            raise UserError(self.env._("What happened does not change: add what corrects it."))
        result = super().write(vals)
        self._queue_cards()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fact(self):
        raise UserError(self.env._("What happened is kept: add what corrects it."))

    def _queue_cards(self):
        """Have the members of these facts evaluated again."""
        self.env["hotel.loyalty.queue"]._add_cards(self.card_id)
