from odoo import models
from odoo.tools import SQL


class HotelBulkStay(models.AbstractModel):
    _inherit = "hotel.bulk.stay"

    def _load(self, rows, source_system, live=False):
        """Load stays; programmes count those of a live load, as with charges."""
        return super(HotelBulkStay, self.with_context(hotel_loyalty_live=bool(live)))._load(rows, source_system, live)

    def _get_column_expressions(self, source_system):
        is_history = not self.env.context.get("hotel_loyalty_live")
        return {**super()._get_column_expressions(source_system), "is_loyalty_history": SQL("%s", is_history)}
