"""A guest's or a company's credit: what the grade in force allows, and what is open already."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ... import guards

#: who knows grades, scores and reasons
ANALYSTS = "hotel_crm_base.group_finance,hotel_crm_base.group_approver"
#: who knows what a grade allows
READERS = (
    "hotel_crm_base.group_front_office,hotel_crm_base.group_call_agent,"
    "hotel_crm_base.group_finance,hotel_crm_base.group_approver"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_credit_grade_id = fields.Many2one(
        "hotel.credit.grade", string="Credit in Force", compute="_compute_hotel_credit_grade_id", groups=ANALYSTS
    )
    hotel_credit_text = fields.Char(
        string="Credit", compute="_compute_hotel_credit_text", groups=READERS,
        help="What the hotel trusts this payer with.",
    )
    hotel_credit_grade_ids = fields.One2many(
        "hotel.credit.grade", "partner_id", string="Credit Grades", groups=ANALYSTS
    )
    hotel_credit_investigation_ids = fields.One2many(
        "hotel.credit.investigation", "partner_id", string="Credit Investigations", groups=ANALYSTS
    )

    @api.depends_context("company", "tz", "uid")
    def _compute_hotel_credit_grade_id(self):
        """Read the grades of the company at work, in one query for all payers."""
        # roles see what a grade allows, not the grade itself
        grades = self.env["hotel.credit.grade"].sudo()
        found = grades.search_fetch(
            [
                ("partner_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
                ("is_current", "=", True),
                ("valid_until", ">=", fields.Date.context_today(self)),
            ]
        )
        by_partner = {grade.partner_id.id: grade for grade in found}
        for partner in self:
            partner.hotel_credit_grade_id = by_partner.get(partner._origin.id, grades)

    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_hotel_credit_text(self):
        for partner in self:
            grade = partner.sudo().hotel_credit_grade_id  # as above
            partner.hotel_credit_text = grade._get_allowance_text() if grade else False

    def action_hotel_propose_credit(self):
        """Score these payers and propose grades to the approvers. Callable by finance.

        :rtype: dict: action
        :raises AccessError: for everybody else
        """
        proposed = self._propose_hotel_credit(self.env.company)
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_credit_grade_action")
        return {**action, "domain": [("id", "in", proposed.ids)], "context": {}}

    def _propose_hotel_credit(self, company, **values):
        """Propose grades for these payers, where the user may.

        :param res.company company: one of the user's
        :rtype: hotel.credit.grade
        """
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_finance"):
            raise AccessError(self.env._("Credit grades are proposed by finance."))
        if company not in self.env.companies:
            raise AccessError(self.env._("You do not work for %s.", company.sudo().name))
        grades = self.env["hotel.credit.grade"]
        return grades.browse(grades._propose(self, company, **values).ids)

    def _get_hotel_flags(self):
        """Add what the grade allows, for those who may know."""
        flags = super()._get_hotel_flags()
        if not self._has_field_access(self._fields["hotel_credit_text"], "read"):
            return flags
        grade = self.sudo().hotel_credit_grade_id
        if grade and grade.standard_id.deposit_rule == "full":
            flags.append(("warning", self.hotel_credit_text))
        elif grade and grade.standard_id.is_pay_later_allowed:
            flags.append(("info", self.hotel_credit_text))
        return flags

    def _get_hotel_credit_used(self, company, without=None):
        """Return what this payer owes a company: open invoices, and bills that are to be sent.

        :param sale.order without: a folio that is not counted
        :returns: in the company's currency
        :rtype: float
        """
        self.ensure_one()
        field = "commercial_partner_id" if self == self.commercial_partner_id else "partner_id"
        [[owed]] = self.env["account.move"].sudo()._read_group(  # amounts only, for a yes or a no
            [
                (field, "=", self.id),
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("payment_state", "!=", "paid"),
            ],
            aggregates=["amount_residual_signed:sum"],
        )
        folios = self.env["sale.order"].sudo().search(
            [
                ("partner_invoice_id", "child_of" if field != "partner_id" else "=", self.id),
                ("company_id", "=", company.id),
                ("hotel_is_on_account", "=", True),
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
            ]
        )
        today = fields.Date.context_today(self)
        for folio in folios - (without or folios.browse()):
            open_amount = folio._get_not_invoiced()
            owed += folio.currency_id._convert(open_amount, company.currency_id, company, today)
        return company.currency_id.round(owed or 0.0)

    # ---- privacy and merge ------------------------------------------------------------------

    @api.model
    def _hotel_merge_map(self):
        names = ("hotel.credit.grade", "hotel.credit.investigation")
        return {**super()._hotel_merge_map(), **dict.fromkeys(names, "partner_id")}

    def _hotel_anonymize(self):
        """Forget what was said about these guests; that they had a grade stays in the books."""
        # closed to those who may erase but not see
        erase = {"hotel_erasure": guards.ERASURE}
        self.sudo().hotel_credit_grade_ids.with_context(**erase).unlink()
        self.sudo().hotel_credit_investigation_ids.with_context(**erase).unlink()
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        grades = self.sudo().hotel_credit_grade_ids  # closed to those who may export but not see
        if grades:
            data[self.env._("Credit Grades")] = [
                {
                    "proposed_at": grade.proposed_at,
                    "state": grade.state,
                    "score": grade.score,
                    "reasons": grade.reason_text,
                    "grade": grade.standard_id.name or "",
                    "limit": grade.limit_amount,
                    "valid_until": format_date(self.env, grade.valid_until) if grade.valid_until else "",
                }
                for grade in grades
            ]
        return data
