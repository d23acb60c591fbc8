"""Whole sentences with figures and dates in them: other languages put them in another order."""

from datetime import date

from odoo import api, models
from odoo.tools import LazyTranslate, format_date, formatLang
from odoo.tools.i18n import format_list

_lt = LazyTranslate(__name__)

SENTENCES = {
    "welcome": _lt("You get %(points)s points when you join."),
    "ways": _lt("With %(ways)s"),
    "join_as": _lt("You join as %(name)s."),
    "mail": _lt("Somebody, probably you, wants to join %(programme)s with this e-mail address."),
    "mail_new": _lt("Please open this link within %(hours)s hours to make your account:"),
    "pending": _lt("%(points)s more from %(day)s"),
    "debt": _lt(
        "You owe %(points)s points: they were used and had to be taken back."
        " The next points that you earn pay for them."
    ),
    "lost": _lt("All your points are lost on %(day)s unless there is one of these before: %(activities)s."),
    "idle": _lt("All points are lost after %(months)s months without any of these: %(activities)s."),
    "lot": _lt("expire on %(day)s"),
    "goal": _lt("Your way to %(tier)s"),
    "goal_end": _lt("Counted until %(day)s."),
    "to_go": _lt("%(missing)s to go"),
    "since_joining": _lt("%(amount)s since joining"),
    "benefits": _lt("What you get as %(tier)s"),
    "available": _lt("You have %(points)s points to use."),
    "price": _lt("%(points)s points"),
    "missing": _lt("%(points)s points are missing."),
    "stock": _lt("Only %(count)s left"),
    "collect": _lt("Please collect it until %(day)s."),
    "valid": _lt("Valid until %(day)s"),
    "redeem": _lt("Redeem: %(name)s"),
    "claim_days": _lt("Tell us which one, within %(days)s days of your departure."),
    "claim_working": _lt("You get an answer within %(days)s working days."),
    "claim_all": _lt("You get an answer within %(days)s days."),
    "claim_due": _lt("answer until %(day)s"),
    "span": _lt("the last %(months)s months"),
}


class HotelMemberPage(models.AbstractModel):
    _inherit = "hotel.member.page"

    @api.model
    def _say(self, code, **values):
        """Return a sentence in the visitor's language.

        :param str code: key of SENTENCES
        :param values: whole numbers, dates, texts and lists of texts, which are written as the language does
        :rtype: str
        """
        sentence = self.env._(SENTENCES[code])  # one of ours: chosen by its code, not made of what somebody typed
        return sentence % {name: self._write(value) for name, value in values.items()}

    @api.model
    def _write(self, value):
        if isinstance(value, int):
            return formatLang(self.env, value, digits=0)
        if isinstance(value, date):
            return format_date(self.env, value)
        return format_list(self.env, value, style="or") if isinstance(value, (list, tuple)) else value

    @api.model
    def _say_ways(self, ways):
        """Return what leads to a tier, in one sentence; see `_describe_ways`."""
        texts = [format_list(self.env, [need["need"] for need in way]) for way in ways]
        return self._say("ways", ways=texts)
