"""History judged by other rules: first dry, for somebody to look at, then for good."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import changes

STATES = [("waiting", "Waiting"), ("running", "Running"), ("stopped", "Stopped"), ("done", "Done")]
STAGES = [("dry_run", "Dry Run"), ("apply", "Put in Force")]
#: members per transaction: a second or two of one processor
BATCH = 500


class HotelLoyaltyRerun(models.Model):
    """One look at all members under the rules of a draft, and what putting it in force has changed."""

    _name = "hotel.loyalty.rerun"
    _description = "Rules Tried on History"
    _order = "id desc"

    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="program_id.company_id")
    revision_id = fields.Many2one(
        "hotel.loyalty.revision", required=True, ondelete="cascade", readonly=True, index=True
    )
    base_revision_id = fields.Many2one(
        "hotel.loyalty.revision", string="Compared With", readonly=True, ondelete="restrict"
    )
    as_of_date = fields.Date(string="As Of", readonly=True, required=True)
    stage = fields.Selection(STAGES, required=True, default="dry_run", readonly=True)
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True)
    is_outdated = fields.Boolean(readonly=True, help="The rules have changed since: do it again.")
    position = fields.Integer(readonly=True, help="Cards up to this internal number are done.")
    card_count = fields.Integer(string="Members", readonly=True)
    done_count = fields.Integer(string="Members Done", readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Percent.")
    finished_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("hotel.loyalty.rerun.line", "rerun_id", string="Members Who Gain or Lose", readonly=True)
    tier_ids = fields.One2many("hotel.loyalty.rerun.tier", "rerun_id", string="Members by Tier", readonly=True)
    changed_count = fields.Integer(string="Members Changed", readonly=True)
    gained_count = fields.Integer(string="Members Who Gain Points", readonly=True)
    lost_count = fields.Integer(string="Members Who Lose Points", readonly=True)
    gained_points = fields.Float(string="Points Gained", digits=(16, 0), readonly=True)
    lost_points = fields.Float(string="Points Lost", digits=(16, 0), readonly=True)
    raised_count = fields.Integer(string="Tier Raised", readonly=True)
    lowered_count = fields.Integer(string="Tier Lowered", readonly=True)
    booked_count = fields.Integer(string="Members Corrected", readonly=True)
    booked_points = fields.Float(string="Points Corrected", digits=(16, 0), readonly=True)

    _one_open = models.UniqueIndex(
        "(program_id) WHERE state IN ('waiting', 'running')", "Rules of this programme are being tried already."
    )

    @api.depends("done_count", "card_count", "state")
    def _compute_progress(self):
        for rerun in self:
            share = rerun.done_count / rerun.card_count if rerun.card_count else 0.0
            rerun.progress = 100.0 if rerun.state == "done" else 100.0 * min(share, 1.0)

    @api.depends("revision_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rerun in self:
            rerun.display_name = self.env._("%s, tried on history", rerun.revision_id.display_name)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(rerun.stage == "apply" for rerun in self):
            raise UserError(self.env._("What a change of rules has done is kept."))

    # ---- what people do ----------------------------------------------------------------------

    def action_stop(self):
        """Stop after the running batch; what is done stays done. For managers.

        :raises AccessError: for everybody else
        """
        self.revision_id._check_may_edit()
        # progress is the job's own: nobody writes it by hand
        self.sudo().filtered(lambda rerun: rerun.state in ("waiting", "running")).state = "stopped"

    def action_continue(self):
        """Go on where it stopped. For managers.

        :raises AccessError: for everybody else
        :raises UserError: the rules have changed since
        """
        self.revision_id._check_may_edit()
        if any(rerun.is_outdated and rerun.stage == "dry_run" for rerun in self):
            raise UserError(self.env._("The rules have changed since: start again."))
        self.sudo().filtered(lambda rerun: rerun.state == "stopped").state = "waiting"
        self._wake()

    def action_apply(self):
        """Put the rules in force that were tried. For administrators and approvers.

        :returns: the action that shows the progress
        :rtype: dict
        :raises AccessError: for everybody else
        :raises UserError: they have problems, or were not tried as they are now
        """
        self.ensure_one()
        return self.revision_id.action_apply()

    def action_open(self):
        """Open this on a page of its own. For whoever may read it.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }

    def action_view_lines(self):
        """Show who gains or loses. For whoever may read this.

        :returns: the action of a list that can be searched, grouped and exported
        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_rerun_line_action")
        return {**action, "domain": [("rerun_id", "=", self.id)]}

    # ---- the job -----------------------------------------------------------------------------

    @api.model
    def _start(self, revision):
        """Try the rules of a draft on all members.

        :param hotel.loyalty.revision revision: the draft, without problems
        :rtype: hotel.loyalty.rerun, with sudo
        """
        program = revision.program_id
        rerun = self.sudo().create(
            {
                "program_id": program.id,
                "revision_id": revision.id,
                "base_revision_id": program.hotel_revision_id.id,
                "as_of_date": program._get_hotel_today(),
                "card_count": self._count_cards(program),
            }
        )
        rerun._wake()
        return rerun

    @api.model
    def _wake(self):
        self.env.ref("hotel_crm_loyalty.hotel_loyalty_cron_rerun").sudo()._trigger()

    @api.model
    def _count_cards(self, program):
        return self.env["loyalty.card"].sudo().search_count(self._get_card_domain(program))

    @api.model
    def _get_card_domain(self, program):
        return [("program_id", "=", program.id), ("hotel_managed", "=", True)]

    @api.model
    def _cron_continue(self, batch=BATCH):
        """Carry on what waits, one after another and batch by batch, committing each.

        :param int batch: members per transaction
        """
        cron = self.env["ir.cron"]
        seconds_left = True
        while seconds_left and (rerun := self._take_next()):
            done = rerun._run_batch(batch)
            left = 0 if rerun.state == "done" else max(rerun.card_count - rerun.done_count, 1)
            seconds_left = cron._commit_progress(done, remaining=left)

    @api.model
    def _take_next(self):
        """Return what runs, else what waits longest, locked: stopping it waits for the batch."""
        found = self.search([("state", "in", ("running", "waiting"))], order="state, id", limit=1).try_lock_for_update()
        found.invalidate_recordset()
        # names of tiers are noted in the language of who asked
        found = found.with_context(lang=found.create_uid.lang or "en_US")
        return found.filtered(lambda rerun: rerun.state in ("running", "waiting"))

    def _run_batch(self, batch):
        """Look at the next members, or evaluate them for good; return how many there were."""
        self.ensure_one()
        domain = [*self._get_card_domain(self.program_id), ("id", ">", self.position)]
        cards = self.env["loyalty.card"].search(domain, order="id", limit=batch)
        if cards:
            getattr(self, f"_run_{self.stage}")(cards)
            self.write({"position": cards[-1].id, "done_count": self.done_count + len(cards), "state": "running"})
        if len(cards) < batch:
            self.write({"state": "done", "finished_at": fields.Datetime.now()})
        return len(cards)

    def _run_dry_run(self, cards):
        """Compare both rules for some members, and note who gains or loses what."""
        evaluation, plan = self.env["hotel.loyalty.evaluation"], self.revision_id._get_plan()
        before = evaluation._look(cards, self.as_of_date)
        after = evaluation._look(cards, self.as_of_date, plan=plan)
        lines = self.env["hotel.loyalty.rerun.line"]
        found = []
        for card_id, old in before.items():
            difference = changes.compare(old, after[card_id])
            if difference:
                found.append(lines._prepare_vals(self, card_id, old, after[card_id], difference))
        lines.create(found)
        self._add_totals(found)
        self.env["hotel.loyalty.rerun.tier"]._add(self, before.values(), after.values(), plan)

    def _add_totals(self, found):
        gains = [vals["points_change"] for vals in found if vals["points_change"] > 0]
        losses = [vals["points_change"] for vals in found if vals["points_change"] < 0]
        ways = [vals["direction"] for vals in found]
        self.write(
            {
                "changed_count": self.changed_count + len(found),
                "gained_count": self.gained_count + len(gains),
                "lost_count": self.lost_count + len(losses),
                "gained_points": self.gained_points + sum(gains),
                "lost_points": self.lost_points + sum(losses),
                "raised_count": self.raised_count + ways.count("up"),
                "lowered_count": self.lowered_count + ways.count("down"),
            }
        )

    def _run_apply(self, cards):
        """Evaluate some members by the rules in force now; what was corrected is noted."""
        before = {card.id: (card.points + card.hotel_pending - card.hotel_debt, card.hotel_tier_id) for card in cards}
        self.env["hotel.loyalty.evaluation"]._evaluate(cards)
        cards.invalidate_recordset()
        corrected = {}
        for card in cards:
            points, tier = before[card.id]
            change = card.points + card.hotel_pending - card.hotel_debt - points
            if change or tier != card.hotel_tier_id:
                corrected[card.id] = change
        self.env["hotel.loyalty.rerun.line"]._note_booked(self, corrected)
        self.write(
            {
                "booked_count": self.booked_count + len(corrected),
                "booked_points": self.booked_points + sum(corrected.values()),
            }
        )

    def _begin_applying(self):
        """Go over all members again, now that the rules are in force."""
        self.write(
            {
                "stage": "apply",
                "state": "waiting",
                "position": 0,
                "done_count": 0,
                "card_count": self._count_cards(self.program_id),
                "finished_at": False,
            }
        )
        self._wake()

    @api.model
    def _outdate(self, domain):
        """Stop and mark dry runs whose rules are other ones by now."""
        dry = self.sudo().search([("stage", "=", "dry_run"), ("is_outdated", "=", False), *domain])
        dry.filtered(lambda rerun: rerun.state in ("waiting", "running")).state = "stopped"
        dry.is_outdated = True
