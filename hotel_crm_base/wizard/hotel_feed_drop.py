from odoo import fields, models


class HotelFeedDrop(models.TransientModel):
    """Why staged rows are given up."""

    _name = "hotel.feed.drop"
    _description = "Drop Staged Rows"

    row_ids = fields.Many2many("hotel.feed.row", required=True)
    note = fields.Char(required=True, help="Why nobody needs these rows.")

    def action_drop(self):
        """Drop the rows. For managers and administrators.

        :rtype: dict: an action
        """
        self.ensure_one()
        self.row_ids._drop(self.note)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
