"""What a case is about, by what its text says."""

from odoo import models

from odoo.addons.hotel_crm_base import guards

#: many cases are changed one by one; what follows from it is done for all of them at the end
WAIT = guards.Permit("hotel_case_wait")


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def action_classify(self):
        """Sort cases by what they say, once more. Callable by staff who may write them."""
        self.check_access("write")
        self._sort_and_route()
        self._trace_change("write", ("category_id", "severity", "department_id"))

    def _sort_and_route(self):
        """Sort cases and send them on their way; their deadlines follow for all at once."""
        waiting = self.with_context(**{WAIT.key: WAIT, guards.BULK.key: guards.BULK})
        waiting._hotel_classify()
        waiting._route()
        self.filtered("clock_started_at")._set_clock()

    def _hotel_classify(self):
        """Hook: fill category, labels, severity and language of these cases; called at creation and on demand."""
