from odoo import api, fields, models
from odoo.tools import SQL

#: states in which a stay is a fact of the rules
FACTS = ("departed", "no_show")
#: what rules look at and guest figures do not
LOOKED_AT = {"channel_id", "market_segment_id", "rate_plan_id", "reservation_id"}


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    is_loyalty_history = fields.Boolean(
        string="History", readonly=True, help="Came in as history: loyalty programmes do not count it."
    )

    def write(self, vals):
        result = super().write(vals)
        if LOOKED_AT & set(vals):
            self._queue_figures()
        return result

    @api.model
    def _query_queue_figures(self, stays):
        """Queue the members among the guests too: this is called before and after each change, and by bulk loads.

        :param SQL stays: condition on hotel_stay, called ``stay``
        """
        result = super()._query_queue_figures(stays)
        guests = SQL("SELECT stay.partner_id FROM hotel_stay stay WHERE stay.state IN %s AND (%s)", FACTS, stays)
        self.env["hotel.loyalty.queue"]._query_add_guests(guests)
        return result
