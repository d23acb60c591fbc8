from odoo import fields, models


class ResPartner(models.Model):
    """Messages of a guest; addresses at which nobody was reached."""

    _inherit = "res.partner"

    hotel_message_ids = fields.One2many("hotel.message", "partner_id", string="Messages Sent")
    hotel_sms_bounces = fields.Integer(string="SMS Bounces", copy=False, readonly=True)

    def write(self, vals):
        """A new address has brought nothing back yet."""
        clean = {}
        if "email" in vals and self.filtered(lambda guest: guest.message_bounce and guest.email != vals["email"]):
            clean["message_bounce"] = 0
        if "phone" in vals and self.filtered(lambda guest: guest.hotel_sms_bounces and guest.phone != vals["phone"]):
            clean["hotel_sms_bounces"] = 0
        return super().write({**vals, **clean})

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.message": "partner_id"}
