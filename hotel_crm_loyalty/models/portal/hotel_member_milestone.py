"""Rewards that a member chooses at a milestone."""

from odoo import api, models
from odoo.exceptions import UserError


class HotelMemberMilestone(models.AbstractModel):
    """Milestones of a card: what was reached, what may be taken, what was."""

    _name = "hotel.member.milestone"
    _description = "Milestones of a Member"

    @api.model
    def _get_milestones(self, card):
        """Return the milestones that a member has reached, the latest first.

        :param loyalty.card card: the guest's own, with sudo
        :returns: decision, options (pairs of code and name), chosen (name, or empty)
        :rtype: list[dict]
        """
        # guests have no rights on the ledger: the card is their own
        decisions = self.env["hotel.loyalty.decision"].sudo()
        domain = [("card_id", "=", card.id), ("is_void", "=", False), ("kind", "in", ("milestone", "withdraw"))]
        found = decisions.search(domain, order="date desc, id desc")
        withdrawn = {one.origin.rpartition("/")[2] for one in found if one.kind == "withdraw"}
        reached = found.filtered(lambda one: one.kind == "milestone" and one.key not in withdrawn)
        choices = self.env["hotel.loyalty.choice"].sudo().search([("decision_id", "in", reached.ids)])
        taken = {choice.decision_id: choice.option for choice in choices}
        rows = []
        for decision in reached:
            options = self._get_options(card.program_id, decision)
            code = taken.get(decision) or (next(iter(options)) if len(options) == 1 else None)
            chosen = options.get(code, code) if code else ""
            rows.append({"decision": decision, "options": list(options.items()), "chosen": chosen})
        return rows

    @api.model
    def _get_options(self, program, decision):
        """Return what may be taken at a milestone, by the rules under which it was reached.

        :rtype: dict[str, str]: code to name
        """
        names = program._get_hotel_names(self.env["hotel.member.page"]._get_language())
        versions = program._get_hotel_plan().programme.versions
        versions = sorted(versions, key=lambda version: version.code != decision.version_code)
        code = decision.origin.partition(":")[0]
        for version in versions:
            for milestone in version.milestones:
                if milestone.code == code:
                    return {option.code: names.get(option.code, option.code) for option in milestone.options}
        return {}

    @api.model
    def _count_open(self, card):
        """Return at how many milestones there is something to choose.

        :rtype: int
        """
        return sum(1 for row in self._get_milestones(card) if row["options"] and not row["chosen"])

    @api.model
    def _choose(self, card, decision_id, option):
        """Take one option of a milestone; points among them come at once.

        :param loyalty.card card: the guest's own, with sudo
        :param int decision_id: as sent
        :param str option: code, as sent
        :raises UserError: there is no such choice, or it was made already
        """
        # whoever else chooses for this member at this moment waits here
        card._hotel_evaluate()
        rows = self._get_milestones(card)
        row = next((row for row in rows if row["decision"].id == decision_id and not row["chosen"]), None)
        if not row or option not in dict(row["options"]):
            raise UserError(self.env._("This choice was made already, or it is not on offer any more."))
        self.env["hotel.loyalty.choice"].sudo().create(
            {"card_id": card.id, "decision_id": decision_id, "option": option, "user_id": self.env.uid}
        )
        card._hotel_evaluate()
