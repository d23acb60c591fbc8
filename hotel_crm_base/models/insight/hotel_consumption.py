from odoo import api, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import guards


class HotelConsumption(models.Model):
    _inherit = "hotel.consumption"

    def write(self, vals):
        """Only a merge of guests changes charges: both guests' figures are due."""
        self._queue_figures()
        result = super().write(vals)
        self._queue_figures()
        return result

    def _after_post(self):
        self._queue_figures()
        return super()._after_post()

    def _queue_figures(self):
        """Note that figures of these charges' guests and dates are to be computed anew.

        A bulk load queues by ``_query_queue_figures`` instead.
        """
        if self and not guards.is_given(self.env.context, guards.BULK):
            self.flush_recordset()
            self._query_queue_figures(SQL("line.id = ANY(%s)", self.ids))

    @api.model
    def _query_queue_figures(self, lines):
        """Queue guests and dates of some consumption; SQL because bulk loads bring millions.

        :param SQL lines: condition on hotel_consumption, called ``line``
        """
        # queues are no staff's business: they have no access rows but the administrator's
        self.env["hotel.guest.metric.queue"].sudo()._query_add(
            SQL(
                "SELECT DISTINCT line.partner_id FROM hotel_consumption line"
                " WHERE line.partner_id IS NOT NULL AND %s",
                lines,
            )
        )
        self.env["hotel.figure.queue"].sudo()._query_add_consumption(lines)
