from odoo import fields, models


class HotelLoyaltyFigureMemberQueue(models.Model):
    """A member whose points or tier changed since his or her figures were computed."""

    _name = "hotel.loyalty.figure.member.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Members Whose Figures Are Due"
    _rec_name = "card_id"
    _log_access = False
    _queued_columns = ("card_id",)

    # no foreign key: a member may go, and the row with it at the next turn
    card_id = fields.Integer(string="Card (id)", required=True)
