"""The figures of a survey report, gathered by a handful of queries."""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ...satisfaction import drivers, mean_interval, net_promoter

#: what drives the score is computed from the latest answers
DRIVERS_FROM = 20_000


class HotelSurveySummary(models.TransientModel):
    _inherit = "hotel.survey.summary"

    def _get_figures(self):
        """Return all figures of the report.

        :rtype: dict: count, invited, rate (percent), nps and nps_before (satisfaction.Score), satisfaction and
            satisfaction_before (mean, low, high), grades, aspects, hotels, months, comments (lists of dicts),
            unasked (answers that came without the link of a stay),
            drivers (satisfaction.Drivers or None)
        """
        self.ensure_one()
        answers, before = self._get_domain(), self._get_domain(before=True)
        count = self.env["hotel.survey.answer"].search_count(answers)
        asked = self.env["hotel.survey.answer"].search_count(answers & Domain("came_by", "=", "stay"))
        # links have no rights for staff: only their number is told
        invited = self.env["survey.user_input"].sudo().search_count(self._get_link_domain())
        found = self._get_drivers(answers)
        return {
            "count": count,
            "invited": invited,
            "unasked": count - asked,
            "rate": min(100.0 * asked / invited, 100.0) if invited else None,
            "nps": self._get_nps(answers),
            "nps_before": self._get_nps(before),
            "satisfaction": self._get_satisfaction(answers),
            "satisfaction_before": self._get_satisfaction(before),
            "drivers": found,
            "aspects": self._get_aspects(answers, before, found),
            "grades": self._get_shares(answers, "grade_id", count),
            "comments": self._get_shares(answers & Domain("comment", "!=", False), "category_id"),
            "hotels": self._get_nps_by(answers, "property_id"),
            "months": self._get_nps_by(answers, "answered_at:month"),
        }

    def _get_nps(self, domain):
        asked = domain & Domain("has_nps", "=", True)
        groups = dict(self.env["hotel.survey.answer"]._read_group(asked, ["nps_group"], ["__count"]))
        return net_promoter(*(groups.get(name, 0) for name in ("promoter", "passive", "detractor")))

    def _get_nps_by(self, domain, groupby):
        """Return the score of each hotel or month.

        :rtype: list[dict]: label, score
        """
        counts = defaultdict(dict)
        rows = self.env["hotel.survey.answer"]._read_group(
            domain & Domain("has_nps", "=", True), [groupby, "nps_group"], ["__count"], order=groupby
        )
        for key, group, count in rows:
            counts[key][group] = count
        return [
            {
                "label": self._get_label(key),
                "score": net_promoter(*(found.get(name, 0) for name in ("promoter", "passive", "detractor"))),
            }
            for key, found in counts.items()
        ]

    def _get_label(self, key):
        """Return how a hotel or a month is called."""
        if isinstance(key, models.BaseModel):
            return key.display_name or self.env._("Hotel not known")
        return f"{key:%Y-%m}"

    def _get_satisfaction(self, domain):
        rows = self.env["hotel.survey.answer"]._read_group(
            domain & Domain("has_satisfaction", "=", True), ["satisfaction"], ["__count"]
        )
        return self._get_mean(rows)

    def _get_mean(self, rows):
        """Return mean and interval of (value, count) rows."""
        count = sum(number for _value, number in rows)
        total = sum(value * number for value, number in rows)
        squares = sum(value * value * number for value, number in rows)
        return mean_interval(total, squares, count)

    def _get_shares(self, domain, groupby, whole=None):
        """Return how many answers each grade or category has.

        :rtype: list[dict]: label, count, share (percent)
        """
        named = domain & Domain(groupby, "!=", False)
        rows = self.env["hotel.survey.answer"]._read_group(named, [groupby], ["__count"])
        whole = whole or sum(count for _key, count in rows)
        rows.sort(key=lambda row: -row[1] if groupby != "grade_id" else -row[0].score_from)
        return [
            {"label": key.display_name, "count": count, "share": 100.0 * count / whole if whole else 0.0}
            for key, count in rows
        ]

    def _get_aspects(self, answers, before, found):
        """Return the aspects, those that move the score most first.

        :rtype: list[dict]: label, count, mean, low, high, before, importance (percent of what is explained, or None)
        """
        now, then = self._get_aspect_rows(answers), self._get_aspect_rows(before)
        whole = found.explained if found else 0
        lines = []
        for aspect, rows in now.items():
            mean, low, high = self._get_mean(rows)
            share = found.shares.get(aspect.id) if found else None
            lines.append(
                {
                    "label": aspect.display_name,
                    "count": sum(count for _value, count in rows),
                    "mean": mean,
                    "low": low,
                    "high": high,
                    "before": self._get_mean(then[aspect])[0] if aspect in then else None,
                    "importance": 100.0 * share / whole if share is not None and whole else None,
                }
            )
        return sorted(lines, key=lambda line: (-(line["importance"] or 0), line["label"]))

    def _get_aspect_rows(self, domain):
        rows = self.env["hotel.survey.score"]._read_group(
            Domain("answer_id", "any", domain), ["aspect_id", "score"], ["__count"]
        )
        found = defaultdict(list)
        for aspect, value, count in rows:
            found[aspect].append((value, count))
        return found

    def _get_drivers(self, domain):
        """Return which aspects move recommendation, or satisfaction where it was not asked."""
        answers = self.env["hotel.survey.answer"].search_fetch(
            domain & Domain("has_satisfaction", "=", True),
            ["has_nps", "nps", "satisfaction"],
            limit=DRIVERS_FROM,
        )
        ratings = defaultdict(dict)
        scores = self.env["hotel.survey.score"].search_fetch(
            [("answer_id", "in", answers.ids)], ["answer_id", "aspect_id", "score"]
        )
        for score in scores:
            ratings[score.answer_id.id][score.aspect_id.id] = score.score
        asked = answers.filtered("has_nps")
        if asked:
            return drivers([(answer.nps, ratings.get(answer.id, {})) for answer in asked])
        return drivers([(answer.satisfaction, ratings.get(answer.id, {})) for answer in answers])
