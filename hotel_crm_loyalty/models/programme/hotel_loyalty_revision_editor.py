"""What the editor of rules asks: its form, made of the records of the rules, and what is wrong."""

from odoo import api, models

from odoo.addons.hotel_crm_base.models.consumption.hotel_consumption import KINDS

from ...rules import loader, problems, schema
from . import editor_hints as hints
from .editor_choices import CHOICES
from .editor_helps import HELPS
from .editor_labels import FIELDS

#: what the content of a revision is asked about; a revision of a big chain has some dozens of KiB
MOST_PROBLEMS = 100
#: field of a fact -> list of Odoo whose codes it holds
LISTS = {
    "channel": "hotel.channel",
    "segment": "hotel.market.segment",
    "rate": "hotel.rate.plan",
    "property_code": "hotel.property",
    "outlet": "hotel.outlet",
}
MOST_SUGGESTIONS = 500


class HotelLoyaltyRevision(models.Model):
    _inherit = "hotel.loyalty.revision"

    @api.model
    @api.readonly
    def get_editor_schema(self):
        """Return what the editor is made of, in the user's language. For whoever may read revisions.

        :returns: ``records``: name to label, help and columns (see rules.schema.describe) with labels,
            ``suggestions``: name of a list to pairs (code, name), ``languages``: pairs (code, name), ``numbers`` and
            ``flags``: fields of facts of that kind
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self.browse().check_access("read")
        return {
            "records": {name: self._describe_record(name, columns) for name, columns in self._get_records().items()},
            "suggestions": self._get_suggestions(),
            "languages": self._get_languages(),
            "numbers": list(hints.NUMBER_FIELDS),
            "flags": list(hints.FLAG_FIELDS),
        }

    @api.model
    @api.readonly
    def check_content(self, content):
        """Return what is wrong with rules as an editor holds them. For whoever may read revisions; changes nothing.

        :param dict content: the rules, see rules.loader.from_plain
        :returns: the first hundred problems, each with ``path`` and ``text`` in the user's language
        :rtype: list[dict]
        :raises AccessError: for everybody else
        """
        self.browse().check_access("read")
        return self._find_problems(content)[:MOST_PROBLEMS]

    @api.model
    def _find_problems(self, content):
        """Return all that is wrong with rules, as path and text in the user's language."""
        try:
            loader.from_plain(content or {})
        except problems.ProgrammeError as error:
            language = self._get_rules_language()
            return [{"path": found.path, "text": found.say(language)} for found in error.problems]
        return []

    @api.model
    def _get_rules_language(self, lang=None):
        """Return the key by which names in the rules know a language: ``en`` or a code such as ``zh_CN``."""
        lang = lang or self.env.lang or "en_US"
        return "en" if lang.startswith("en") else lang

    @api.model
    def _get_records(self):
        """Return the records that a programme is made of, as `rules.schema.describe` says."""
        return {name: columns for name, columns in schema.describe().items() if name in FIELDS}

    @api.model
    def _describe_record(self, name, columns):
        label, text = HELPS[name]
        return {
            "label": self.env._(label),
            "help": self.env._(text),
            "columns": [self._describe_column(name, column) for column in columns],
        }

    @api.model
    def _describe_column(self, record, column):
        path = f"{record}.{column['name']}"
        choices = CHOICES.get(path, {})
        tree = ("count" if path in hints.COUNT_TREES else "fact") if column["of"] == "Node" else False
        return {
            **column,
            "label": self._get_label(record, column["name"]),
            "choices": [(value, self.env._(choices[value])) for value in column["choices"]],
            "when": hints.RELEVANT.get(path),
            "refers": hints.REFERENCES.get(path),
            "suggests": hints.SUGGESTIONS.get(path),
            "tree": tree,
        }

    @api.model
    def _get_label(self, record, name):
        """Return what a field of a record is called in the user's language; its own name where nobody knows it."""
        label = FIELDS.get(record, {}).get(name)
        return self.env._(label) if label else name

    @api.model
    def _get_suggestions(self):
        """Return codes that rules may name, with what they are called, as far as the user sees them."""
        found = {
            name: [(record.code, record.display_name) for record in self.env[model].search([], limit=MOST_SUGGESTIONS)]
            for name, model in LISTS.items()
        }
        brands = self.env["hotel.property"].search([("hotel_brand", "!=", False)]).mapped("hotel_brand")
        kinds = self.env["hotel.consumption"].fields_get(["kind"], ["selection"])["kind"]["selection"]
        currencies = self.env["res.currency"].search([])
        return {
            **found,
            "brand": [(brand, brand) for brand in sorted(set(brands))],
            "group": [pair for pair in kinds if pair[0] != "fee"] or KINDS,
            "currency": [(currency.name, currency.full_name or currency.name) for currency in currencies],
            "kind": [("stay", self.env._("Stay")), ("purchase", self.env._("Purchase without a stay"))],
        }

    @api.model
    def _get_languages(self):
        """Return the languages in which rules name things: English first, then those that are installed."""
        installed = [
            (self._get_rules_language(code), name.split("/")[-1].strip())
            for code, name in self.env["res.lang"].get_installed()
        ]
        return list(dict([("en", "English"), *(pair for pair in installed if pair[0] != "en")]).items())

    @api.model
    def _get_fact_names(self):
        """Return field of a fact -> code -> name, for a summary in words.

        :rtype: dict
        """
        return {name: dict(pairs) for name, pairs in self._get_suggestions().items()}
