"""A department has an e-mail address: what comes there is a case."""

from odoo import fields, models


class HotelDepartment(models.Model):
    _name = "hotel.department"
    _inherit = ["hotel.department", "mail.alias.mixin.optional"]

    acknowledge = fields.Selection(
        [("guests", "Guests We Know"), ("everybody", "Everybody"), ("nobody", "Nobody")],
        string="Acknowledge E-Mails Of", required=True, default="guests",
        help="Who hears at once that an e-mail has arrived. Senders of spam give addresses of others: "
        "everybody means that these are written to as well.",
    )  # fmt: skip

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("hotel.case")
        if self.id:
            values["alias_defaults"] = {"department_id": self.id, "property_id": self.property_id.id}
        return values
