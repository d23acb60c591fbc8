from odoo import api, fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    survey_type = fields.Selection(selection_add=[("hotel", "Guest Survey")], ondelete={"hotel": "cascade"})
    hotel_standard_id = fields.Many2one(
        "hotel.satisfaction.standard", string="Satisfaction Standard", ondelete="restrict",
        help="Grades of what guests answer.",
    )  # fmt: skip
    hotel_property_id = fields.Many2one(
        "hotel.property", string="Hotel", ondelete="restrict", index="btree_not_null",
        help="Which hotel is meant where somebody answers without the link of a stay. Empty: that of the guest's last "
        "stay, where a guest has signed in or was invited; else nobody can tell.",
    )  # fmt: skip
    hotel_is_once = fields.Boolean(
        string="Once for Each Browser", default=True,
        help="Who has answered by the open link is thanked, not asked again, for 90 days. "
        "Not for a tablet on which many guests answer.",
    )  # fmt: skip
    hotel_open_url = fields.Char(string="Open Link", compute="_compute_hotel_open_url")

    @api.depends("access_token", "access_mode")
    def _compute_hotel_open_url(self):
        for survey in self:
            is_open = survey.access_mode == "public" and survey.access_token
            survey.hotel_open_url = is_open and f"{survey.get_base_url()}{survey.get_start_url()}"
