from odoo import fields, models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    reminder_days = fields.Integer(
        string="Arrival Reminder", default=3, help="Days before the arrival that bookers are reminded. 0: never."
    )

    _reminder_sensible = models.Constraint(
        "CHECK (reminder_days BETWEEN 0 AND 60)", "Guests are reminded up to 60 days before the arrival."
    )

    def _get_desk_user(self):
        """Return who is told what needs doing at this property: somebody of the desk, else a manager.

        :rtype: res.users
        """
        # who works where is no secret of those who caused it
        users = self.env["res.users"].sudo()
        domain = [("share", "=", False), ("company_ids", "in", self.company_id.ids)]
        here = ["|", ("hotel_property_ids", "in", self.ids), ("hotel_all_properties", "=", True)]
        for group in ("group_front_office", "group_manager"):
            in_group = ("all_group_ids", "in", self.env.ref(f"hotel_crm_base.{group}").ids)
            if found := users.search([*domain, *here, in_group], order="hotel_all_properties, id", limit=1):
                return found
        return self.env.user
