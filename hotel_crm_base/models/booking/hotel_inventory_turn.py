"""Whoever books waits for those before, instead of failing beside them."""

import psycopg2

from odoo import models

from ... import turns
from .errors import Busy

#: first key of our advisory locks, so that they meet nobody else's
TURN = 7_241_905


class HotelInventory(models.Model):
    _inherit = "hotel.inventory"

    def _in_turn(self, hotel):
        """Wait until nobody else books at this property, and begin the transaction anew; see turns.py.

        :param hotel.property hotel: where somebody books
        :raises Busy: where the turn did not come in time
        """
        self.env.flush_all()
        hotel_id = hotel.id
        try:
            turns.take(self.env.cr, TURN, hotel_id)
        except psycopg2.errors.LockNotAvailable:
            self.env.cr.rollback()
            raise Busy(self.env._("Many guests are booking at this moment. Please try again.")) from None
