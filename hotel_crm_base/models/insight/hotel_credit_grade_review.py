"""How a credit grade comes about: facts, score, proposal, review by somebody else, checks by a job."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ... import credit

BATCH = 500
#: days before the end of a grade that the next one is proposed
AHEAD = 30
#: days until a grade is looked at again: facts may have become worse
RECHECK = 30


class HotelCreditGrade(models.Model):
    _inherit = "hotel.credit.grade"

    # ---- proposing --------------------------------------------------------------------------

    @api.model
    def _propose(self, partners, company, note=None, is_appeal=False):
        """Score payers and propose a grade for each; a proposal that waits already is replaced.

        The caller has checked who may. Decided grades are left as they are.

        :rtype: hotel.credit.grade, with sudo
        :raises UserError: the company has no credit standards
        """
        # nobody writes grades but through here, and nobody follows them
        grades = self.sudo().with_context(tracking_disable=True, mail_create_nosubscribe=True)
        waiting = grades.search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("state", "=", "proposed")]
        )
        waiting.write({"state": "withdrawn"})
        scores = grades._get_scores(partners, company)
        current = {grade.partner_id: grade for grade in grades._get_current(partners, company)}
        surveys = grades._get_investigations(partners, company)
        proposed = grades.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "proposer_id": self.env.uid,
                    "previous_id": current[partner].id if partner in current else False,
                    "investigation_id": surveys.get(partner.id),
                    "note": note,
                    "is_appeal": is_appeal,
                    **scores[partner.id],
                }
                for partner in partners
            ]
        )
        self._remind_reviewers(company)
        return proposed

    @api.model
    def _get_scores(self, partners, company):
        """Return what the facts say about payers.

        :returns: partner id to values of a proposal
        :rtype: dict[int, dict]
        """
        standards = self.env["hotel.credit.standard"].sudo().search([("company_id", "=", company.id)])
        if not standards:
            raise UserError(self.env._("%s has no credit standards yet.", company.name))
        factors = self.env["hotel.credit.factor"].sudo().search([("company_id", "=", company.id)])
        weights, grades = factors._get_weights(), standards._get_grades()
        facts_model = self.env["hotel.credit.facts"].sudo()
        facts = facts_model._get_facts(partners, company, fields.Date.context_today(self))
        return {
            partner_id: self._prepare_score(numbers, weights, grades, company.currency_id)
            for partner_id, numbers in facts.items()
        }

    @api.model
    def _prepare_score(self, numbers, weights, grades, currency):
        """Return values of a proposal.

        :param dict[str, float] numbers: facts of one payer
        """
        score = credit.rate(numbers, weights)
        grade = credit.choose(score.points, grades)
        spend = numbers.get("spend", 0.0)
        months = min(max(numbers.get("month", 0), 1), 24)
        limit = credit.propose_limit(spend / months, grade) if grade else 0
        return {
            "score": score.points,
            "reasons": [list(reason) for reason in score.reasons],
            "spend": spend,
            "proposed_standard_id": grade.key.id if grade else False,
            "proposed_limit": currency.round(limit),
        }

    @api.model
    def _get_current(self, partners, company):
        """Return the grades in force."""
        return self.search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("is_current", "=", True)]
        )

    @api.model
    def _get_investigations(self, partners, company):
        """Return partner id to the id of the latest investigation received."""
        rows = self.env["hotel.credit.investigation"].search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("state", "=", "received")],
            order="received_date, id",
        )
        return {row.partner_id.id: row.id for row in rows}

    # ---- reviewing --------------------------------------------------------------------------

    def _check_reviewer(self):
        """Refuse a review by those who may not, or of what was decided already.

        :raises AccessError: no approver, or the proposer himself
        :raises UserError: decided already
        """
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_approver"):
            raise AccessError(self.env._("Credit grades are reviewed by approvers."))
        if self.env.user in self.sudo().proposer_id:
            raise AccessError(self.env._("You proposed it: somebody else reviews it."))
        if any(grade.state != "proposed" for grade in self):
            raise UserError(self.env._("It was decided already."))

    def _approve(self, standard, limit, note=None):
        """Put a grade into force: dated, mirrored to the payer's credit limit.

        :param hotel.credit.standard standard: the one proposed, or another of the company
        :param float limit: in the company's currency, within the range of the standard
        :raises UserError: outside the range, or without a note where it is not what was proposed
        """
        self.ensure_one()
        self._check_reviewer()
        standard.check_access("read")
        grade, standard = self.sudo(), standard.sudo()  # nobody writes grades but through here
        grade._check_decision(standard, limit, note)
        grade.search(
            [
                ("partner_id", "=", grade.partner_id.id),
                ("company_id", "=", grade.company_id.id),
                ("is_current", "=", True),
            ]
        ).write({"is_current": False})
        self.env.flush_all()  # one is in force at every moment
        today = fields.Date.context_today(self)
        grade.write(
            {
                **self._prepare_decision("approved", note),
                "standard_id": standard.id,
                "limit_amount": limit,
                "is_current": True,
                "valid_from": today,
                "valid_until": today + relativedelta(months=standard.valid_months),
            }
        )
        grade._mirror_limit()
        self._remind_reviewers(grade.company_id)

    def _refuse(self, note):
        """Refuse a proposal; what was in force before stays so.

        :raises UserError: without a reason
        """
        self.ensure_one()
        self._check_reviewer()
        if not (note or "").strip():
            raise UserError(self.env._("Write down why."))
        self.sudo().write(self._prepare_decision("refused", note))  # as above
        self._remind_reviewers(self.sudo().company_id)

    def _prepare_decision(self, state, note):
        return {
            "state": state,
            "reviewer_id": self.env.uid,
            "reviewed_at": fields.Datetime.now(),
            "review_note": note,
        }

    def _check_decision(self, standard, limit, note):
        """Refuse what a standard does not allow, and changes without a reason."""
        if standard.company_id != self.company_id:
            raise UserError(self.env._("This standard is another company's."))
        compare = self.currency_id.compare_amounts
        if compare(limit, standard.amount_min) < 0 or compare(limit, standard.amount_max) > 0:
            raise UserError(
                self.env._(
                    "Grade %(grade)s allows %(least)s to %(most)s.",
                    grade=standard.name,
                    least=self.currency_id.format(standard.amount_min),
                    most=self.currency_id.format(standard.amount_max),
                )
            )
        is_other = standard != self.proposed_standard_id or compare(limit, self.proposed_limit)
        if is_other and not (note or "").strip():
            raise UserError(self.env._("It is not what was proposed: write down why."))

    def _mirror_limit(self):
        """Tell accounting: the limit of a grade in force, none of one that is over."""
        for grade in self.sudo():  # roles do not set limits themselves
            partner = grade.partner_id.with_company(grade.company_id)
            # Odoo keeps the limit with the company of a contact, not with its people
            if partner == partner.commercial_partner_id:
                partner.credit_limit = grade.limit_amount if grade.is_current else 0.0

    # ---- the job ----------------------------------------------------------------------------

    @api.model
    def _cron_recheck(self):
        """End grades whose time is up, and propose new ones where time or facts ask for it."""
        today = fields.Date.context_today(self)
        self._run_batches([("is_current", "=", True), ("valid_until", "<", today)], lambda grades: grades._expire())
        again = today - relativedelta(days=RECHECK)
        due = [
            ("is_current", "=", True),
            "|", ("checked_date", "=", False), ("checked_date", "<", today),
            "|", "|", ("checked_date", "=", False), ("checked_date", "<=", again),
            ("valid_until", "<=", today + relativedelta(days=AHEAD)),
        ]
        self._run_batches(due, lambda grades: grades._recheck(today))

    @api.model
    def _run_batches(self, domain, act):
        """Do something with all grades of a domain that it then leaves; each batch is committed."""
        while grades := self.search(domain, limit=BATCH, order="id"):
            mine = grades.try_lock_for_update().filtered_domain(domain)
            if not mine:  # another job has them
                break
            act(mine)
            if not self.env["ir.cron"]._commit_progress(len(mine), remaining=self.search_count(domain)):
                break

    def _expire(self):
        """End grades whose time is up: nothing is allowed any more."""
        self.write({"is_current": False})
        self._mirror_limit()

    def _recheck(self, today):
        """Propose a new grade where this one ends soon, or the facts reach a lower one only."""
        soon = today + relativedelta(days=AHEAD)
        waiting = self.search([("partner_id", "in", self.partner_id.ids), ("state", "=", "proposed")])
        keys = {(grade.partner_id, grade.company_id) for grade in waiting}
        for company, grades in self.grouped("company_id").items():
            if not self.env["hotel.credit.standard"].search_count([("company_id", "=", company.id)], limit=1):
                continue  # grades by standards that are out of use run out
            free = grades.filtered(lambda grade: (grade.partner_id, grade.company_id) not in keys)
            scores = self._get_scores(free.partner_id, company) if free else {}
            due = free.filtered(
                lambda grade: grade.valid_until <= soon  # noqa: B023
                or scores[grade.partner_id.id]["score"] < grade.standard_id.min_score  # noqa: B023
            )
            if due:
                self._propose(due.partner_id, company)
        self.write({"checked_date": today})
