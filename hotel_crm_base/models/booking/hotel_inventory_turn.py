"""Whoever books waits for those before, instead of failing beside them."""

import psycopg2

from odoo import models

from .errors import Busy

#: first key of our advisory locks, so that they meet nobody else's
TURN = 7_241_905
PATIENCE = "30s"


class HotelInventory(models.Model):
    _inherit = "hotel.inventory"

    def _in_turn(self, hotel):
        """Wait until nobody else books at this property, and begin the transaction anew.

        Transactions see the database as it was when they began (REPEATABLE READ). Of a hundred that
        begin together and lock the same night, one goes on, the others are told by PostgreSQL that
        the row has changed since, and Odoo tries them again five times only. So a booking that
        comes over the web or from another system takes a lock of its session first; when it has
        it, what the one before has committed must be visible, therefore a new transaction begins.
        The lock belongs to the session, as it has to outlive that; it is released by the end of
        the transaction, be it a commit, a rollback, or a connection that breaks.

        To be called first in a request. Where this transaction has written something already
        it cannot begin anew: then the locks of the rows and Odoo's retries decide alone.

        :param hotel.property hotel: where somebody books
        :raises Busy: where the turn did not come in time
        """
        cr = self.env.cr
        self.env.flush_all()
        cr.execute("SELECT txid_current_if_assigned()")
        if cr.fetchone()[0] is not None or cr.readonly:
            return
        hotel_id = hotel.id
        try:
            cr.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cr.execute("SELECT pg_advisory_lock(%s, %s)", [TURN, hotel_id])
        except psycopg2.errors.LockNotAvailable:
            cr.rollback()
            raise Busy(self.env._("Many guests are booking at this moment. Please try again.")) from None
        # what was read so far is of the time before
        cr.rollback()
        release = _Release(cr, hotel_id)
        cr.postcommit.add(release)
        cr.postrollback.add(release)


class _Release:
    """Gives a turn back, once."""

    def __init__(self, cr, hotel_id):
        self.cr, self.hotel_id, self.is_held = cr, hotel_id, True

    def __call__(self):
        if self.is_held:
            self.is_held = False
            # beside Odoo's cursor: it may be closed already, and it would begin a transaction
            connection = self.cr._cnx
            if not connection.closed:
                with connection.cursor() as plain:
                    plain.execute("SELECT pg_advisory_unlock(%s, %s)", [TURN, self.hotel_id])
                connection.rollback()
