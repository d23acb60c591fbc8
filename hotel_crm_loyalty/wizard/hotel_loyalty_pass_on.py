from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.desk.hotel_loyalty_limit import ADJUSTERS


class HotelLoyaltyPassOn(models.TransientModel):
    """Points that a member passes on to another one at the desk."""

    _name = "hotel.loyalty.pass.on"
    _description = "Transfer Points"

    card_id = fields.Many2one("loyalty.card", string="From", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    available = fields.Float(related="card_id.points", string="Balance")
    receiver_id = fields.Many2one(
        "res.partner", string="To", required=True, ondelete="cascade", domain="[('is_hotel_guest', '=', True)]"
    )
    kind = fields.Selection([("transfer", "Transfer"), ("gift", "Gift")], required=True, default="transfer")
    points = fields.Integer(required=True)
    note = fields.Char()
    rule_text = fields.Char(string="The Rules Allow", compute="_compute_rule_text")

    @api.depends("card_id")
    @api.depends_context("lang")
    def _compute_rule_text(self):
        for wizard in self:
            wizard.rule_text = wizard._describe_rule()

    def _describe_rule(self):
        """Return the limits of transfers in one line.

        :rtype: str
        """
        program = self.card_id.sudo().program_id
        rule = program.hotel_revision_id and program._get_hotel_plan().at(program._get_hotel_today()).version.transfers
        if not rule:
            return self.env._("The programme has no transfers.")
        texts = [self.env._("at least %(points)s", points=rule.least)]
        if rule.step > 1:
            texts.append(self.env._("multiples of %(points)s", points=rule.step))
        if rule.most:
            texts.append(self.env._("at most %(points)s", points=rule.most))
        if rule.year_points:
            texts.append(self.env._("%(points)s a year", points=rule.year_points))
        if rule.member_days:
            texts.append(self.env._("%(days)s days after joining", days=rule.member_days))
        return ", ".join(texts)

    def action_transfer(self):
        """Pass the points on. Callable by those who look after members.

        :rtype: dict: action
        :raises AccessError: another role, or a member whom the user does not see
        :raises UserError: the receiver is no member, or the limits of the programme
        """
        self.ensure_one()
        self.card_id.check_access("read")
        self.receiver_id.check_access("read")
        if not any(self.env.user.has_group(group) for group in ADJUSTERS):
            raise AccessError(self.env._("Your role does not transfer points."))
        program = self.card_id.sudo().program_id
        receiver = self.receiver_id.sudo().hotel_card_ids.filtered(lambda card: card.program_id == program)
        if not receiver:
            raise UserError(self.env._("%(guest)s is no member of this programme.", guest=self.receiver_id.name))
        self.card_id._hotel_transfer(receiver, self.points, self.kind, self.note)
        return {"type": "ir.actions.act_window_close"}
