"""Learning a new version from the cases that people have sorted."""

import json
import logging

from odoo import api, fields, models

from ...classify.categories import CATEGORIES
from ...classify.training import TooFewTexts, train

_logger = logging.getLogger(__name__)

#: the latest ones count: a hotel changes
CASES_AT_MOST = 5000
#: so many more sorted cases than the last version has seen are a reason for a new one
NEW_CASES = 50


class HotelClassifier(models.Model):
    _inherit = "hotel.classifier"

    @api.model
    def _cron_train(self):
        """Learn the versions that were asked for, and one by itself when enough cases were sorted."""
        waiting = self.search([("state", "=", "waiting")], order="id").try_lock_for_update()
        if not waiting and self._has_news():
            waiting = self.create({})
        for classifier in waiting:
            classifier._train()

    @api.model
    def _has_news(self):
        last = self.search([("trained_at", "!=", False)], limit=1)
        return self.env["hotel.case"].search_count(self._get_training_domain()) >= last.case_count + NEW_CASES

    @api.model
    def _get_training_domain(self):
        """Hook: return which cases may be learned from: those that a person has sorted."""
        return [
            ("is_sorted_by_hand", "=", True),
            ("description", "!=", False),
            ("category_id.code", "in", list(CATEGORIES)),
        ]

    def _train(self):
        """Learn from sorted cases, measure, and take over where it is no worse than the rules alone."""
        self.ensure_one()
        found = self.env["hotel.case"].search_fetch(
            self._get_training_domain(), ["subject", "description", "category_id"], limit=CASES_AT_MOST
        )
        texts = [case._get_text_to_classify() for case in found]
        try:
            outcome = train(texts, [case.category_id.code for case in found])
        except (TooFewTexts, ValueError) as error:
            # a failure names counts, never what guests wrote
            _logger.info("Case sorting %s: %s", self.id, type(error).__name__)
            note = self.env._("There are too few sorted cases, or they are all of one kind.")
            self.write({"state": "failed", "trained_at": fields.Datetime.now(), "case_count": len(found), "note": note})
            return
        self._keep(outcome.model)
        self.write(
            {
                "state": "candidate",
                "trained_at": fields.Datetime.now(),
                "case_count": len(found),
                "rules_rate": outcome.rules_right * 100,
                "right_rate": outcome.right * 100,
                "right_of_two_rate": outcome.right_of_two * 100,
                "share": outcome.model.share,
                "confusion": json.dumps(outcome.confusion, sort_keys=True),
            }
        )
        if outcome.model.share and outcome.right >= outcome.rules_right:
            self._activate()
