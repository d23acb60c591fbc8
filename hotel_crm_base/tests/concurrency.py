"""Tests with real connections: two people at the same time, for certain.

    class TestTwice(ConcurrencyCase):
        def test_a_room_is_not_sold_twice(self):
            room = self._make_room(self.room_type)
            self.cr.commit()
            first, second = self._overlap(book(room), book(room))

What is committed is deleted when the class is through, append-only rows too.
Do not mix with ``TransactionCase``: its cursor holds its locks until the end.
"""

import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import SQL, mute_logger

from .common import HotelMakers

PATIENCE = 240  # seconds until a connection that should go on is given up
QUIET = ("odoo.sql_db", "odoo.service.model")


class ConcurrencyCase(HotelMakers, BaseCase):
    """Makers on a connection that commits; everything committed is removed at the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = api.Environment(cls.cr, SUPERUSER_ID, {"tracking_disable": True})
        cls._marks = cls._get_marks()
        cls._plan_ids = cls.env["hotel.rate.plan"].search([]).ids
        cls.addClassCleanup(cls._forget_committed)
        cls._make_hotels()
        cls.cr.commit()
        # waiting between two tries of a request would only make the tests slow
        cls.startClassPatcher(patch("odoo.service.model.random.uniform", lambda low, high: 0.01))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.cr.rollback)
        self.addCleanup(self.env.transaction.clear)

    @contextmanager
    def _connect(self, user=None):
        """Give the environment of another connection; what it does not commit is rolled back.

        :param res.users user: who acts; default the superuser
        """
        with mute_logger(*QUIET), self.registry.cursor() as cr:
            try:
                yield api.Environment(cr, user.id if user else SUPERUSER_ID, {"tracking_disable": True})
            finally:
                cr.rollback()

    def _at_once(self, *actions, user=None):
        """Run actions in threads that start together, each like a request of its own.

        :param Callable[[Environment], T] actions: a request each, tried again as Odoo does
        :returns: what each one returned or raised
        :rtype: list[T | Exception]
        """
        barrier = threading.Barrier(len(actions))

        def begin(env, action):
            barrier.wait(PATIENCE)
            return retrying(lambda: action(env), env)

        threads = [_Thread(self, begin, action, user) for action in actions]
        return [thread.finish() for thread in threads]

    def _overlap(self, first, second, user=None):
        """Let a second request run against a first one that is not committed yet.

        The second one has read the database (its snapshot is older than the commit) and goes
        on until it ends or waits for the first; then the first commits.

        :param Callable[[Environment], T] first: done, flushed, and committed late
        :param Callable[[Environment], T] second: tried again as Odoo does
        :returns: what each one returned or raised
        :rtype: list[T | Exception]
        """

        def begin(env, action):
            return retrying(lambda: action(env), env)

        with self._connect(user) as env:
            result = first(env)
            env.cr.flush()
            thread = _Thread(self, begin, second, user)
            self._await_block(thread)
            env.cr.commit()
        return [result, thread.finish()]

    def _await_block(self, thread):
        """Wait until a thread has ended or waits for a lock."""
        end = time.monotonic() + PATIENCE
        while thread.is_alive() and time.monotonic() < end:
            if thread.pid:
                self.cr.execute("SELECT cardinality(pg_blocking_pids(%s))", [thread.pid])
                if self.cr.fetchone()[0]:
                    break
            time.sleep(0.01)
        self.cr.rollback()

    # ---- cleaning ---------------------------------------------------------------------------

    @classmethod
    def _get_marks(cls):
        """Return the highest id of each table, so that later rows are known by theirs."""
        cls.cr.execute(
            """SELECT c.table_name FROM information_schema.columns c
               JOIN information_schema.tables t USING (table_schema, table_name)
               WHERE c.table_schema = current_schema AND c.column_name = 'id'
                 AND t.table_type = 'BASE TABLE' AND c.data_type IN ('integer', 'bigint')
                 AND c.table_name NOT LIKE 'orm^_signaling^_%' ESCAPE '^'"""
        )
        marks = {}
        for (table,) in cls.cr.fetchall():
            cls.cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))
            marks[table] = cls.cr.fetchone()[0]
        return marks

    @classmethod
    def _forget_committed(cls):
        """Delete what the class committed: again and again until no foreign key is in the way."""
        cls.cr.rollback()
        with mute_logger("odoo.sql_db"):
            cls.cr.execute("SELECT set_config('hotel_crm.retention', 'on', true)")
            left = [table for table, mark in cls._marks.items() if cls._has_rows_after(table, mark)]
            while left:
                stuck = [table for table in left if not cls._delete_after(table, cls._marks[table])]
                if len(stuck) == len(left):
                    raise AssertionError(f"committed rows could not be deleted: {stuck}")
                left = stuck
            # what a class has changed in the lists that all share is taken back
            cls.cr.execute("UPDATE hotel_rate_plan SET active = TRUE WHERE id = ANY(%s)", [cls._plan_ids])
        cls.cr.commit()
        cls.registry.clear_all_caches()

    @classmethod
    def _has_rows_after(cls, table, mark):
        cls.cr.execute(
            SQL("SELECT EXISTS (SELECT FROM %s WHERE id > %s)", SQL.identifier(table), mark)
        )
        return cls.cr.fetchone()[0]

    @classmethod
    def _delete_after(cls, table, mark):
        try:
            with cls.cr.savepoint(flush=False):
                cls.cr.execute(SQL("DELETE FROM %s WHERE id > %s", SQL.identifier(table), mark))
        except Exception:  # a foreign key: another table goes first
            return False
        return True


class _Thread(threading.Thread):
    """An action on a connection of its own."""

    def __init__(self, case, begin, action, user):
        super().__init__(daemon=True)
        self.case, self.begin, self.action, self.user = case, begin, action, user
        self.pid = self.result = None
        self.dbname = case.cr.dbname
        self.start()

    def run(self):
        try:
            with self.case._connect(self.user) as env:
                env.cr.execute("SELECT pg_backend_pid()")
                self.pid = env.cr.fetchone()[0]
                self.result = self.begin(env, self.action)
        except Exception as error:  # handed to the test
            self.result = error

    def finish(self):
        """Return what the action returned or raised."""
        self.join(PATIENCE)
        if self.is_alive():
            raise AssertionError("a connection waits forever")
        return self.result
