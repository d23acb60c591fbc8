from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_field_access(self, field, operation):
        """What hotels know of a guest is not told through the guest's account either."""
        if field.inherited and field.name.startswith("hotel_"):
            return self.env.su or self.env.user.has_group("hotel_crm_base.group_staff")
        return super()._has_field_access(field, operation)
