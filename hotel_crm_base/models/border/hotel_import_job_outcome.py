"""What became of the rows: counts, refused rows, and loading these again once mended."""

from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError

from ...intake.engine import REFERENCE_COLUMN
from ...intake.problems import Bad, Problem
from .import_messages import explain

#: the reason of rows about guests who were erased
ERASED = "reference_blocked"
#: rows that one click loads again
MENDED = 10000


class HotelImportJob(models.Model):
    _inherit = "hotel.import.job"

    def _keep_outcome(self, engine, result, cells, counts, refused):
        """Keep the refused rows and count.

        :param Engine engine: that read the rows
        :param Result result: of the engine
        :param dict cells: of all rows by their number
        :param Counter counts: of new, same and changed
        :param refused: by the loader, ``[(index, column, Bad)]``
        """
        problems, refs = list(result.problems), dict(result.refs)
        for index, column, bad in refused:
            number = result.numbers[index]
            label, value = engine.locate(column, cells[number])
            problems.append(Problem(number, label, value, bad.code, bad.detail))
            refs[number] = result.rows[index][0]
        self._keep_problems(problems, cells, refs)
        self._count(len(cells), counts, len({problem.row for problem in problems}), result.notes)

    def _keep_problems(self, problems, cells, refs):
        """Keep the refused rows, each with all its reasons."""
        by_row, width = self._get_problems_by_row(problems), len(self.header)
        # of guests who were erased no row is kept, only that there was one
        erased = {problem.row for problem in problems if problem.code == ERASED}
        names = self._get_secret_columns()
        secret = {self.header.index(name) for name in names}
        # kept for the importer, written by the program
        bad_rows = self.env["hotel.import.row"].sudo()
        rows = bad_rows.create(
            [
                {
                    "job_id": self.id,
                    "number": number,
                    "cells": bad_rows._conceal(
                        ["" if isinstance(cell, Bad) or number in erased else cell for cell in cells[number][:width]],
                        secret,
                    ),
                    "source_ref": None if number in erased else refs.get(number),
                }
                for number in by_row
            ]
        )
        rows.error_ids.create(
            [
                {
                    "row_id": row.id,
                    "job_id": self.id,
                    "row_number": row.number,
                    "column": problem.column,
                    "value": "" if row.number in erased else bad_rows._mask(problem, names),
                    "code": problem.code,
                    "detail": problem.detail,
                }
                for row in rows
                for problem in by_row[row.number]
            ]
        )

    def _count(self, count, counts, refused, notes):
        """Move the position and add to the counts."""
        total = Counter(self.notes or {})
        total.update(notes)
        self.sudo().write(
            {
                "position": self.position + count,
                "new_count": self.new_count + counts["new"],
                "same_count": self.same_count + counts["same"],
                "changed_count": self.changed_count + counts["changed"],
                "refused_count": self.refused_count + refused,
                "notes": dict(total),
            }
        )

    def _note_created(self, lookups):
        """Remember which codes a load would create."""
        if lookups.would_create:
            names = sorted({text for _name, text in lookups.would_create})
            self.sudo().notes = {**(self.notes or {}), "created": names}

    def _describe_notes(self):
        """Return the remarks on the rows in words."""
        self.ensure_one()
        notes = dict(self.notes or {})
        created = notes.pop("created", None)
        lines = [f"{explain(self.env, code)}: {count}" for code, count in sorted(notes.items())]
        if created:
            lines.append(self.env._("Codes that will be created: %s", ", ".join(created)))
        return lines

    def _is_full(self):
        return bool(self.max_bad_rows) and self.refused_count > self.max_bad_rows

    def _stop(self, reason):
        """Halt the job; nothing that was loaded is lost, and it can go on."""
        state = "mapping" if self.state == "checking" else "stopped"
        self.sudo().write({"state": state, "stop_reason": reason})
        self._commit_chunk()

    def _get_secret_columns(self):
        """Return the headers of columns that hold identity numbers.

        :rtype: set[str]
        """
        links = self._get_links()
        return {link.column for link in links if link.column and link.target.endswith("document_number")}

    def _finish(self, is_dry):
        values = {"state": "checked" if is_dry else "done", "finished_at": fields.Datetime.now()}
        if not is_dry and self._get_secret_columns():
            values["file"] = False  # identity numbers are kept encrypted only
        self.sudo().write(values)
        self.env.flush_all()

    # ---- mended rows ------------------------------------------------------------------------

    def action_load_mended(self):
        """Load the refused rows again, with the values typed in the list of errors.

        For managers and administrators.
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("done", "stopped"):
            raise UserError(self.env._("Load the file first; then mend what was refused."))
        self._check_plan()
        run = self._as_importer()
        rows = run.sudo().bad_row_ids.filtered(lambda row: row._is_to_load())[:MENDED]
        if not rows:
            raise UserError(self.env._("No refused row can be loaded as it is. Type new values first."))
        cells = {row.number: [*row._get_mended_cells(), row.source_ref or ""] for row in rows}
        engine, _lookups = run._make_engine(header=[*(self.header or []), REFERENCE_COLUMN])
        result = engine.run(list(cells.items()))
        rows.unlink()
        run.sudo().write({"refused_count": self.refused_count - len(cells), "position": self.position - len(cells)})
        counts, refused = run._store(result)
        run._keep_outcome(engine, result, cells, counts, refused)
