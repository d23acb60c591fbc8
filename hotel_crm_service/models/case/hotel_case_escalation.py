from odoo import api, fields, models
from odoo.exceptions import ValidationError

TARGETS = [
    ("assigned", "Who Has the Case"),
    ("head", "Head of the Department"),
    ("managers", "Managers of the Hotel"),
    ("user", "A Person"),
]


class HotelCaseEscalation(models.Model):
    """A step of the escalation chain: who is told how long before or after a deadline is missed."""

    _name = "hotel.case.escalation"
    _description = "Escalation Step"
    _order = "sequence, minutes, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", ondelete="cascade", index="btree_not_null", help="Empty: all hotels."
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    deadline = fields.Selection(
        [("answer", "Answer"), ("solve", "Solve")], required=True, default="answer", help="Which deadline."
    )
    minutes = fields.Integer(
        string="Minutes After", default=0, help="Minutes by the clock after the deadline; before it where negative."
    )
    target = fields.Selection(TARGETS, required=True, default="head")
    user_id = fields.Many2one("res.users", string="Person")

    @api.constrains("target", "user_id")
    def _check_person(self):
        for step in self:
            if step.target == "user" and not step.user_id:
                raise ValidationError(self.env._("Say who is told."))

    def _get_users(self, case):
        """Return who is told about a case by this step; only those who see its hotel.

        :param hotel.case case: with sudo
        :rtype: res.users
        """
        users = {
            "assigned": case.user_id,
            "head": case.department_id.manager_id,
            "user": self.user_id,
        }.get(self.target)
        if users is None:
            # who has which role is closed to users
            users = self.env.ref("hotel_crm_base.group_manager").sudo().all_user_ids
        return users.sudo().filtered(lambda user: user.active and case.property_id in user.hotel_visible_property_ids)
