from collections import Counter

from odoo import api, fields, models


class HotelLoyaltyRerunTier(models.Model):
    """How many members hold a tier, and how many would by the rules that are tried."""

    _name = "hotel.loyalty.rerun.tier"
    _description = "Members of a Tier by Rules"
    _order = "rerun_id, sequence, id"
    _log_access = False

    rerun_id = fields.Many2one("hotel.loyalty.rerun", required=True, ondelete="cascade", readonly=True)
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Tier", readonly=True)
    before_count = fields.Integer(string="Members Now", readonly=True)
    after_count = fields.Integer(string="Members Then", readonly=True)
    change_count = fields.Integer(string="Difference", compute="_compute_change_count")

    _code_unique = models.UniqueIndex("(rerun_id, code)", "This tier is counted already.")

    @api.depends("before_count", "after_count")
    def _compute_change_count(self):
        for line in self:
            line.change_count = line.after_count - line.before_count

    @api.model
    def _add(self, rerun, before, after, plan):
        """Add a batch of evaluations to the counts.

        :param before: outcomes by the rules in force
        :param after: outcomes by the rules that are tried
        :param rules.plan.Plan plan: the rules that are tried
        """
        counts = [Counter(outcome.tier for outcome in outcomes) for outcomes in (before, after)]
        known = {line.code: line for line in rerun.tier_ids}
        terms = (plan.at(rerun.as_of_date), rerun.base_revision_id._get_plan().at(rerun.as_of_date))
        lines = self.env["hotel.loyalty.rerun.line"]
        for code in dict.fromkeys([tier.code for term in terms for tier in term.tiers] + [*counts[0], *counts[1]]):
            if code not in known:
                term = terms[0] if terms[0].find_tier(code) else terms[1]
                known[code] = self.create(
                    {
                        "rerun_id": rerun.id, "code": code, "sequence": len(known),
                        "name": lines._get_tier_name(term, code),
                    }
                )  # fmt: skip
            known[code].before_count += counts[0][code]
            known[code].after_count += counts[1][code]
