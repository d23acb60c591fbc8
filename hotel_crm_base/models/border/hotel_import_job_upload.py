"""The first half of an import: reading the file's columns and saying what they are."""

from itertools import islice

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...intake import plan, reader, targets
from ...intake.engine import OWN_COLUMNS
from ...intake.problems import shorten
from .import_messages import FILE_ERRORS, explain_plan

SAMPLE_ROWS = 200
MAX_PLACES = 200


class HotelImportJob(models.Model):
    _inherit = "hotel.import.job"

    # ---- upload -----------------------------------------------------------------------------

    def action_read(self):
        """Read the columns of the uploaded file and map those that are known.

        For managers and administrators.

        :raises UserError: the file cannot be read; says why
        """
        self.ensure_one()
        self.check_access("write")
        table = self._open_table()
        rows = list(islice(table.rows(), SAMPLE_ROWS))
        if not rows:
            no_rows = FILE_ERRORS["no_rows"]
            raise UserError(self.env._(no_rows))
        job = self.sudo()  # state and counts are the program's
        preset = job.preset_id or job.preset_id._find_for(job.kind, table.header)
        values = {
            **job._prepare_reset_vals(),
            "state": "mapping",
            "header": table.header,
            "row_count": table.count(),
            "preset_id": preset.id,
            "file_summary": job._describe_table(table),
            "column_ids": [Command.clear(), *map(Command.create, job._prepare_columns(table.header, rows, preset))],
        }
        job.write({**values, **job._prepare_preset_options(preset)})
        self._find_places(table)

    def _open_table(self):
        """Return the uploaded file, opened.

        :rtype: reader.Table
        :raises UserError: where it cannot be read
        """
        self.ensure_one()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(  # of a record that was read already
                [("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "=", self.id)], limit=1
            )
        )
        try:
            return reader.read(
                attachment.raw or b"",
                encoding=self.encoding or None,
                delimiter=self.delimiter or None,
                decimal=self.decimal,
            )
        except reader.FileError as error:
            raise UserError(self.env._(FILE_ERRORS[error.code])) from error

    def _describe_table(self, table):
        """Return in words how the file was read, such as "CSV, UTF-8, Comma"."""
        delimiters = dict(self._fields["delimiter"]._description_selection(self.env))
        words = [table.kind, table.encoding or "", delimiters.get(table.delimiter, table.delimiter)]
        return ", ".join([*(word.upper() for word in words[:2] if word), *filter(None, words[2:])])

    def _prepare_columns(self, header, rows, preset):
        """Return values of one mapping line per column of the file, and per constant of the preset."""
        known = {column.name: column._prepare_copy_vals() for column in preset.column_ids}
        guessed = {} if preset else {link.column: link.target for link in plan.guess_links(self.kind, header)}
        lines = []
        for index, name in enumerate(header):
            if not name or name in OWN_COLUMNS:
                continue
            sample = dict.fromkeys(str(cells[index]) for _number, cells in rows[:20] if cells[index])
            lines.append(
                {
                    f"{self.kind}_target": guessed.get(name, False),
                    **known.get(name, {}),
                    "name": name,
                    "sequence": index,
                    "sample": shorten(", ".join(shorten(text, 40) for text in list(sample)[:4])),
                }
            )
        constants = [column._prepare_copy_vals() for column in preset.column_ids if not column.name]
        return lines + constants

    def _prepare_preset_options(self, preset):
        """Return the preset's options for those that nobody has changed on this job yet."""
        names = set(self._get_option_names()) - {"kind"}
        defaults, given = self.default_get(list(names)), preset._prepare_job_vals() if preset else {}
        return {
            name: value
            for name, value in given.items()
            if name in names and (self.copy_data()[0].get(name) or False) == (defaults.get(name) or False)
        }

    # ---- map --------------------------------------------------------------------------------

    def _get_property_mark(self):
        """Return the text that stands for the job's own property in its mapping."""
        return f"@{self.property_id.id}"

    def _get_links(self):
        """Return the mapping.

        :rtype: list[plan.Link]
        """
        links = self.column_ids._get_links(self.kind)
        named = any(link.target == "property" for link in links)
        if self.property_id and not named and "property" in targets.BY_KIND[self.kind]:
            links.append(plan.Link("property", constant=self._get_property_mark()))
        return links

    def _find_places(self, table=None):
        """List the names of hotels in the file; those that are a property's own are resolved."""
        self.ensure_one()
        link = next((link for link in self._get_links() if link.target == "property" and link.column), None)
        header = self.header or []
        if not link or link.column not in header:
            self.place_ids.unlink()
            return
        index, found = header.index(link.column), {}
        for _number, cells in (table or self._open_table()).rows():
            found[cells[index]] = None
            if len(found) > MAX_PLACES:
                break
        names = [" ".join(name.split()) for name in found if isinstance(name, str)]
        names = [link.value_map.get(name, name) for name in names if name]
        self.place_ids.filtered(lambda place: place.name not in names).unlink()
        known = {}
        for hotel in self.env.user.hotel_visible_property_ids:
            known |= {hotel.name.casefold(): hotel.id, hotel.code.casefold(): hotel.id}
        self.place_ids.create(
            [
                {"job_id": self.id, "name": name, "property_id": known.get(name.casefold(), False)}
                for name in dict.fromkeys(names)
                if name not in self.place_ids.mapped("name")
            ]
        )

    def action_save_preset(self):
        """Keep the mapping and options as a preset. For managers and administrators."""
        self.ensure_one()
        options = self.copy_data()[0]
        values = {name: options[name] for name in self._get_option_names() if name in options}
        columns = self.column_ids.filtered(lambda column: column[f"{self.kind}_target"])
        preset = self.env["hotel.import.preset"].create(
            {
                **values,
                "name": self.env._("Like %s", self.name),
                "column_ids": [Command.create(column._prepare_copy_vals()) for column in columns],
            }
        )
        self.preset_id = preset
        return {
            "type": "ir.actions.act_window",
            "res_model": preset._name,
            "res_id": preset.id,
            "view_mode": "form",
        }

    def _check_plan(self):
        """Refuse a mapping that cannot work, with all that is wrong with it."""
        self.ensure_one()
        wrong = [
            explain_plan(self.env, code, detail)
            for code, detail in plan.check(self.kind, self.header or [], self._get_links())
        ]
        wrong += [
            self.env._("Say which property “%s” is.", place.name)
            for place in self.place_ids
            if not place.property_id and not place.is_left_out
        ]
        if wrong:
            raise UserError("\n".join(wrong))
