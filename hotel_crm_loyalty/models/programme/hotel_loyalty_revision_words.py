"""Rules in plain words, and what differs between two states of them."""

from markupsafe import Markup

from odoo import api, fields, models

from ...rules import differences, loader, problems, summary
from .editor_choices import CHOICES
from .editor_labels import FIELDS

SECTION = Markup("<h5>%s</h5><ul>%s</ul>")
VERSION = Markup("<h4>%s</h4>")
LINE = Markup("<li>%s</li>")
EMPTY = Markup("")


class HotelLoyaltyRevision(models.Model):
    _inherit = "hotel.loyalty.revision"

    summary_html = fields.Html(string="In Words", compute="_compute_summary_html", sanitize=False)
    left_out_html = fields.Html(string="Left Open", compute="_compute_left_out_html", sanitize=False)

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_summary_html(self):
        names = self._get_fact_names()
        for revision in self:
            revision.summary_html = self._render_sections(revision._get_sections(names=names))

    @api.depends("content")
    def _compute_left_out_html(self):
        for revision in self:
            found = (revision.content or {}).get("left_out") or []
            lines = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
            revision.left_out_html = revision._render_left_out(lines)

    def _get_sections(self, on=None, names=None):
        """Return these rules in plain words in the user's language; nothing where they have problems.

        :param date on: only the version in force on this day; default all versions
        :param dict names: field of a fact to code to name, see _get_fact_names
        :rtype: list[rules.summary.Section]
        """
        self.ensure_one()
        try:
            programme = loader.from_plain(self.content or {})
        except problems.ProgrammeError:
            return []
        return summary.summarize(programme, self._get_rules_language(), on, names)

    @api.model
    def _render_sections(self, sections):
        """Return sections of a summary as HTML, the versions apart where there are several."""
        found, since = EMPTY, ""
        for section in sections:
            if section.since != since:
                since = section.since
                found += VERSION % since
            found += SECTION % (section.title, EMPTY.join(LINE % line for line in section.lines))
        return found

    def _render_left_out(self, lines):
        """Return what the source of the rules leaves open, as HTML."""
        self.ensure_one()
        texts = [
            LINE % ": ".join((self._label_place(one.get("path") or ""), one.get("note") or "")) for one in lines
        ]
        return Markup("<ul>%s</ul>") % EMPTY.join(texts) if texts else EMPTY

    def _label_place(self, path):
        """Return a place such as ``versions[0].tiers[1].gain`` in the user's words."""
        steps = [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]
        return self._label_steps(self.content or {}, steps)

    @api.model
    def _label_steps(self, content, steps):
        """Return a place in rules in the user's words: labels of fields, names of records.

        :param dict content: the rules
        :param list steps: names of fields and numbers
        :rtype: str
        """
        record, value, found = "Programme", content, []
        columns = self._get_records()
        for step in steps:
            if isinstance(step, int):
                value = value[step] if isinstance(value, list) and step < len(value) else None
                found.append(self._get_title(value) or str(step + 1))
                continue
            value = value.get(step) if isinstance(value, dict) else None
            found.append(self._get_label(record, step) if record else step)
            of = next((column["of"] for column in columns.get(record, ()) if column["name"] == step), None)
            record = of if of in FIELDS else None
        return " › ".join(found)

    @api.model
    def _get_title(self, record):
        """Return what a record of rules, as plain data, is called."""
        if not isinstance(record, dict):
            return ""
        names = record.get("name") if isinstance(record.get("name"), dict) else {}
        title = names.get(self._get_rules_language()) or names.get("en") or record.get("code") or record.get("metric")
        return title if isinstance(title, str) else ""

    def _get_differences(self, other):
        """Return what differs between these rules and later ones.

        :param hotel.loyalty.revision other: the later rules
        :returns: place in words, what was there, what is there
        :rtype: list[tuple[str, str, str]]
        """
        self.ensure_one()
        before, after = (self._get_tidy(revision.content or {}) for revision in (self, other))
        return [
            (
                self._label_steps(before if change.is_gone else after, change.place),
                self._say_value(change, change.before),
                self._say_value(change, change.after),
            )
            for change in differences.find_differences(before, after)
        ]

    @api.model
    def _get_tidy(self, content):
        """Return rules as `rules.schema.dump` writes them, so that only what means something differs."""
        try:
            return loader.to_plain(loader.from_plain(content))
        except problems.ProgrammeError:
            return content

    @api.model
    def _say_value(self, change, value):
        """Return a value of rules in words."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, list):
            return ", ".join(self._say_value(change, item) for item in value)
        if isinstance(value, dict):
            return self._get_title(value) or "; ".join(f"{name}: {item}" for name, item in value.items())
        return self._say_choice(change, value)

    @api.model
    def _say_choice(self, change, value):
        """Return a choice by its label, anything else as it is."""
        name = next((step for step in reversed(change.place) if isinstance(step, str)), "")
        record = self._find_record(change.place)
        label = CHOICES.get(f"{record}.{name}", {}).get(value) if isinstance(value, str) else None
        return self.env._(label) if label else str(value)

    @api.model
    def _find_record(self, place):
        """Return the name of the record whose field a place ends at."""
        columns, record, owner = self._get_records(), "Programme", "Programme"
        for step in place:
            if isinstance(step, str):
                owner = record
                record = next((column["of"] for column in columns.get(owner, ()) if column["name"] == step), None)
        return owner
