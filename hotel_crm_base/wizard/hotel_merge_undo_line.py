from odoo import fields, models


class HotelMergeUndoLine(models.TransientModel):
    """Something that is no longer as a merge has left it, and what is to become of it."""

    _name = "hotel.merge.undo.line"
    _description = "Conflict of an Undo"
    _order = "id"

    undo_id = fields.Many2one("hotel.merge.undo", required=True, readonly=True, ondelete="cascade")
    # a plain number: the journal is closed to users
    line_number = fields.Integer(required=True, readonly=True, aggregator=None)
    label = fields.Char(string="What", readonly=True)
    value_before = fields.Char(string="Before the Merge", readonly=True)
    value_merged = fields.Char(string="After the Merge", readonly=True)
    value_now = fields.Char(string="Now", readonly=True)
    is_gone = fields.Boolean(string="Deleted", readonly=True)
    is_restored = fields.Boolean(string="Put Back", help="Otherwise it stays as it is now.")
