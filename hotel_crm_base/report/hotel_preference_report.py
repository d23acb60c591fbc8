from odoo import fields, models
from odoo.tools import SQL

from ..selections import same_as


class HotelPreferenceReport(models.Model):
    """One preference of one guest, with where the guest comes from and what he or she spends."""

    _name = "hotel.preference.report"
    _description = "Preferences Analysis"
    _auto = False
    _order = "id desc"
    _rec_name = "preference_id"
    _depends = {
        "hotel.guest.preference": ["partner_id", "preference_id", "category_id", "source", "noted_date"],
        "res.partner": ["country_id", "state_id", "hotel_nationality_id", "hotel_gender", "hotel_registered_at"],
    }

    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    preference_id = fields.Many2one("hotel.preference", readonly=True)
    category_id = fields.Many2one("hotel.preference.category", readonly=True)
    source = fields.Selection(same_as("hotel.guest.preference", "source"), readonly=True)
    noted_date = fields.Date(string="Noted", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    region_id = fields.Many2one("res.country.state", readonly=True)
    gender = fields.Selection(same_as("res.partner", "hotel_gender"), readonly=True)
    guests = fields.Integer(readonly=True, aggregator="count_distinct")

    @property
    def _table_query(self):
        return SQL(
            """SELECT line.id, line.partner_id, line.preference_id, line.category_id, line.source,
                      line.noted_date,
                      COALESCE(guest.country_id, guest.hotel_nationality_id) AS country_id,
                      guest.state_id AS region_id, guest.hotel_gender AS gender, line.partner_id AS guests
                 FROM hotel_guest_preference line
                 JOIN res_partner guest ON guest.id = line.partner_id AND guest.active"""
        )
