from odoo import api, fields, models

ROLES = [
    ("front_office", "Front Office"),
    ("service", "Customer Service"),
    ("call_agent", "Call Center Agent"),
    ("call_supervisor", "Call Center Supervisor"),
    ("finance", "Finance"),
    ("manager", "Manager"),
]
#: who may ask for amends at all
GIVERS = tuple(f"hotel_crm_base.group_{role}" for role, _name in ROLES)


class HotelAmendLimit(models.Model):
    """How much a role gives by itself for one case; what is above waits for somebody else."""

    _name = "hotel.amend.limit"
    _description = "Limit of Amends"
    _order = "company_id, role, id"
    _rec_name = "role"

    role = fields.Selection(ROLES, required=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies without their own.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount = fields.Monetary(help="All amends of one case together; in the company's currency.")

    _role_unique = models.UniqueIndex("(role, COALESCE(company_id, 0))", "This role has a limit already.")
    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "A limit is 0 or more.")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for limit in self:
            limit.currency_id = (limit.company_id or self.env.company).currency_id

    @api.model
    def _get_limit(self, company, user):
        """Return how much a user gives without approval: the widest limit among his or her roles.

        :param res.company company: where; its own limit of a role goes before the one of all
        :rtype: float: in the company's currency
        """
        # limits are no secret, but not everybody's to read
        limits = self.sudo().search([("company_id", "in", (company.id, False))])
        amounts = {}
        for limit in limits.sorted(lambda limit: bool(limit.company_id)):
            amounts[limit.role] = limit.amount
        return max((amounts[role] for role in amounts if user.has_group(f"hotel_crm_base.group_{role}")), default=0.0)
