"""Adapters as data: what a document of another system means in our rows."""

import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...intake import foreign
from ...intake.paths import PathError
from ...rest.errors import ApiError
from .import_messages import explain

#: longest document to try out, and most rows that are shown
LONGEST, SHOWN = 200_000, 20


class HotelFeedMapping(models.Model):
    """How the JSON documents of one kind of system become rows of ours."""

    _name = "hotel.feed.mapping"
    _description = "Mapping of a Feed"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Documents are sent to /hotel/api/v1/feeds/<code>.")
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    part_ids = fields.One2many("hotel.feed.mapping.part", "mapping_id", string="Parts", copy=True)
    sample = fields.Text(string="Document to Try", help="JSON of the other system, without real guests.")
    result = fields.Text(compute="_compute_result")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a mapping with this code already.")

    @api.constrains("code")
    def _check_code(self):
        for mapping in self:
            if not mapping.code.replace("-", "").replace("_", "").isalnum() or not mapping.code.isascii():
                raise ValidationError(self.env._("A code has letters, digits, - and _ only."))

    @api.constrains("part_ids")
    def _check_parts(self):
        for mapping in self:
            mapping.part_ids._check_paths()

    @api.depends_context("lang")
    @api.depends(
        "sample", "part_ids.kind", "part_ids.rows_path", "part_ids.condition", "part_ids.sequence",
        "part_ids.field_ids.target", "part_ids.field_ids.path", "part_ids.field_ids.value_map",
    )  # fmt: skip
    def _compute_result(self):
        for mapping in self:
            mapping.result = mapping._try_out()

    def _try_out(self):
        """Return in words what the sample becomes; nothing is stored.

        :rtype: str
        """
        if not (self.sample or "").strip():
            return False
        try:
            if len(self.sample) > LONGEST:
                raise foreign.DocumentError(self.env._("This document is too long to be tried here."))
            parts = self._get_parts()
            found = foreign.translate(parts, json.loads(self.sample))
        except (ValueError, RecursionError) as error:
            return self.env._("This cannot be read: %s", error)
        today, lines = fields.Date.context_today(self), []
        kinds = dict(self.part_ids._fields["kind"]._description_selection(self.env))
        for part, rows in zip(parts, found, strict=True):
            problems = {}
            for problem in foreign.read_rows(part.kind, rows, today):
                text = explain(self.env, problem.code, problem.detail)
                problems.setdefault(problem.row, []).append(f"{problem.column}: {text}")
            lines.append(f"# {kinds[part.kind]}: {len(rows)}")
            for number, row in enumerate(rows[:SHOWN]):
                kept = {name: value for name, value in row.items() if value not in (None, "")}
                lines.append(json.dumps(kept, ensure_ascii=False, default=str))
                lines += [f"    ! {text}" for text in problems.get(number, [])]
        return "\n".join(lines)

    def _get_parts(self):
        """Return the mapping as the engine reads it; parts without paths are left out.

        :rtype: list[foreign.Part]
        """
        return [part._as_part() for part in self.part_ids.sorted("sequence") if part.kind and part.field_ids]

    # ---- the endpoint -----------------------------------------------------------------------

    @api.model
    def _api_take(self, client, mapping, document):
        """Take a document of another system; see rest/feeds.py."""
        # mappings are read by administrators; what they say is no secret of the client's
        found = self.sudo().search([("code", "=", mapping)], limit=1)
        if not found:
            raise ApiError("There is no such mapping.", "not_found", field="mapping")
        parts, rights = found._get_parts(), set(client.scope_ids.mapped("code"))
        for part in parts:
            if f"{part.kind}.write" not in rights:
                raise ApiError(f"This client has no right “{part.kind}.write”.", "forbidden")
        try:
            rows = foreign.translate(parts, document)
        except (PathError, foreign.DocumentError) as error:
            raise ApiError(str(error), "invalid_request", field="body") from None
        feeds = self.env["hotel.feed"]
        answers = [
            {"kind": part.kind, **feeds._take(client, part.kind, each)}
            for part, each in zip(parts, rows, strict=True)
            if each
        ]
        return {"mapping": found.code, "parts": answers}
