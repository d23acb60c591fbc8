from odoo import models
from odoo.tools import SQL


class HotelMerge(models.Model):
    _inherit = "hotel.merge"

    def _before_move(self):
        """Of two grades in force, or two that wait for a review, at one company that of the guest who stays counts."""
        result = super()._before_move()
        journal = self.env["hotel.merge.line"]
        for column, value, rows in (
            ("is_current", SQL("FALSE"), "%s.is_current"),
            ("state", SQL("'withdrawn'"), "%s.state = 'proposed'"),
        ):
            condition = SQL(
                """x.partner_id = %s AND %s AND EXISTS (
                       SELECT FROM hotel_credit_grade o
                        WHERE o.partner_id = %s AND o.company_id = x.company_id AND %s)""",
                self.gone_id.id,
                SQL(rows, SQL("x")),
                self.kept_id.id,
                SQL(rows, SQL("o")),
            )
            journal._query_change(self, "hotel_credit_grade", column, value, condition)
        return result
