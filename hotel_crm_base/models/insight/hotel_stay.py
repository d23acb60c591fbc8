from odoo import api, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import guards

COUNTED = {
    "partner_id",
    "property_id",
    "state",
    "arrival_date",
    "departure_date",
    "rate",
    "room_type_id",
    "guest_country_id",
}
#: what else nights are sorted by
SORTED = {"channel_id", "market_segment_id", "rate_plan_id", "night_ids"}


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    @api.model_create_multi
    def create(self, vals_list):
        stays = super().create(vals_list)
        stays._queue_figures()
        return stays

    def write(self, vals):
        if not COUNTED & set(vals):
            result = super().write(vals)
            if SORTED & set(vals) and self:
                # of no guest's figures; these are the program's own
                self.flush_recordset()
                self.env["hotel.figure.queue"].sudo()._query_add_stays(SQL("stay.id = ANY(%s)", self.ids))
            return result
        self._queue_figures()
        result = super().write(vals)
        self._queue_figures()
        return result

    def unlink(self):
        self._queue_figures()
        return super().unlink()

    def _queue_figures(self):
        """Note that figures of these stays' guests and dates are to be computed anew.

        A bulk load queues by ``_query_queue_figures`` instead.
        """
        if self and not guards.is_given(self.env.context, guards.BULK):
            self.flush_recordset()
            self._query_queue_figures(SQL("stay.id = ANY(%s)", self.ids))

    @api.model
    def _query_queue_figures(self, stays):
        """Queue guests and dates of some stays; SQL because bulk loads bring millions.

        :param SQL stays: condition on hotel_stay, called ``stay``
        """
        # queues are no staff's business: they have no access rows but the administrator's
        self.env["hotel.guest.metric.queue"].sudo()._query_add(
            SQL("SELECT DISTINCT stay.partner_id FROM hotel_stay stay WHERE stay.partner_id IS NOT NULL AND %s", stays)
        )
        days = self.env["hotel.figure.queue"].sudo()
        days._query_add_stays(stays)
        days._query_add_arrivals(stays)
