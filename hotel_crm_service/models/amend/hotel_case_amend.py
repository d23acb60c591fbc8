from odoo import fields, models

from .hotel_amend_limit import GIVERS

READERS = ",".join((*GIVERS, "hotel_crm_base.group_approver"))


class HotelCase(models.Model):
    _inherit = "hotel.case"

    amend_ids = fields.One2many("hotel.amend", "case_id", string="Amends", groups=READERS)
