from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: who puts coupons and points on bookings, and takes them off
DESK = ("group_front_office", "group_call_agent", "group_manager")


class HotelRewardApply(models.TransientModel):
    """A coupon, a shared code or points, put on a booking by staff; or taken off again."""

    _name = "hotel.reward.apply"
    _description = "Use a Coupon or Points"

    reservation_id = fields.Many2one("hotel.reservation", required=True, readonly=True)
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    way = fields.Selection(
        [("code", "A Code"), ("reward", "Points for a Discount"), ("award", "Points for Nights")],
        required=True,
        default="code",
        string="Pay With",
    )
    code = fields.Char(size=64)
    card_id = fields.Many2one(
        "loyalty.card", string="Membership", compute="_compute_card_id", readonly=False, store=True
    )
    partner_ids = fields.Many2many("res.partner", compute="_compute_partner_ids")
    balance = fields.Float(compute="_compute_balance", digits=(16, 0), help="Points that can be spent now.")
    reward_id = fields.Many2one(
        "loyalty.reward", domain="[('program_id.coupon_ids', 'in', card_id), ('reward_type', '=', 'discount')]"
    )
    points = fields.Integer(help="Of a reward by point: how many are used. Nights: the rest is paid in money. 0: all.")
    award = fields.Selection(lambda self: self._get_awards(), string="Nights By")
    stay_id = fields.Many2one("hotel.stay", string="Nights Of", domain="[('reservation_id', '=', reservation_id)]")
    use_id = fields.Many2one("hotel.reward.use", string="Take Off", domain="[('reservation_id', '=', reservation_id)]")

    @api.model
    def _get_awards(self):
        """Return the rewards of all programmes that pay nights.

        :rtype: list[tuple[str, str]]: programme's id and code of the reward, and their names
        """
        # names of rewards are no secret
        domain = [("hotel_managed", "=", True), ("hotel_revision_id", "!=", False)]
        programs = self.env["loyalty.program"].sudo().search(domain)
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            (f"{program.id}/{reward.code}", f"{program.name}: {program._get_hotel_names(language).get(reward.code)}")
            for program in programs
            for reward in program._get_hotel_plan().at(program._get_hotel_today()).version.rewards
            if reward.kind in ("free_night", "by_value")
        ]

    @api.depends("reservation_id")
    def _compute_partner_ids(self):
        for wizard in self:
            reservation = wizard.reservation_id
            wizard.partner_ids = reservation.partner_id | reservation.stay_ids.partner_id

    @api.depends("reservation_id")
    def _compute_card_id(self):
        for wizard in self:
            domain = [("partner_id", "in", wizard.partner_ids.ids), ("hotel_managed", "=", True)]
            wizard.card_id = self.env["loyalty.card"].search(domain, limit=1)

    @api.depends("card_id")
    def _compute_balance(self):
        for wizard in self:
            wizard.balance = wizard.card_id.points

    def action_apply(self):
        """Put it on the booking. Callable by front office, call agents and managers.

        :raises AccessError: another role, or a booking of another property
        :raises UserError: it cannot be used, with the reason
        """
        self.ensure_one()
        self._check_desk()
        reservation = self.reservation_id
        if self.way == "code":
            problem = self._apply_code()
        else:
            self.card_id.check_access("read")
            if self.card_id.partner_id not in self.partner_ids:
                raise AccessError(self.env._("Points are spent for the member's own booking."))
            problem = self._apply_points(reservation)
        if problem:
            raise UserError(problem)
        return {"type": "ir.actions.act_window_close"}

    def _apply_points(self, reservation):
        """Use points for a discount or for nights; return what stands against it."""
        if self.way == "reward":
            return reservation._use_points(self.card_id, self.reward_id, self.points or None)
        program_id, _slash, code = (self.award or "").partition("/")
        if program_id != str(self.card_id.program_id.id):
            return self.env._("Choose how the nights are paid.")
        stay = self.stay_id or reservation._get_live_stays()[:1]
        return reservation._use_free_nights(self.card_id, code, stay, self.points or None)

    def _apply_code(self):
        """Apply the code that was typed; return what stands against it."""
        if not (self.code or "").strip():
            return self.env._("Type the code first.")
        if self.env["hotel.rate.limit"]._spend("code", f"user {self.env.uid}"):
            return self.env._("Too many codes were tried. Please wait some minutes.")
        problem = self.reservation_id._apply_code(self.code)
        if not problem and not self.reservation_id.code:
            self.reservation_id.code = self.code.strip()
        return problem

    def action_take_off(self):
        """Take a coupon, or points, off the booking and give them back. Callable as ``action_apply``.

        :raises AccessError: another role, or a booking of another property
        :raises UserError: it is no live one of this booking, or is billed already
        """
        self.ensure_one()
        self._check_desk()
        use = self.use_id.sudo()  # the booking's rights were checked
        if use.reservation_id != self.reservation_id or use.state not in ("held", "used"):
            raise UserError(self.env._("Choose what stands on the booking."))
        if use.line_ids._get_fixed_discounts():
            raise UserError(self.env._("It is billed already: take the charge back instead."))
        reservation = self.reservation_id
        reservation.sudo()._drop_use(use, self.env._("Taken off by the desk."))
        if use.kind in ("coupon", "code"):
            reservation.code = False
        return {"type": "ir.actions.act_window_close"}

    def _check_desk(self):
        """Refuse those who may not work on this booking."""
        if not self.env.su and not any(self.env.user.has_group(f"hotel_crm_base.{name}") for name in DESK):
            raise AccessError(self.env._("Coupons and points are used by the front office and call agents."))
        self.reservation_id.check_access("write")
