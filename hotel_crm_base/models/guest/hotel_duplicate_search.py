import numpy as np

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...matching import blocks, compare, duplicates, fellegi
from .hotel_duplicate_candidate import NUMBERS

#: pairs that are compared at once, and that are learned from: of each kind of key, and of all
STEP, LEARN_KIND, LEARN_ALL = 50000, 30000, 100000
#: random guests of whom pairs are made to learn what different people have in common
RANDOM_GUESTS = 20000


class HotelDuplicateSearch(models.Model):
    """One search for duplicates among all guests, from its order to its end; it goes on where it stopped."""

    _name = "hotel.duplicate.search"
    _description = "Search for Duplicates"
    _order = "id desc"
    _rec_name = "create_date"

    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="running",
        readonly=True,
    )
    threshold = fields.Float(
        readonly=True, default=duplicates.REVIEW, help="Pairs that are one guest with this probability are listed."
    )
    candidate_count = fields.Integer(string="Pairs Compared", readonly=True)
    found_count = fields.Integer(string="Likely Duplicates", readonly=True)
    position = fields.Integer(readonly=True)
    last_position = fields.Integer(readonly=True, default=-1, help="-1: pairs are still being gathered.")
    weights = fields.Json(readonly=True, help="What was learned: how often each field agrees to each degree.")
    progress = fields.Float(compute="_compute_progress", help="Percent.")
    finished_at = fields.Datetime(readonly=True)

    _one_running = models.UniqueIndex("(state) WHERE state = 'running'", "Duplicates are being searched already.")

    @api.depends("position", "last_position", "state")
    def _compute_progress(self):
        for search in self:
            share = search.position / search.last_position if search.last_position > 0 else 0.0
            search.progress = 100.0 if search.state == "done" else 100.0 * min(share, 1.0)

    def action_cancel(self):
        """Stop after the running batch. Callable by managers.

        :raises AccessError: for everybody else
        """
        self._check_manager()
        # written by the program only
        self.sudo().filtered(lambda search: search.state == "running").write({"state": "cancelled"})

    @api.model
    def action_start(self):
        """Order a search among all guests. Callable by managers.

        :returns: the action that shows the progress
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self._check_manager()
        # written by the program only
        searches = self.sudo()
        search = searches.search([("state", "=", "running")], limit=1) or searches.create({})
        self.env.ref("hotel_crm_base.ir_cron_duplicate_search").sudo()._trigger()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": search.id,
            "views": [[False, "form"]],
        }

    def _check_manager(self):
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Possible duplicates are looked into by managers."))

    @api.model
    def _cron_continue(self, step=STEP):
        """Carry on the running search, batch by batch, committing each.

        :param int step: pairs per batch
        """
        cron = self.env["ir.cron"]
        search = self.search([("state", "=", "running")], limit=1)
        while search:
            if search.last_position < 0:
                search._learn()
            else:
                search._score(step)
            left = search.last_position - search.position
            seconds_left = cron._commit_progress(1, remaining=max(left // step, 0))
            search.invalidate_recordset()
            if search.state != "running" or not seconds_left:
                break

    def _learn(self):
        """Gather the pairs, and learn from some of them what speaks for one guest."""
        candidates = self.env["hotel.duplicate.candidate"]
        count = candidates._query_fill()
        sample = self._query_pairs(SQL("TRUE"), LEARN_ALL, count)
        taught = [
            (
                self._compare(self._query_pairs(SQL("kinds & %s <> 0", 1 << NUMBERS[kind]), LEARN_KIND, count)),
                duplicates.fields(left_out),
            )
            for kind, (_most, left_out) in blocks.KINDS.items()
        ]
        levels, guests = self._compare(sample), self._query_guest_count()
        # the sample stands for all pairs: so many fewer are there in all, too
        share = len(levels) / count if count else 1
        weights, _found = duplicates.learn(levels, taught, self._compare_random(), guests * (guests - 1) / 2 * share)
        _found, prior = fellegi.probabilities(weights.evidence(levels), guests * (guests - 1) / 2 * share)
        self.write(
            {
                "candidate_count": count,
                "last_position": self._query_last_id(),
                "weights": {
                    "prior": prior,
                    "m": {name: row.round(7).tolist() for name, row in zip(compare.FIELDS, weights.m, strict=True)},
                    "u": {name: row.round(7).tolist() for name, row in zip(compare.FIELDS, weights.u, strict=True)},
                },
            }
        )

    def _get_weights(self):
        """Return what was learned (fellegi.Weights)."""
        return fellegi.Weights(
            *(tuple(np.array(self.weights[side][name]) for name in compare.FIELDS) for side in ("m", "u"))
        )

    def _score(self, step):
        """Compare the next pairs and note those that are likely one guest."""
        pairs = self.env.execute_query(
            SQL(
                "SELECT id, partner_a, partner_b FROM hotel_duplicate_candidate WHERE id > %s ORDER BY id LIMIT %s",
                self.position,
                step,
            )
        )
        vals = {"position": pairs[-1][0] if pairs else self.last_position}
        if pairs:
            found = self._rate([pair[1:] for pair in pairs])
            vals["found_count"] = self.found_count + self.env["hotel.duplicate.pair"]._query_note(found)
        if vals["position"] >= self.last_position:
            vals |= {"state": "done", "finished_at": fields.Datetime.now()}
            self.env.ref("hotel_crm_base.ir_cron_merge_certain")._trigger()
        self.write(vals)

    def _rate(self, pairs):
        """Return the rows of `hotel.duplicate.pair._query_note` of those pairs that are likely one guest."""
        levels = self._compare(pairs)
        odds = self._get_weights().evidence(levels) * np.log(2)
        odds += np.log(self.weights["prior"]) - np.log1p(-self.weights["prior"])
        probability = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
        return [
            (*pairs[row], round(float(probability[row]), 6), " ".join(map(str, levels[row].tolist())))
            for row in np.flatnonzero(probability >= self.threshold).tolist()
        ]

    def _compare(self, pairs):
        """Return the levels of pairs of guests' ids."""
        if not pairs:
            return np.zeros((0, len(compare.SIZES)), dtype=np.int8)
        ids = sorted({partner_id for pair in pairs for partner_id in pair})
        places = {partner_id: place for place, partner_id in enumerate(ids)}
        left, right = zip(*((places[a], places[b]) for a, b in pairs), strict=True)
        return compare.compare(compare.Records.build(self._query_facts(ids)), left, right)

    def _compare_random(self):
        """Return the levels of random pairs of guests."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE is_hotel_guest AND active ORDER BY hashint4extended(id, 7) LIMIT %s",
                RANDOM_GUESTS,
            )
        )
        records = compare.Records.build(self._query_facts(sorted(row[0] for row in rows)))
        return compare.compare(records, *duplicates.random_pairs(len(records)))
