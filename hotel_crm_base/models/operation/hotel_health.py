import logging
import time

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from .health_parts import LEVELS, WORDS, Finding, Words

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

STALE = Words(
    "warning",
    _lt("This check was not made for more than a day."),
    _lt("See that the job that looks at the health of the hotel runs."),
)
FAILED = Words(
    "warning",
    _lt("This check could not be made: %(reason)s"),
    _lt("The log of the server says more."),
)


class HotelHealth(models.AbstractModel):
    """What is checked about a running hotel. An addon adds its checks by the two hooks below."""

    _name = "hotel.health"
    _description = "Health of the Hotel"

    @api.model
    def _get_checks(self):
        """Hook: return the checks, by name.

        A check names a method of this model that takes nothing and returns findings (none: all is well). It reads
        only, in few queries, and speaks of counts and technical names, never of persons.

        :rtype: dict[str, Check]
        """
        return {}

    @api.model
    def _get_words(self):
        """Hook: return what findings say, by their code.

        :rtype: dict[str, Words]
        """
        return {**WORDS, "failed": FAILED, "stale": STALE}

    @api.model
    def _find(self, name):
        """Run one check; one that fails is a finding, too, and harms no other.

        :param str name: of a check
        :returns: the findings and how many seconds it took
        :rtype: tuple[list[Finding], float]
        """
        started = time.monotonic()
        check = self._get_checks()[name]
        try:
            with self.env.cr.savepoint(flush=False):
                findings = list(getattr(self.sudo(), check.method)())  # whoever asks was checked by the caller
        except Exception as error:
            _logger.exception("The check %s failed", name)
            findings = [Finding("failed", {"reason": type(error).__name__})]
        return findings, time.monotonic() - started

    @api.model
    def _get_level(self, codes):
        """Return the worst level of some findings, ``ok`` where there are none.

        :param Iterable[str] codes: of findings
        :rtype: str
        """
        words = self._get_words()
        return max((words[code].level for code in codes if code in words), key=LEVELS.index, default="ok")

    @api.model
    def _explain(self, code, values):
        """Return what a finding says and what to do, in the language of who reads.

        :param str code: of a finding
        :param dict values: of the finding
        :rtype: tuple[str, str]
        """
        words = self._get_words().get(code)
        if not words:
            return code, ""
        shown = {
            name: ", ".join(map(self._tell_name, value)) if isinstance(value, list) else value
            for name, value in values.items()
        }
        says, todo = (self.env._(text) for text in (words.says, words.todo))
        return says % shown, todo % shown

    @api.model
    def _tell_name(self, named):
        """Return what something is called in the language of who reads.

        :param named: a technical name as it stands; ``[model, id]``: a record, ``[model, id, count]``: so many of it,
            where the model ``ir.model`` takes a name for the id
        :rtype: str
        """
        if not isinstance(named, list | tuple):
            return str(named)
        model, key, *counts = named
        records = self.env[model].sudo()
        record = records._get(key) if model == "ir.model" else records.browse(key).exists()
        title = record.name if model == "ir.model" else record.display_name
        return ": ".join(map(str, [title or key, *counts]))

    @api.model
    def _is_neutralized(self):
        """Return whether this database is a mute copy.

        :rtype: bool
        """
        return bool(self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"))
