"""A programme loaded from a file: one that comes with the addon, or one of the hotel's own."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules import loader, problems

#: files of rules have some dozens of KiB
MOST_BYTES = 1024 * 1024


class HotelLoyaltyLoad(models.TransientModel):
    """A file of rules to be loaded as a draft."""

    _name = "hotel.loyalty.load"
    _description = "Load a Loyalty Programme"

    source = fields.Selection(
        [("shipped", "A programme that comes along"), ("file", "A file")], required=True, default="shipped"
    )
    fixture = fields.Selection("_selection_fixture", string="Programme", default="hotel_club")
    file = fields.Binary(string="File (JSON)", attachment=False)
    file_name = fields.Char()
    program_id = fields.Many2one(
        "loyalty.program", string="As a Draft Of", domain=[("hotel_managed", "=", True)],
        help="Empty: the programme with the code of the file, a new one where there is none.",
    )  # fmt: skip
    known_program_id = fields.Many2one("loyalty.program", string="There Already", compute="_compute_preview")
    summary_html = fields.Html(string="In Words", compute="_compute_preview", sanitize=False)
    left_out_html = fields.Html(string="Left Open", compute="_compute_preview", sanitize=False)
    problem_text = fields.Text(string="Problems", compute="_compute_preview")

    @api.model
    def _selection_fixture(self):
        language = self.env["hotel.loyalty.revision"]._get_rules_language()
        return [
            (code, name.get(language) or name["en"])
            for code, name in ((code, loader.load_fixture(code).name) for code in loader.list_fixtures())
        ]

    @api.depends("source", "fixture", "file", "program_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            content, found = wizard._read_content()
            known = wizard.program_id or wizard._find_program(content)
            revision = self.env["hotel.loyalty.revision"].new({"content": content or {}})
            wizard.problem_text = "\n".join(found)
            wizard.summary_html = revision.summary_html if content else False
            wizard.left_out_html = revision.left_out_html if content else False
            wizard.known_program_id = known

    def action_load(self):
        """Make a draft of the rules, in a programme of their own where there is none of their code. For managers.

        :returns: the action that opens the draft
        :rtype: dict
        :raises AccessError: for everybody else
        :raises UserError: the file has problems, or its currency is not known
        """
        self.ensure_one()
        self._check_may_load()
        content, found = self._read_content()
        if found or not content:
            raise UserError("\n".join(found) or self.env._("Choose a file."))
        program = self.program_id or self._find_program(content)
        if program:
            program.check_access("read")
        else:
            # managers have no right to make what Odoo calls loyalty programs, but for this kind
            program = self.env["loyalty.program"].sudo()._hotel_create(content)
        revision = self.env["hotel.loyalty.revision"].create(
            {"program_id": program.id, "content": content, "note": self._get_note()}
        )
        return revision._get_action()

    def _check_may_load(self):
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Rules of loyalty programmes are drafted by managers."))

    def _get_note(self):
        """Return where the draft comes from."""
        name = dict(self._selection_fixture()).get(self.fixture) if self.source == "shipped" else self.file_name
        return self.env._("Loaded: %s", name or "")

    def _find_program(self, content):
        """Return the programme that has the code of a file already."""
        if not content:
            return self.env["loyalty.program"]
        domain = [("hotel_managed", "=", True), ("hotel_code", "=", content["code"])]
        return self.env["loyalty.program"].with_context(active_test=False).search(domain, limit=1)

    def _read_content(self):
        """Return the rules as plain data, or None, and what is wrong with them in the user's language.

        The currency of a programme that is there already stays: its members' amounts are counted in it.
        """
        content, found = self._read_source()
        program = self._find_program(content)
        if program and (not self.program_id or self.program_id == program):
            content["currency"] = program.currency_id.name
        return content, found

    def _read_source(self):
        """Return what the file says, and what is wrong with it."""
        self.ensure_one()
        try:
            if self.source == "shipped":
                return (loader.to_plain(loader.load_fixture(self.fixture)) if self.fixture else None), []
            if not self.file:
                return None, []
            return loader.to_plain(loader.load(self._read_text())), []
        except problems.ProgrammeError as error:
            language = self.env["hotel.loyalty.revision"]._get_rules_language()
            return None, [f"{found.path}: {found.say(language)}".lstrip(": ") for found in error.problems]
        except UserError as error:
            return None, [str(error)]

    def _read_text(self):
        """Return the text of the file.

        :raises UserError: it is too large, or no text
        """
        try:
            data = base64.b64decode(self.file, validate=True)
            if len(data) > MOST_BYTES:
                raise UserError(self.env._("The file is larger than 1 MiB."))
            return data.decode("utf-8-sig")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise UserError(self.env._("The file is no text in UTF-8.")) from error
