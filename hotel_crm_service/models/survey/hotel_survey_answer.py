"""What guests answered, as the hotel counts it."""

from odoo import Command, api, fields, models

from ...satisfaction import group_of

#: of the stays that an answer may be about
BEEN = ("in_house", "departed")
#: how somebody came to the survey
CAME_BY = [("stay", "Link of the Stay"), ("guest", "Guest without a Link"), ("open", "Nobody Known")]
GROUPS = [("promoter", "Promoter"), ("passive", "Passive"), ("detractor", "Detractor")]
COMMENT_AT_MOST = 5000


class HotelSurveyAnswer(models.Model):
    """One answered survey, of a stay where it is known: recommendation, satisfaction, comment, the case it opened."""

    _name = "hotel.survey.answer"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Survey Answer"
    _order = "answered_at desc, id desc"
    _rec_name = "survey_id"
    _guest_fields = ("partner_id",)

    user_input_id = fields.Many2one("survey.user_input", readonly=True, index="btree_not_null", ondelete="set null")
    survey_id = fields.Many2one("survey.survey", required=True, readonly=True, index=True, ondelete="restrict")
    rule_id = fields.Many2one("hotel.survey.rule", readonly=True, index="btree_not_null", ondelete="set null")
    occasion = fields.Selection([("in_stay", "During the Stay"), ("check_out", "After the Stay")], readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Guest", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    came_by = fields.Selection(
        CAME_BY, required=True, readonly=True, default="stay",
        help="Link of the Stay: sent by a rule. Guest without a Link: signed in, or invited by name. "
        "Nobody Known: the open link of the survey; whoever has it may answer.",
    )  # fmt: skip
    stay_id = fields.Many2one("hotel.stay", readonly=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", readonly=True, index=True, help="Empty: nobody can tell which hotel it was."
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    answered_at = fields.Datetime(required=True, readonly=True, index=True)
    has_nps = fields.Boolean(string="Was Asked to Recommend", readonly=True)
    nps = fields.Integer(string="Recommendation", readonly=True, aggregator="avg", help="0 to 10, where it was asked.")
    nps_group = fields.Selection(GROUPS, string="NPS Group", readonly=True)
    has_satisfaction = fields.Boolean(readonly=True)
    satisfaction = fields.Float(
        readonly=True, digits=(5, 2), aggregator="avg",
        help="0 to 100: satisfaction overall where it was asked, else the mean of the aspects, else recommendation.",
    )  # fmt: skip
    grade_id = fields.Many2one("hotel.satisfaction.grade", readonly=True, ondelete="restrict")
    visit_count = fields.Integer(
        string="Visits", readonly=True, aggregator=None, help="Stays until then, this one too."
    )
    comment = fields.Text(readonly=True)
    category_id = fields.Many2one(
        "hotel.case.category", string="Comment Is About", readonly=True, ondelete="restrict"
    )
    category_confidence = fields.Float(readonly=True, digits=(4, 3), aggregator=None)
    language = fields.Char(readonly=True)
    score_ids = fields.One2many("hotel.survey.score", "answer_id", string="Aspects", readonly=True)
    case_id = fields.Many2one("hotel.case", readonly=True, index="btree_not_null", ondelete="set null")

    _once = models.UniqueIndex("(user_input_id) WHERE user_input_id IS NOT NULL", "An answer counts once.")
    _property_idx = models.Index("(property_id, answered_at)")
    _guest_idx = models.Index("(partner_id, answered_at)")

    @api.model
    def _count(self, inputs):
        """Take completed surveys into the figures: once each, and one for each stay; low scores open a case.

        :param survey.user_input inputs: complete
        :rtype: hotel.survey.answer
        """
        placed = self._place(inputs)
        visits = self._count_visits([stay for stay, _hotel in placed.values() if stay])
        answers = self.create(
            [self._prepare_answer(one, stay, hotel, visits.get(stay, 0)) for one, (stay, hotel) in placed.items()]
        )
        answers._open_cases()
        self.env["hotel.guest.metric"]._mark_dirty(answers.partner_id.ids)
        return answers

    @api.model
    def _prepare_answer(self, user_input, stay, hotel, visits):
        """Return the values of one answer.

        :param hotel.stay stay: none where it is not known
        :param hotel.property hotel: as above
        :param int visits: stays of the guest until then
        :rtype: dict
        """
        guest = user_input.partner_id.filtered("is_hotel_guest")
        facts = self._read_lines(user_input.user_input_line_ids)
        ratings = [facts["overall"]] if facts["overall"] is not None else list(facts["aspects"].values())
        nps = facts["nps"]
        if not ratings and nps is not None:
            ratings = [nps * 10.0]
        satisfaction = sum(ratings) / len(ratings) if ratings else 0.0
        comment = "\n".join(facts["comments"])[:COMMENT_AT_MOST].strip()
        standard = user_input.survey_id.hotel_standard_id
        return {
            "user_input_id": user_input.id,
            "survey_id": user_input.survey_id.id,
            "rule_id": (user_input.hotel_rule_id or self._find_rule(user_input, stay)).id,
            "occasion": user_input.hotel_occasion,
            "came_by": "stay" if user_input.hotel_stay_id else "guest" if guest else "open",
            "partner_id": guest.id,
            "stay_id": stay.id,
            "property_id": hotel.id,
            "answered_at": user_input.end_datetime or fields.Datetime.now(),
            "has_nps": nps is not None,
            "nps": nps or 0,
            "nps_group": group_of(nps) if nps is not None else False,
            "has_satisfaction": bool(ratings),
            "satisfaction": satisfaction,
            "grade_id": standard._get_grade(satisfaction).id if ratings else False,
            "visit_count": visits,
            "comment": comment or False,
            "score_ids": [
                Command.create({"aspect_id": aspect_id, "score": score})
                for aspect_id, score in facts["aspects"].items()
            ],
            **self._prepare_comment(comment),
        }

    @api.model
    def _prepare_comment(self, comment):
        """Return what a comment is about."""
        if not comment:
            return {}
        judgement = self.env["hotel.classifier"]._judge(comment)
        return {
            "category_id": self.env["hotel.case.category"]._get_ids().get(judgement.primary, False),
            "category_confidence": judgement.confidence,
            "language": judgement.language or False,
        }

    @api.model
    def _read_lines(self, lines):
        """Return what answers to questions say in figures: ratings as 0 to 100 of their scale.

        :rtype: dict: nps (0 to 10 or None), overall (0 to 100 or None), aspects (id -> 0 to 100), comments (texts)
        """
        facts = {"nps": None, "overall": None, "aspects": {}, "comments": []}
        for line in lines.filtered(lambda line: not line.skipped and line.question_id.hotel_metric):
            question = line.question_id
            if question.hotel_metric == "comment":
                text = line.value_text_box or line.value_char_box
                facts["comments"] += [text] if text else []
                continue
            value = line._get_hotel_value()
            if value is None:
                continue
            if question.hotel_metric == "nps":
                facts["nps"] = min(max(round(value), 0), 10)
            else:
                low, high = question._get_hotel_range()
                rating = 100.0 * min(max((value - low) / (high - low), 0), 1) if high > low else 0.0
                if question.hotel_metric == "overall":
                    facts["overall"] = rating
                else:
                    facts["aspects"][question.hotel_aspect_id.id] = rating
        return facts

    @api.model
    def _count_visits(self, stays):
        """Return how many stays the guest of each of these had until then, this one too.

        :param list[hotel.stay] stays: of known guests
        :rtype: dict[hotel.stay, int]
        """
        guest_ids = list({stay.partner_id.id for stay in stays})
        domain = [("partner_id", "in", guest_ids), ("state", "in", BEEN)]
        days = {}
        by_day = self.env["hotel.stay"]._read_group(domain, ["partner_id", "arrival_date:day"], ["__count"])
        for guest, day, count in by_day:
            days.setdefault(guest, []).append((day, count))
        return {
            stay: sum(count for day, count in days.get(stay.partner_id, ()) if day <= stay.arrival_date)
            for stay in stays
        }

    # ---- low scores ---------------------------------------------------------------------------

    def _get_low_aspects(self):
        """Return the aspects that are rated so low that somebody has to see to it, the lowest first."""
        limit = self.rule_id.case_rating if self.rule_id else -1
        return self.score_ids.filtered(lambda score: score.score <= limit).sorted("score")

    def _is_low(self):
        rule = self.rule_id
        return bool(rule) and (
            (self.has_nps and self.nps <= rule.case_nps)
            or (self.has_satisfaction and self.satisfaction <= rule.case_rating)
            or bool(self._get_low_aspects())
        )

    def _open_cases(self):
        """Open a case where an answer is a low one."""
        low = self.filtered(lambda answer: not answer.case_id and answer._is_low())
        cases = self.env["hotel.case"].create([answer._prepare_case_vals() for answer in low])
        for answer, case in zip(low, cases, strict=True):
            answer.case_id = case

    def _prepare_case_vals(self):
        aspects = self._get_low_aspects()
        said = self.with_context(lang=self.property_id._get_desk_user().lang)._get_low_text()
        vals = {
            "kind": "complaint",
            "source": "survey",
            "stay_id": self.stay_id.id,
            "partner_id": self.partner_id.id,
            "property_id": self.property_id.id,
            "subject": said,
            "description": self.comment or said,
        }
        if aspects and not self.comment:
            vals["category_id"] = aspects[0].aspect_id.id
        return vals

    def _get_low_text(self):
        parts = []
        if self.has_nps:
            parts.append(self.env._("recommendation %s of 10", self.nps))
        parts += [f"{score.aspect_id.name} {score.score:.0f} %" for score in self._get_low_aspects()]
        if not parts:
            parts.append(self.env._("satisfaction %s %%", round(self.satisfaction)))
        return self.env._("Low survey answer: %s", ", ".join(parts))
