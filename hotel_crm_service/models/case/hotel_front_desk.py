from odoo import api, models


class HotelFrontDesk(models.AbstractModel):
    _inherit = "hotel.front.desk"

    @api.model
    def _get_desk_tools(self):
        tools = super()._get_desk_tools()
        if self.env["hotel.case"].has_access("create"):
            tools.append(
                {
                    "key": "case",
                    "name": self.env._("New Case"),
                    "icon": "fa-comment-o",
                    "action": "hotel_crm_service.hotel_case_action_new",
                }
            )
        return tools
