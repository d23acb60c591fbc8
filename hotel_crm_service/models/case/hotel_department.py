from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class HotelDepartment(models.Model):
    """A department of a hotel that answers cases: its staff, its hours and what it is responsible for."""

    _name = "hotel.department"
    _inherit = ["hotel.own.scope.mixin", "hotel.cached.mixin"]
    _description = "Hotel Department"
    _order = "property_id, sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code, used by imports and other systems.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one(
        "hotel.property", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )  # fmt: skip
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    category_ids = fields.Many2many(
        "hotel.case.category", string="Responsible For", help="Cases about these come here by themselves."
    )
    is_fallback = fields.Boolean(
        string="Takes What Is Left", help="Cases that no department is responsible for come here."
    )
    user_ids = fields.Many2many(
        "res.users", "hotel_department_user_rel", "department_id", "user_id", string="Staff",
        help="Housekeeping and outlet staff see the cases of their departments, nobody else's.",
    )  # fmt: skip
    manager_id = fields.Many2one("res.users", string="Head", help="Is told when cases are late.")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", ondelete="restrict",
        help="The clock of a case runs in these hours only; empty means day and night.",
    )  # fmt: skip

    _code_unique = models.UniqueIndex("(property_id, code)", "This department code is in use already at this hotel.")
    _fallback_unique = models.UniqueIndex(
        "(property_id) WHERE is_fallback AND active", "One department of a hotel takes what is left."
    )

    @api.depends("name", "property_id.code")
    @api.depends_context("hotel_short_name")
    def _compute_display_name(self):
        """Name the hotel too: each has its housekeeping."""
        short = self.env.context.get("hotel_short_name")
        for department in self:
            department.display_name = (
                department.name if short else f"{department.property_id.code} / {department.name}"
            )

    @api.model
    @tools.ormcache("property_id")
    def _get_duties(self, property_id):
        """Return what the departments of a hotel are responsible for, in their order.

        :rtype: list[tuple[int, frozenset[int], bool]]: id, ids of categories, whether it takes what is left
        """
        # whoever takes a case in need not see the departments
        here = self.sudo().search([("property_id", "=", property_id)])
        return [(one.id, frozenset(one.category_ids.ids), one.is_fallback) for one in here]

    @api.constrains("property_id")
    def _check_property_kept(self):
        """Cases carry the hotel of their department."""
        for department in self:
            # whoever moves a department need not see its cases
            elsewhere = self.env["hotel.case"].sudo().search_count(
                [("department_id", "=", department.id), ("property_id", "!=", department.property_id.id)], limit=1
            )
            if elsewhere:
                raise ValidationError(self.env._("%s has cases already: its hotel cannot change.", department.name))
