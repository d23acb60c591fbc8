from odoo import api, fields, models

from ... import identity

KEEP_DAYS = 30
#: binds what is encrypted to this use
SECRET = "hotel.import.row.cells"


class HotelImportRow(models.Model):
    """A row that was refused, as it stood in the file."""

    _name = "hotel.import.row"
    _description = "Refused Row"
    _order = "number, id"
    _rec_name = "number"
    _log_access = False

    job_id = fields.Many2one("hotel.import.job", required=True, index=True, ondelete="cascade")
    number = fields.Integer(string="Row", required=True)
    cells = fields.Json()
    source_ref = fields.Char(help="The reference this row has or was given; a mended row keeps it.")
    error_ids = fields.One2many("hotel.import.error", "row_id")

    _number_unique = models.UniqueIndex("(job_id, number)", "A row is refused once.")

    def _as_answer(self):
        """Return these rows as answer.rows_of takes them; identity numbers are not handed out."""
        return [
            (
                row.number,
                ["" if isinstance(cell, dict) else cell for cell in row.cells],
                row.source_ref,
                [(error.column, error.value or "", error.reason) for error in row.error_ids],
            )
            for row in self
        ]

    def _get_mended_cells(self):
        """Return the cells with the new values that were typed in the list of errors.

        A value of several columns is written as it is shown: parts separated by " / ".
        """
        self.ensure_one()
        cells, header = self._reveal(self.cells), self.job_id.header
        for error in self.error_ids.filtered(lambda error: error.new_value is not False):
            columns = [name for name in error.column.split(", ") if name in header]
            parts = error.new_value.split(" / ") if len(columns) > 1 else [error.new_value]
            if len(parts) == len(columns):
                for name, part in zip(columns, parts, strict=True):
                    cells[header.index(name)] = part
        return cells

    @api.model
    def _conceal(self, cells, secret):
        """Return cells with identity numbers encrypted.

        :param list cells: texts of a row
        :param set secret: indexes of the columns that hold identity numbers
        """
        if not any(cells[index] for index in secret):
            return cells
        ring = self.env["hotel.data.key"]._get_keyring()
        return [
            {"secret": ring.encrypt(cell, SECRET)} if index in secret and cell else cell
            for index, cell in enumerate(cells)
        ]

    @api.model
    def _reveal(self, cells):
        """Return cells as they stood in the file, to be loaded again by the program."""
        if not any(isinstance(cell, dict) for cell in cells):
            return list(cells)
        ring = self.env["hotel.data.key"]._get_keyring()
        return [ring.decrypt(cell["secret"], SECRET) if isinstance(cell, dict) else cell for cell in cells]

    @api.model
    def _mask(self, problem, secret_names):
        """Return what the list of errors shows of a value.

        :param Problem problem: found in a row
        :param set secret_names: headers of columns that hold identity numbers
        """
        if secret_names & set(problem.column.split(", ")):
            return " / ".join(identity.mask(part) if part else "" for part in problem.value.split(" / "))
        return problem.value

    def _is_to_load(self):
        """Return whether loading this row again can make sense.

        A row whose reference another row of the file has would overwrite that one.
        """
        self.ensure_one()
        mended = any(error.new_value is not False for error in self.error_ids)
        return mended or "same_reference" not in self.error_ids.mapped("code")

    @api.autovacuum
    def _gc_refused_rows(self):
        """Delete refused rows and files a month after the last change: they hold personal data."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        jobs = self.env["hotel.import.job"].search(
            [("write_date", "<", limit), ("state", "not in", ("checking", "loading"))], limit=100
        )
        stale = jobs.filtered(lambda job: job.file or job.bad_row_ids)
        stale.bad_row_ids.unlink()
        stale.column_ids.write({"sample": False})
        stale.write({"file": False, "state": "done"})
        return len(stale), 0
