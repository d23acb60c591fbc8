"""Running an import: chunks of rows, each stored together with the position of the job."""

import logging
import time
from collections import Counter
from itertools import islice

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .import_loading import ImportLoading

_logger = logging.getLogger(__name__)
CHUNK = 10000
TRIES = 3
#: seconds between two looks whether another import of the same source is through
PAUSE = 0.2


class HotelImportJob(models.Model):
    _inherit = "hotel.import.job"

    @api.model
    def _cron_run(self):
        """Check and load the files that wait for it; goes on where an earlier run was broken off."""
        jobs = self.search([("state", "in", ("checking", "loading"))], order="id")
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(jobs))
        for job in jobs:
            finished = job._run()
            if not progress._commit_progress(int(finished), remaining=len(jobs) - int(finished)) or not finished:
                break

    def _run(self, chunk=CHUNK):
        """Work through the rows that are left, chunk by chunk.

        :returns: whether the job is through (else the time was up)
        :rtype: bool
        """
        self.ensure_one()
        tries, position = 0, -1
        while True:
            try:
                return self._run_chunks(chunk, is_careful=tries >= TRIES)
            except UserError as error:
                self.env.cr.rollback()
                self._stop(str(error))
                return True
            except psycopg2.Error as error:
                # another connection was in the way, or a row breaks a rule of the database
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                busy = isinstance(error, psycopg2.errors.LockNotAvailable)
                tries = 0 if busy or self.position != position else tries + 1
                position = self.position
                _logger.info("import %s: chunk tried again: %s", self.id, type(error).__name__)
                if tries > 2 * TRIES:
                    self._stop(self._get_loading().explain(error))
                    return True
                time.sleep(PAUSE if busy else 0)
            except Exception:
                # a fault of the program: the import waits, and does not come back every minute
                self.env.cr.rollback()
                _logger.exception("import %s stopped", self.id)
                self._stop(self.env._("The program failed; the log of the server says where."))
                return True

    def _run_chunks(self, chunk, is_careful=False):
        """Read on at the job's position; commit after each chunk.

        :param bool is_careful: load rows in ever smaller parts, to find those the database refuses
        """
        run = self._as_importer()
        is_dry = run.state == "checking"
        table = run._open_table()
        engine, lookups = run._make_engine(is_dry)
        brought = set()
        rows = table.rows()
        done = islice(rows, run.position)
        while part := list(islice(done, chunk)):
            if is_dry:
                brought |= self._get_brought(engine.run(part))
            else:
                engine.remember(part)
        while part := list(islice(rows, chunk)):
            if not run._hold():
                return True
            run._process(engine, part, is_dry, brought, is_careful)
            run._note_created(lookups)
            if run._is_full():
                run._stop(self.env._("Too many rows are refused. Mend the mapping, or raise the limit."))
                return True
            if not self._commit_chunk():
                return False
        run._finish(is_dry)
        self._commit_chunk()
        return True

    def _commit_chunk(self):
        """Commit the rows and the position together; return whether there is time for more."""
        self.env.flush_all()
        return self.env["ir.cron"]._commit_progress(0) > 0

    def _as_importer(self):
        """Return the job as its importer works on it: his properties, companies and language."""
        self.ensure_one()
        user = self.user_id
        if not user.has_group("hotel_crm_base.group_manager"):
            raise UserError(self.env._("%s may not import any more.", user.name))
        companies = [self.company_id.id, *(user.company_ids - self.company_id).ids]
        return self.with_user(user).with_context(allowed_company_ids=companies, lang=user.lang, tz=user.tz)

    def _hold(self):
        """Lock the job, and its source system; return whether the job is still to be worked on.

        :raise psycopg2.errors.LockNotAvailable: another import of the same source is at work
        """
        self.env.flush_all()
        known = (self.state, self.position)
        [(is_free,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", f"hotel.import {self.source_system}")
        )
        if not is_free:
            raise psycopg2.errors.LockNotAvailable
        rows = self.env.execute_query(
            SQL("SELECT state, position FROM hotel_import_job WHERE id = %s FOR UPDATE", self.id)
        )
        return bool(rows) and rows[0] == known and self.state in ("checking", "loading")

    def _process(self, engine, part, is_dry, brought, is_careful):
        """Read and store one chunk and count what became of it."""
        result = engine.run(part)
        cells = dict(part)
        if is_dry:
            self.env.cr.execute(SQL("SAVEPOINT hotel_import_check"))
        counts, refused = self._store(result, is_careful)
        if is_dry:
            self.env.flush_all()
            self.env.cr.execute(SQL("ROLLBACK TO SAVEPOINT hotel_import_check"))
            self.env.invalidate_all(flush=False)
            counts, refused = self._forgive(result, counts, refused, brought)
            brought |= self._get_brought(result)
        self._keep_outcome(engine, result, cells, counts, refused)

    def _store(self, result, is_careful=True):
        """Load the rows; return ``(Counter of new, same, changed, [(index, column, Bad)])``."""
        kinds, refused = self._get_loading().store(result, is_careful)
        return Counter(kinds.values()), refused

    def _get_loading(self):
        """Return what loads the rows of this job."""
        return ImportLoading(self.env, self.kind, self.source_system, self._get_matches(), self.accrues_points)

    def _get_brought(self, result):
        """Return the references of guests, or of charges, that later rows of the file may name."""
        return {row[0] for row in (result.guests if self.kind == "stays" else result.rows)}

    def _forgive(self, result, counts, refused, brought):
        """Take back refusals of a check that are due to earlier rows of the file not being stored.

        :param set brought: references of guests, or of charges, in earlier chunks
        """
        kept = []
        for index, column, bad in refused:
            at = {"no_guest": 1, "no_reversed": -1}.get(bad.code)
            if at is not None and result.rows[index][at] in brought:
                counts["new"] += 1
            else:
                kept.append((index, column, bad))
        return counts, kept
