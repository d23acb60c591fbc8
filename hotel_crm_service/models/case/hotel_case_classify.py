"""What a case is about, by what its text says."""

from odoo import models


class HotelCase(models.Model):
    _inherit = "hotel.case"

    def action_classify(self):
        """Sort cases by what they say, once more. Callable by staff who may write them."""
        self.check_access("write")
        self._hotel_classify()
        self._route()

    def _hotel_classify(self):
        """Hook: fill category, labels, severity and language of these cases; called at creation and on demand."""
