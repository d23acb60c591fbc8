"""The pages of a member, and what they say when something was done."""

from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: what a page may be asked to say
NOTICES = {
    "joined": _lt("Welcome! You are a member now."),
    "redeemed": _lt("Done: the points were used. You see below what happens next."),
    "cancelled": _lt("Cancelled: the points are back where they came from."),
    "transferred": _lt("Done: the points were transferred."),
    "claimed": _lt("Thank you: we have your claim. You see below when you get an answer."),
    "chosen": _lt("Done: this is yours."),
    "saved": _lt("Saved."),
}


class HotelMemberPage(models.AbstractModel):
    _inherit = "hotel.member.page"

    @api.model
    def _get_notice(self, code):
        """Return a sentence about what was done.

        :param str code: key of NOTICES
        :rtype: str
        """
        return self.env._(NOTICES[code])

    @api.model
    def _get_tabs(self, card):
        """Return the pages of a card: only those that its programme has.

        :param loyalty.card card: the guest's own, with sudo
        :returns: name, path and text of each
        :rtype: list[dict]
        """
        version = self._get_terms(card.program_id).version
        tabs = [
            ("card", "/my/club", self.env._("Card"), True),
            ("history", "/my/club/history", self.env._("History"), True),
            ("rewards", "/my/club/rewards", self.env._("Rewards"), True),
            ("milestones", "/my/club/milestones", self.env._("Milestones"), bool(version.milestones)),
            ("claim", "/my/club/claim", self.env._("Missing stay"), version.claims is not None),
            ("transfer", "/my/club/transfer", self.env._("Transfer"), self._has_transfers(card)),
        ]
        return [{"name": name, "path": path, "text": text} for name, path, text, is_there in tabs if is_there]

    @api.model
    def _has_transfers(self, card):
        return bool(self.env["hotel.member.transfer"]._get_rule(card)[1])
