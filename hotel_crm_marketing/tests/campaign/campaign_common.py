"""Makers of activities."""

from datetime import timedelta

from odoo import fields

from ..care.care_common import CareMakers


class CampaignMakers(CareMakers):
    @classmethod
    def _make_campaign(cls, state="running", **values):
        """Make an activity of the first company around today; approved and published where it is not planned."""
        today = fields.Date.today()
        campaign = cls.env["utm.campaign"].create(
            {
                "title": f"Activity {cls.env['utm.campaign'].search_count([])}",
                "hotel_kind": "event",
                "hotel_summary": "A concert in the garden",
                "hotel_company_id": cls.hotel.company_id.id,
                "hotel_property_ids": [(6, 0, cls.hotel.ids)],
                "hotel_start_date": today - timedelta(days=2),
                "hotel_end_date": today + timedelta(days=20),
                "hotel_holdout_percent": 0,
                **values,
            }
        )
        if state != "planned":
            campaign.hotel_state = state
        return campaign
