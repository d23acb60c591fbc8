from odoo import fields, models


class HotelFollowUp(models.Model):
    _inherit = "hotel.follow.up"

    call_job_ids = fields.One2many("hotel.call.job", "follow_up_id", string="Calls to Make")
