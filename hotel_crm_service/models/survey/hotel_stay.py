from odoo import fields, models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    survey_input_ids = fields.One2many(
        "survey.user_input", "hotel_stay_id", string="Surveys", groups="hotel_crm_base.group_service"
    )
    survey_answer_ids = fields.One2many("hotel.survey.answer", "stay_id", string="Survey Answers")

    def _after_check_in(self):
        result = super()._after_check_in()
        self.env["hotel.survey.rule"]._wake("in_stay")
        return result

    def _after_check_out(self):
        result = super()._after_check_out()
        self.env["hotel.survey.rule"]._wake("check_out")
        return result
