from datetime import timedelta

from odoo import api, fields, models

#: lines of a dry run are for looking at; its figures are kept for ever
KEPT_DAYS = 180


class HotelLoyaltyRerunLine(models.Model):
    """A member for whom other rules make a difference."""

    _name = "hotel.loyalty.rerun.line"
    _description = "Member Who Gains or Loses by Rules"
    _order = "points_change, id"
    _rec_name = "card_id"
    _log_access = False

    rerun_id = fields.Many2one("hotel.loyalty.rerun", string="Tried", required=True, ondelete="cascade", readonly=True)
    card_id = fields.Many2one(
        "loyalty.card", required=True, ondelete="cascade", readonly=True, index=True
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    points_before = fields.Integer(string="Points Now", readonly=True)
    points_after = fields.Integer(string="Points Then", readonly=True)
    points_change = fields.Integer(string="Change of Points", readonly=True)
    debt_change = fields.Integer(string="Change of Points Owed", readonly=True)
    tier_before = fields.Char(string="Tier Now", readonly=True)
    tier_after = fields.Char(string="Tier Then", readonly=True)
    until_before_date = fields.Date(string="Tier Until Now", readonly=True)
    until_after_date = fields.Date(string="Tier Until Then", readonly=True)
    direction = fields.Selection(
        [("up", "Raised"), ("same", "Same"), ("down", "Lowered")], string="Tier", readonly=True, required=True
    )
    move_count = fields.Integer(string="Moves That Differ", readonly=True)
    is_booked = fields.Boolean(string="Corrected", readonly=True)
    booked_points = fields.Integer(string="Points Corrected", readonly=True)

    _card_unique = models.UniqueIndex("(rerun_id, card_id)", "This member has a line already.")

    @api.model
    def _prepare_vals(self, rerun, card_id, before, after, difference):
        """Return values of a line from both evaluations of a member."""
        revisions = rerun.base_revision_id, rerun.revision_id
        old, new = (revision._get_plan().at(rerun.as_of_date) for revision in revisions)
        # a tier that the new rules do not have any more stands where it stood
        terms = new if new.find_tier(before.tier) or not old.find_tier(after.tier) else old
        was, will = terms.get_tier(before.tier).rank, terms.get_tier(after.tier).rank
        return {
            "rerun_id": rerun.id,
            "card_id": card_id,
            "points_before": before.balance,
            "points_after": after.balance,
            "points_change": difference.balance,
            "debt_change": difference.debt,
            "tier_before": self._get_tier_name(old, before.tier),
            "tier_after": self._get_tier_name(new, after.tier),
            "until_before_date": before.tier_until,
            "until_after_date": after.tier_until,
            "direction": "up" if will > was else "down" if will < was else "same",
            "move_count": len(difference.added) + len(difference.changed) + len(difference.removed),
        }

    @api.model
    def _get_tier_name(self, terms, code):
        names = terms.get_tier(code).record.name or {}
        return names.get(self.env["hotel.loyalty.revision"]._get_rules_language()) or names.get("en") or code

    @api.model
    def _note_booked(self, rerun, corrected):
        """Write down what was booked for some members: card's id to points."""
        lines = self.search([("rerun_id", "=", rerun.id), ("card_id", "in", list(corrected))])
        for points, members in lines.grouped(lambda line: corrected[line.card_id.id]).items():
            members.write({"is_booked": True, "booked_points": points})
        missing = set(corrected) - set(lines.card_id.ids)
        self.create(
            [
                {
                    "rerun_id": rerun.id, "card_id": card_id, "direction": "same", "is_booked": True,
                    "booked_points": corrected[card_id],
                }
                for card_id in sorted(missing)
            ]
        )  # fmt: skip

    @api.autovacuum
    def _gc_dry_runs(self):
        """Forget members of old dry runs that were not applied; the figures of the dry run stay."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("rerun_id.stage", "=", "dry_run"), ("rerun_id.create_date", "<", before)], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
