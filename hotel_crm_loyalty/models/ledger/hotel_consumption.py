from odoo import api, models
from odoo.tools import SQL


class HotelConsumption(models.Model):
    _inherit = "hotel.consumption"

    @api.model
    def _query_queue_figures(self, lines):
        """Queue the members among those who consumed, and the guests of the stays that it was charged to.

        This is called for charges and reversals of any kind, by bulk loads, merges and new currency rates.

        :param SQL lines: condition on hotel_consumption, called ``line``
        """
        result = super()._query_queue_figures(lines)
        guests = SQL(
            """SELECT COALESCE(stay.partner_id, line.partner_id) FROM hotel_consumption line
                 LEFT JOIN hotel_stay stay ON stay.id = line.stay_id WHERE line.accrues_points AND (%s)""",
            lines,
        )
        self.env["hotel.loyalty.queue"]._query_add_guests(guests)
        return result
