from odoo import api, models


class HotelGuestFinder(models.AbstractModel):
    """A look-up for another system is the desk's, among the guests of the chain and of the system's company."""

    _inherit = "hotel.guest.finder"

    @api.model
    def _get_visible_ids(self, partner_ids):
        visible = super()._get_visible_ids(partner_ids)
        company_id = self.env.context.get("hotel_api_company")
        if not visible or not company_id:
            return visible
        guests = self.env["res.partner"].browse(visible)
        return {guest.id for guest in guests if not guest.company_id or guest.company_id.id == company_id}
