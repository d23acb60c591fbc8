"""Whoever writes what others write too waits for those before, instead of failing beside them.

Transactions see the database as it was when they began (REPEATABLE READ). Of a hundred that begin
together and change the same row, one goes on, the others are told by PostgreSQL that the row has
changed since, and Odoo tries them again five times only. So they take a lock of their session first;
who has it begins a new transaction, which sees what the one before has committed. The lock belongs
to the session, as it has to outlive that; it is released by the end of the transaction, be it a
commit, a rollback, or a connection that breaks.
"""

PATIENCE = "30s"


def take(cr, kind, number):
    """Wait for one's turn and begin the transaction anew.

    To be called first in a request. Where the transaction has written something already it cannot
    begin anew: then the locks of the rows and Odoo's retries decide alone.

    :param cr: cursor
    :param int kind: first key of the advisory lock; those of the product are listed here:
        7241905 bookings of a property, 7241906 feeds of a source system
    :param int number: second key, of 32 bits
    :raises psycopg2.errors.LockNotAvailable: the turn did not come in time
    """
    cr.execute("SELECT txid_current_if_assigned()")
    if cr.fetchone()[0] is not None or cr.readonly:
        return
    cr.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
    cr.execute("SELECT pg_advisory_lock(%s, %s)", [kind, number])
    # what was read so far is of the time before
    cr.rollback()
    release = _Release(cr, kind, number)
    cr.postcommit.add(release)
    cr.postrollback.add(release)


class _Release:
    """Gives a turn back, once."""

    def __init__(self, cr, kind, number):
        self.cr, self.kind, self.number, self.is_held = cr, kind, number, True

    def __call__(self):
        if self.is_held:
            self.is_held = False
            # beside Odoo's cursor: it may be closed already, and it would begin a transaction
            connection = self.cr._cnx
            if not connection.closed:
                with connection.cursor() as plain:
                    plain.execute("SELECT pg_advisory_unlock(%s, %s)", [self.kind, self.number])
                connection.rollback()
