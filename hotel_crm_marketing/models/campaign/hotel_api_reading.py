from odoo import api, models


class HotelApiReading(models.AbstractModel):
    """What is offered to a guest, for other systems."""

    _inherit = "hotel.api.reading"

    @api.model
    def _api_offers(self, client, id):
        """Return the offers and activities of the client's company that are open to a guest."""
        guest = self._find_guest(client, id)
        self.env["hotel.access.log"]._log("open", guest.ids, ["offers"])
        campaigns = self.env["utm.campaign"]._find_hotel_pages()
        campaigns = campaigns.filtered(
            lambda campaign: campaign.hotel_company_id <= client.company_id and campaign._is_hotel_page_open(guest)
        )
        return {
            "offers": [
                {
                    "id": campaign.id,
                    "title": campaign.title or None,
                    "kind": campaign.hotel_kind,
                    "summary": campaign.hotel_summary or None,
                    "start": campaign.hotel_start_date and campaign.hotel_start_date.isoformat() or None,
                    "end": campaign.hotel_end_date and campaign.hotel_end_date.isoformat() or None,
                    "properties": campaign.hotel_property_ids.mapped("code"),
                    "path": f"/activities/{campaign.id}",
                }
                for campaign in campaigns
            ]
        }
