from odoo import models


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "hotel.guest.trace.mixin"]

    _is_change_traced = False  # its contact is

    def _add_shown(self, frame, names=None):
        """The account of a guest shows the guest."""
        frame.contact_ids |= self.filtered("share")._get_guest_ids()

    def _has_field_access(self, field, operation):
        """What hotels know of a guest is not told through the guest's account either."""
        if field.inherited and field.name.startswith("hotel_"):
            return self.env.su or self.env.user.has_group("hotel_crm_base.group_staff")
        return super()._has_field_access(field, operation)

    def _hotel_drop_keys(self, scope):
        """End the keys of technical users; to be called as the superuser.

        :param str scope: of the keys
        """
        keys = self.env["res.users.apikeys"]
        keys.search([("user_id", "in", self.ids), ("scope", "=", scope)]).unlink()
