from odoo import fields, models
from odoo.exceptions import AccessError, UserError

GIVERS = ("group_front_office", "group_service", "group_marketing")


class HotelPrizeWin(models.Model):
    """One prize that was won, and whether it was handed over."""

    _name = "hotel.prize.win"
    _description = "Won Prize"
    _order = "position, id"
    _rec_name = "entry_code"

    campaign_id = fields.Many2one("utm.campaign", string="Activity", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="campaign_id.hotel_company_id", store=True, precompute=True, index=True)
    prize_id = fields.Many2one("hotel.prize", required=True, readonly=True, index=True, ondelete="restrict")
    signup_id = fields.Many2one("hotel.campaign.signup", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        related="signup_id.partner_id", store=True, precompute=True, string="Guest", index=True
    )
    entry_code = fields.Char(related="signup_id.entry_code", store=True, precompute=True)
    position = fields.Integer(readonly=True, help="Place in the order of the draw.")
    state = fields.Selection([("won", "Won"), ("given", "Handed Over")], required=True, default="won", readonly=True)
    given_at = fields.Datetime(string="Handed over at", readonly=True)
    given_by_id = fields.Many2one("res.users", string="Handed over by", readonly=True)
    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True, ondelete="set null")

    _entry_once = models.UniqueIndex("(campaign_id, signup_id)", "This guest has won a prize already.")

    def action_give(self):
        """Note that prizes were handed over. Callable by front office, service and marketing.

        :raises AccessError: another role
        :raises UserError: it was handed over already
        """
        if not self.env.su and not any(self.env.user.has_group(f"hotel_crm_base.{name}") for name in GIVERS):
            raise AccessError(self.env._("Your role does not do that."))
        self.check_access("read")
        wins = self.sudo().try_lock_for_update()  # nobody writes wins by hand; the role was checked above
        wins.invalidate_recordset(["state"])
        if len(wins) < len(self) or any(win.state == "given" for win in wins):
            raise UserError(self.env._("This prize was handed over already."))
        wins.write({"state": "given", "given_at": fields.Datetime.now(), "given_by_id": self.env.uid})
