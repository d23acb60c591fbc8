from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.desk.hotel_loyalty_limit import ADJUSTERS


class HotelLoyaltyJoin(models.TransientModel):
    """A guest becomes a member at the desk: which programme, and that he or she agrees."""

    _name = "hotel.loyalty.join"
    _description = "Join a Programme"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True, ondelete="cascade")
    program_ids = fields.Many2many("loyalty.program", compute="_compute_program_ids")
    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, ondelete="cascade",
        compute="_compute_program_id", store=True, readonly=False, precompute=True,
        domain="[('id', 'in', program_ids)]",
    )  # fmt: skip
    birth_date = fields.Date(related="partner_id.hotel_birth_date", readonly=True)
    is_agreed = fields.Boolean(
        string="Agrees to the Terms", help="The guest was shown the terms of the programme and agrees to them."
    )
    has_offers = fields.Boolean(string="Agrees to Offers", help="Offers by e-mail, SMS, post and telephone.")

    @api.depends("partner_id")
    def _compute_program_ids(self):
        for wizard in self:
            wizard.program_ids = wizard._get_open_programs()

    @api.depends("partner_id")
    def _compute_program_id(self):
        for wizard in self:
            wizard.program_id = wizard._get_open_programs()[:1]

    def _get_open_programs(self):
        """Return the programmes that this guest may still join where the user works.

        :rtype: loyalty.program
        """
        programs = self.env["loyalty.program"].search([("hotel_managed", "=", True)])
        programs = programs.filtered(lambda program: program.sudo().hotel_revision_id)
        # whether somebody is a member already is to be seen on the page of the guest
        return programs - self.partner_id.sudo().hotel_card_ids.program_id.with_env(self.env)

    def action_join(self):
        """Make the guest a member. Callable by those who look after members.

        :rtype: dict: action
        :raises AccessError: another role, or a guest whom the user does not see
        :raises UserError: no consent, or the rules do not let the guest in
        """
        self.ensure_one()
        self.partner_id.check_access("read")
        self.program_id.check_access("read")
        if not any(self.env.user.has_group(group) for group in ADJUSTERS):
            raise AccessError(self.env._("Your role does not take members in."))
        if not self.is_agreed:
            raise UserError(self.env._("The guest agrees to the terms first."))
        given = {"channel": "any", "state": "given", "source": "desk"}
        self.program_id._hotel_join(self.partner_id, consent={"purpose": "loyalty", **given})
        if self.has_offers:
            self.partner_id.hotel_record_consent("offer", "any", "given")
        return {"type": "ir.actions.act_window_close"}
