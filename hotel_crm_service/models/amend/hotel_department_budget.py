"""What a department may give away in a month."""

from odoo import fields, models
from odoo.tools import SQL


class HotelDepartment(models.Model):
    _inherit = "hotel.department"

    currency_id = fields.Many2one(related="property_id.currency_id")
    amend_budget = fields.Monetary(
        string="Amends a Month", help="What is above waits for approval; 0: no budget is kept."
    )
    amend_spent = fields.Monetary(string="Given This Month", compute="_compute_amend_spent")
    #: counts up with each amend, so that two at once see each other
    amend_turn = fields.Integer(readonly=True, copy=False)

    _budget_not_negative = models.Constraint("CHECK (amend_budget >= 0)", "A budget is 0 or more.")

    def _compute_amend_spent(self):
        spent = self._get_amends_of_month()
        for department in self:
            department.amend_spent = spent.get(department, 0.0)

    def _get_amends_of_month(self):
        """Return what these departments have given in the month that runs at their hotels.

        :rtype: dict[hotel.department, float]: in the currency of the hotel
        """
        found = {}
        for hotel, departments in self.grouped("property_id").items():
            today = hotel.sudo().business_date
            domain = [
                ("department_id", "in", departments.ids),
                ("state", "=", "done"),
                ("date", ">=", today.replace(day=1)),
                ("date", "<=", today),
            ]
            # what is left of a budget is no secret of those who give
            found |= dict(self.env["hotel.amend"].sudo()._read_group(domain, ["department_id"], ["amount:sum"]))
        return {department.with_env(self.env): amount for department, amount in found.items()}

    def _take_turn(self):
        """Let whoever gives at the same time wait and look again; SQL because the row itself must change."""
        self.flush_recordset()
        turn = "UPDATE hotel_department SET amend_turn = COALESCE(amend_turn, 0) + 1 WHERE id IN %s"
        self.env.cr.execute(SQL(turn, tuple(self.ids) or (0,)))
        self.invalidate_recordset()
