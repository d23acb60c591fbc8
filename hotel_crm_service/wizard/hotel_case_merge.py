from odoo import fields, models


class HotelCaseMerge(models.TransientModel):
    """Into which case some others are merged."""

    _name = "hotel.case.merge"
    _description = "Merge Cases"

    case_ids = fields.Many2many("hotel.case", string="Cases", required=True)
    target_id = fields.Many2one("hotel.case", string="Go On With", required=True, ondelete="cascade")

    def action_merge(self):
        """Merge the cases. Callable by staff who may write them.

        :rtype: dict: action
        :raises AccessError: a case is another's
        :raises UserError: they are not the same matter
        """
        self.ensure_one()
        (self.case_ids - self.target_id)._merge_into(self.target_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.case",
            "res_id": self.target_id.id,
            "views": [(False, "form")],
        }
