from odoo import fields, models
from odoo.exceptions import UserError

from ..campaign.utm_campaign_state import MARKETING


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_evaluation_ids = fields.One2many("hotel.campaign.evaluation", "campaign_id", string="Evaluations")

    def action_hotel_evaluate(self):
        """Compare those who were told with the control group, and open the result. Callable by marketing.

        :rtype: dict: action
        :raises UserError: the activity is not over
        """
        self.ensure_one()
        self._check_hotel_group(MARKETING)
        if self.hotel_state not in ("ended", "evaluated"):
            raise UserError(self.env._("An activity is evaluated when it is over."))
        campaign = self.sudo()  # facts of guests are counted that the user need not see
        evaluation = self.env["hotel.campaign.evaluation"].sudo()._evaluate(campaign)
        campaign.hotel_state = "evaluated"
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.campaign.evaluation",
            "res_id": evaluation.id,
            "views": [[False, "form"]],
        }
