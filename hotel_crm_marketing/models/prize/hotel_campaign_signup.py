import secrets

from odoo import fields, models

#: no signs that look alike
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class HotelCampaignSignup(models.Model):
    _inherit = "hotel.campaign.signup"

    entry_code = fields.Char(
        string="Entry",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: "".join(secrets.choice(SIGNS) for _sign in range(10)),
        help="Stands for the guest in the public list of a prize draw.",
    )
    win_ids = fields.One2many("hotel.prize.win", "signup_id", string="Prizes")

    _entry_once = models.UniqueIndex("(entry_code)", "An entry has a code of its own.")
