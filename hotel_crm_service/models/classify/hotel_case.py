"""Cases are sorted by what they say; people correct it, and it learns from them."""

from odoo import Command, api, fields, models

SEVERITY_DEFAULT = "normal"
WORDS_AT_MOST = 250


class HotelCase(models.Model):
    _inherit = "hotel.case"

    confidence = fields.Float(
        string="Sure", digits=(4, 3), readonly=True, copy=False, aggregator="avg",
        help="How sure the category is, from 0 to 1; 1 where a person has said so.",
    )  # fmt: skip
    deciding_words = fields.Char(
        compute="_compute_deciding_words", help="Words of the text that decided on the category."
    )
    needs_sorting = fields.Boolean(
        readonly=True, copy=False, help="The category is not sure: somebody should look at it."
    )
    is_sorted_by_hand = fields.Boolean(
        readonly=True, copy=False, help="A person has said what it is about: others are learned from it."
    )
    classifier_id = fields.Many2one(
        "hotel.classifier", string="Sorted By", readonly=True, copy=False, ondelete="set null",
        index="btree_not_null", help="Version of what was learned; empty: the rules alone, or a person.",
    )  # fmt: skip

    _needs_sorting_idx = models.Index("(property_id) WHERE needs_sorting")
    _sorted_idx = models.Index("(id) WHERE is_sorted_by_hand")

    @api.depends("label_ids.words", "category_id")
    def _compute_deciding_words(self):
        for case in self:
            label = case.label_ids.filtered(lambda label, case=case: label.category_id == case.category_id)
            case.deciding_words = label[:1].words

    def write(self, vals):
        before = {case: (case.category_id, case.confidence) for case in self} if "category_id" in vals else {}
        result = super().write(vals)
        # what code writes as superuser is the sorting itself
        if before and not self.env.su:
            changed = self.filtered(lambda case: case.category_id != before[case][0])
            changed._note_correction(before)
        return result

    def action_confirm_category(self):
        """Say that the category is right. Callable by staff who may write the case."""
        self.check_access("write")
        sorted_cases = self.filtered("category_id")
        sorted_cases._note_correction({case: (case.category_id, case.confidence) for case in sorted_cases})

    def _note_correction(self, before):
        """Keep what a person has said about the sorting of these cases.

        :param dict before: case -> (category that was found, how sure it was)
        """
        # staff write cases, not what was found in them; who says it is kept
        cases = self.sudo()
        self.env["hotel.case.correction"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "said_id": before[case][0].id,
                    "confidence": before[case][1],
                    "category_id": case.category_id.id,
                    "classifier_id": case.classifier_id.id,
                    "user_id": self.env.user.id,
                }
                for case in cases
                if case.category_id
            ]
        )
        for case in cases:
            case._set_label_by_hand()

    def _set_label_by_hand(self):
        """Let the category that a person chose stand first."""
        label = self.label_ids.filtered(lambda label: label.category_id == self.category_id)
        commands = [Command.update(label.id, {"confidence": 1.0})] if label else []
        if not label and self.category_id:
            commands = [Command.create({"category_id": self.category_id.id, "confidence": 1.0})]
        self.write(
            {
                "label_ids": commands,
                "is_sorted_by_hand": bool(self.category_id),
                "confidence": float(bool(self.category_id)),
                "needs_sorting": False,
            }
        )

    # ---- sorting ------------------------------------------------------------------------------

    def _get_text_to_classify(self):
        """Return what the guest says: the subject counts where the text does not begin with it.

        :rtype: str
        """
        subject, text = self.subject or "", self.description or ""
        return text if " ".join(text.split()).startswith(subject) else f"{subject}\n{text}"

    def _hotel_classify(self):
        """Fill category, categories found, severity and language of cases that no person has sorted."""
        result = super()._hotel_classify()
        classifiers = self.env["hotel.classifier"]
        version, sure = classifiers._get_active(), classifiers._get_sure()
        categories = self.env["hotel.case.category"]._get_ids()
        # whoever takes a case in may not write what was found in it, nor is it worth a message
        cases = self.sudo().with_context(tracking_disable=True).filtered(lambda case: not case.is_sorted_by_hand)
        chosen = {case for case in cases if case.category_id and not case.label_ids}
        cases.label_ids.unlink()
        labels = []
        for case in cases:
            judgement = classifiers._judge(case._get_text_to_classify())
            vals, found = case._prepare_sorted_vals(judgement, categories, version, sure, case in chosen)
            case.write(vals)
            labels += [{**label, "case_id": case.id} for label in found]
        self.env["hotel.case.label"].sudo().create(labels)
        return result

    def _prepare_sorted_vals(self, judgement, categories, version, sure, is_chosen):
        """Return what a judgement says of this case, and of its labels.

        :param dict categories: code -> id; one that was archived is not given
        :param bool is_chosen: whoever took the case in has named the category
        :rtype: tuple[dict, list[dict]]
        """
        vals = {"language": judgement.language or False}
        if self.severity == SEVERITY_DEFAULT and self.kind != "praise":
            vals["severity"] = judgement.severity
        if is_chosen:
            label = {"category_id": self.category_id.id, "confidence": 1.0}
            return {**vals, "confidence": 1.0, "is_sorted_by_hand": True}, [label]
        found = [one for one in judgement.found if one.category in categories]
        labels = [
            {
                "category_id": categories[one.category],
                "confidence": one.confidence,
                "words": ", ".join(one.words)[:WORDS_AT_MOST],
            }
            for one in found
        ]
        confidence = found[0].confidence if found else 0.0
        vals |= {
            "category_id": categories[found[0].category] if found else False,
            "confidence": confidence,
            "needs_sorting": confidence < sure and self.kind == "complaint",
            "classifier_id": version.id,
        }
        return vals, labels
