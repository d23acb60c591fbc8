"""How a company keeps the books of a programme: accounts, periods, breakage."""

import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, date_utils

_logger = logging.getLogger(__name__)

#: movements that a request can sum while somebody waits; more are summed by the job
PATIENCE = 500_000
#: what the books call a flow -> field of the account on the other side
ACCOUNTS = {
    "issue": "issue_account_id",
    "grant": "grant_account_id",
    "redeem": "redeem_account_id",
    "expire": "breakage_account_id",
    "estimate": "breakage_account_id",
    "rounding": "rounding_account_id",
    "peer": "peer_account_id",
    "opening": "opening_account_id",
}


class HotelLoyaltyBook(models.Model):
    """The books of one programme in one company: from when, in which periods, by which accounts."""

    _name = "hotel.loyalty.book"
    _description = "Loyalty Books"
    _order = "program_id, company_id"
    _check_company_auto = True

    program_id = fields.Many2one(
        "loyalty.program",
        string="Programme",
        required=True,
        ondelete="restrict",
        domain="[('hotel_managed', '=', True)]",
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    start_date = fields.Date(
        string="Begins",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="Points outstanding on this day come in as the opening balance of the first period.",
    )
    period = fields.Selection([("day", "Day"), ("month", "Month")], required=True, default="month")
    is_automatic = fields.Boolean(string="Close by Itself", help="A job closes each period once it is over.")
    policy = fields.Selection(
        [("expiry", "When Points Expire"), ("proportion", "In Proportion to Redemptions")],
        string="Breakage",
        required=True,
        default="expiry",
        help="When what will never be redeemed becomes revenue (IFRS 15.B44-B47). In proportion only where the"
        " estimate is sound enough that it will not be reversed.",
    )
    breakage_share = fields.Float(
        string="Expected Breakage %", digits=(5, 2), help="Of 100 points issued, those never redeemed: your estimate."
    )
    journal_id = fields.Many2one(
        "account.journal", required=True, check_company=True, domain="[('type', '=', 'general')]"
    )
    liability_account_id = fields.Many2one(
        "account.account", string="Deferred Revenue", required=True, check_company=True,
        help="What the company owes to members in points.",
    )  # fmt: skip
    issue_account_id = fields.Many2one(
        "account.account", string="Points Issued", required=True, check_company=True,
        help="Reduction of revenue (or expense) for points of stays and consumption.",
    )  # fmt: skip
    grant_account_id = fields.Many2one(
        "account.account", string="Points Given", check_company=True,
        help="Expense for points that were given, adjusted, bought or moved between members. Empty: as points issued.",
    )  # fmt: skip
    redeem_account_id = fields.Many2one(
        "account.account", string="Points Redeemed", required=True, check_company=True,
        help="Revenue from points that were used.",
    )  # fmt: skip
    breakage_account_id = fields.Many2one(
        "account.account", string="Breakage Income", required=True, check_company=True,
        help="Revenue from points that are never used.",
    )  # fmt: skip
    peer_account_id = fields.Many2one(
        "account.account", string="Owed to Other Companies", check_company=True,
        help="For points redeemed at a hotel of another company, which bills them to this one."
        " Empty: as points redeemed.",
    )  # fmt: skip
    rounding_account_id = fields.Many2one(
        "account.account", string="Rounding Difference", check_company=True, help="Empty: as points issued."
    )
    opening_account_id = fields.Many2one(
        "account.account", string="Opening Balance", check_company=True,
        help="Other side of points outstanding at the beginning. Empty: as points issued.",
    )  # fmt: skip
    ordered_at = fields.Datetime(string="Closing Ordered", readonly=True, copy=False)
    closed_date = fields.Date(string="Closed until", readonly=True, copy=False)
    closing_ids = fields.One2many("hotel.loyalty.closing", "book_id", string="Closings")

    _once = models.UniqueIndex("(program_id, company_id)", "This company has books of this programme already.")
    _share_possible = models.Constraint(
        "CHECK (breakage_share >= 0 AND breakage_share < 100)", "Breakage is at least 0 and less than 100 %."
    )

    @api.depends("program_id", "company_id")
    def _compute_display_name(self):
        for book in self:
            book.display_name = f"{book.program_id.name or ''} / {book.company_id.name or ''}"

    @api.constrains("liability_account_id", "issue_account_id", "redeem_account_id", "breakage_account_id")
    def _check_liability_account(self):
        for book in self:
            others = book.issue_account_id | book.redeem_account_id | book.breakage_account_id
            if book.liability_account_id in others:
                raise ValidationError(self.env._("Deferred revenue has an account of its own."))

    def write(self, vals):
        fixed = {"program_id", "company_id", "start_date", "period", "liability_account_id"} & set(vals)
        closed = self.filtered("closed_date")
        if any(vals[name] != book._get_raw(name) for book in closed for name in fixed):
            raise UserError(self.env._("Periods were closed already: programme, company, beginning, length of periods"
                                       " and the account of deferred revenue stay as they are."))  # fmt: skip
        return super().write(vals)

    def _get_raw(self, name):
        return self._fields[name].convert_to_write(self[name], self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.closing_ids:
            raise UserError(self.env._("Periods were closed already: archive these books instead."))

    # ---- periods ----------------------------------------------------------------------------

    def _get_next_period(self):
        """Return first and last day of the period to close next.

        :rtype: tuple[date, date]
        """
        self.ensure_one()
        start = self.closed_date + timedelta(days=1) if self.closed_date else self.start_date
        end = start if self.period == "day" else date_utils.end_of(start, "month")
        return start, end

    def action_close(self):
        """Close all periods that are over, the earliest first. Callable by finance and managers.

        With very many movements a job does so, within a minute.

        :returns: the action that shows the closings, or says that the job has begun
        :rtype: dict
        :raises AccessError: for everybody else
        :raises UserError: nothing is over yet, or a value or an account is missing
        """
        self.check_access("write")
        if not self.env.user.has_group("hotel_crm_base.group_finance"):
            raise AccessError(self.env._("Books are closed by finance."))
        due = self.filtered(lambda book: book._get_next_period()[1] < book.program_id._get_hotel_today())
        if not due:
            raise UserError(self.env._("No period is over yet that is not closed."))
        if self._query_move_count() > PATIENCE:
            return due._order_closing()
        closings = self.env["hotel.loyalty.closing"]
        for book in due:
            while closing := book._close_next():
                closings |= closing
        return closings._get_action()

    def _order_closing(self):
        """Have the job close these books; return the message that it will."""
        self.ordered_at = fields.Datetime.now()
        # whoever may close may wake the job
        self.env.ref("hotel_crm_loyalty.hotel_loyalty_cron_close").sudo()._trigger()
        message = self.env._("The periods are being closed: look at the closings in a few minutes.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "info", "next": {"type": "ir.actions.act_window_close"}},
        }

    @api.model
    def _query_move_count(self):
        """Return about how many movements there are, as the database remembers; SQL because counting takes long."""
        return self.env.execute_query(SQL("SELECT reltuples FROM pg_class WHERE relname = 'hotel_loyalty_move'"))[0][0]

    def _close_next(self):
        """Close the next period if it is over; of two at once, the second one finds it closed.

        :rtype: hotel.loyalty.closing: perhaps none
        """
        self.ensure_one()
        # waits for another closing of these books; then the snapshot is too old and the request is tried again
        self.env.cr.execute(SQL("SELECT closed_date FROM hotel_loyalty_book WHERE id = %s FOR UPDATE", self.id))
        start, end = self._get_next_period()
        if end >= self.program_id._get_hotel_today():
            return self.env["hotel.loyalty.closing"]
        # accounting is nothing that roles of the hotel may write: the closing writes it
        return self.sudo().env["hotel.loyalty.closing"]._close(self.sudo(), start, end).with_env(self.env)

    @api.model
    def _cron_close(self):
        """Close all periods that are over, of books that close by themselves or whose closing was ordered.

        Each is committed. Books that cannot be closed do not keep others from it.
        """
        for book in self.search(["|", ("is_automatic", "=", True), ("ordered_at", "!=", False)]):
            try:
                while book._close_next():
                    if not self.env["ir.cron"]._commit_progress(1):
                        return
            except UserError as error:
                self.env.cr.rollback()
                _logger.warning("Loyalty books %s were not closed: %s", book.id, error)
            book.ordered_at = False
            if not self.env["ir.cron"]._commit_progress(1):
                return

    # ---- what a closing asks ------------------------------------------------------------------

    def _get_share(self):
        """Return the expected breakage as a share of 1; 0 where it is recognised on expiry.

        :rtype: Decimal
        """
        return Decimal(str(self.breakage_share)) / 100 if self.policy == "proportion" else Decimal(0)

    def _get_account(self, flow):
        """Return the account on the other side of a flow.

        :param str flow: key of ``ACCOUNTS``
        :rtype: account.account
        """
        fallback = self.redeem_account_id if flow == "peer" else self.issue_account_id
        return self[ACCOUNTS[flow]] or fallback

    def action_estimate(self):
        """Take over the breakage that the curves of the ledger say. Callable by finance and managers.

        :raises UserError: no points are counted yet
        """
        self.check_access("write")
        for book in self:
            issued, lost = self.env["hotel.loyalty.vintage"]._read_group(
                [("program_id", "=", book.program_id.id), ("company_id", "=", book.company_id.id)],
                [],
                ["issued:sum", "lost:sum"],
            )[0]
            if not issued or issued < 0:
                raise UserError(self.env._("No points of %s are counted yet.", book.display_name))
            # all lost: what remains is little, and a share of 1 would divide by nothing
            book.breakage_share = min(round(100 * lost / issued, 2), 99.99)

    def action_view_closings(self):
        """Return the action that shows the closings; whoever may read them."""
        return self.closing_ids._get_action()
