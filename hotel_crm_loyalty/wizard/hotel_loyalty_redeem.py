from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.desk.hotel_loyalty_limit import ADJUSTERS


class HotelLoyaltyRedeem(models.TransientModel):
    """A member takes a reward of the catalogue at the desk."""

    _name = "hotel.loyalty.redeem"
    _description = "Redeem Points"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    available = fields.Float(related="card_id.points", string="Balance")
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", ondelete="cascade", default=lambda self: self.env.user._get_hotel_property()
    )
    item_ids = fields.Many2many("hotel.loyalty.item", compute="_compute_item_ids")
    item_id = fields.Many2one(
        "hotel.loyalty.item", string="Reward", required=True, ondelete="cascade", domain="[('id', 'in', item_ids)]"
    )
    kind = fields.Selection(related="item_id.kind")
    is_by_value = fields.Boolean(compute="_compute_points")
    price = fields.Float(help="What it costs in money, in the programme's currency; the rules turn it into points.")
    points = fields.Integer(compute="_compute_points")
    obstacle = fields.Char(compute="_compute_points")
    note = fields.Char()

    @api.depends("card_id", "property_id")
    def _compute_item_ids(self):
        for wizard in self:
            items = self.env["hotel.loyalty.item"].search([("program_id", "=", wizard.card_id.sudo().program_id.id)])
            wizard.item_ids = items.filtered(
                lambda item, hotel=wizard.property_id: not item.property_id or not hotel or item.property_id == hotel
            )

    @api.depends("item_id", "property_id", "price")
    @api.depends_context("lang")
    def _compute_points(self):
        for wizard in self:
            item, card = wizard.item_id, wizard.card_id
            wizard.is_by_value, wizard.points, wizard.obstacle = False, 0, False
            if not item:
                continue
            quote = item._get_quote(card, wizard._get_prices(), wizard.property_id)
            wizard.is_by_value = any(reason.code == "no_price" for reason in item._get_quote(card).reasons)
            wizard.points = quote.points
            obstacles = item._find_obstacles(card, wizard.property_id)
            missing = quote.points - int(card.sudo().points)
            if missing > 0:
                obstacles.append(self.env._("%(missing)s points are missing.", missing=missing))
            wizard.obstacle = " ".join(obstacles)

    def _get_prices(self):
        return [self.price] if self.price else []

    def action_redeem(self):
        """Take the points and note the reward; codes are given out at once. Callable by those who look after members.

        :rtype: dict: action: the hand-over, or the code
        :raises AccessError: another role, or a member whom the user does not see
        :raises UserError: what stands against it
        """
        self.ensure_one()
        self.card_id.check_access("read")
        if not any(self.env.user.has_group(group) for group in ADJUSTERS):
            raise AccessError(self.env._("Your role does not redeem points."))
        if self.price < 0:
            raise UserError(self.env._("A price is 0 or more."))
        redemption = self.item_id._redeem(
            self.card_id,
            self.property_id,
            self.note,
            self._get_prices(),
            request_key=f"desk/{self.id}",
            is_desk=True,
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_hand_over_action")
        return {**action, "context": {"default_redemption_id": redemption.id}}
