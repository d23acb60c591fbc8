from odoo import api, fields, models

ROLES = [
    ("front_office", "Front Office"),
    ("service", "Customer Service"),
    ("call_agent", "Call Center Agent"),
    ("call_supervisor", "Call Center Supervisor"),
    ("finance", "Finance"),
    ("manager", "Manager"),
]
#: role, points and whether it gives tiers, of a new programme
DEFAULTS = (
    ("front_office", 500, False),
    ("service", 1000, False),
    ("call_agent", 500, False),
    ("call_supervisor", 1000, False),
    ("finance", 1000, False),
    ("manager", 5000, True),
)
#: who may ask for an adjustment, a tier or a reward at all
ADJUSTERS = tuple(f"hotel_crm_base.group_{role}" for role, _name in ROLES)


class HotelLoyaltyLimit(models.Model):
    """How much a role gives or takes by itself in a programme; what is above waits for somebody else."""

    _name = "hotel.loyalty.limit"
    _description = "Limit of Adjustments"
    _order = "program_id, role, id"
    _rec_name = "role"

    program_id = fields.Many2one(
        "loyalty.program", required=True, index=True, ondelete="cascade", domain=[("hotel_managed", "=", True)]
    )
    company_id = fields.Many2one(related="program_id.company_id")
    role = fields.Selection(ROLES, required=True)
    points = fields.Integer(help="Up to so many points, given or taken at one time, need nobody's approval.")
    can_grant = fields.Boolean(string="Gives Tiers", help="Gives what the rules of a tier allow without approval.")

    _role_unique = models.UniqueIndex("(program_id, role)", "This role has a limit in this programme already.")
    _points_not_negative = models.Constraint("CHECK (points >= 0)", "A limit is 0 or more.")

    @api.model
    def _get_limit(self, program, user):
        """Return what a user may do without approval: the widest limit among his or her roles.

        :param loyalty.program program: where
        :param res.users user: who
        :returns: points, and whether tiers are given
        :rtype: tuple[int, bool]
        """
        # limits are no secret, but not everybody's to read
        limits = self.sudo().search([("program_id", "=", program.id)])
        own = limits.filtered(lambda limit: user.has_group(f"hotel_crm_base.group_{limit.role}"))
        return max(own.mapped("points"), default=0), any(own.mapped("can_grant"))
