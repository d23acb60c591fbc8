from odoo import api, fields, models

FLOWS = [
    ("issue", "Points Issued"),
    ("grant", "Points Given"),
    ("redeem", "Points Redeemed"),
    ("expire", "Points Expired"),
    ("estimate", "Breakage Expected"),
    ("rounding", "Rounding Difference"),
]


class HotelLoyaltyClosingLine(models.Model):
    """What one closing booked of one hotel's points and one kind of movement."""

    _name = "hotel.loyalty.closing.line"
    _description = "Line of a Loyalty Closing"
    _order = "closing_id, property_id, id"

    closing_id = fields.Many2one("hotel.loyalty.closing", required=True, ondelete="cascade", index=True)
    program_id = fields.Many2one(related="closing_id.program_id", store=True, string="Programme")
    company_id = fields.Many2one(related="closing_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="closing_id.currency_id")
    state = fields.Selection(related="closing_id.state", store=True)
    date = fields.Date(related="closing_id.end_date", store=True)
    property_id = fields.Many2one("hotel.property", ondelete="restrict", help="Whose points they are: who issued them.")
    flow = fields.Selection(FLOWS, required=True)
    peer_company_id = fields.Many2one(
        "res.company", string="Other Company", ondelete="restrict", help="At whose hotels the points were redeemed."
    )
    current = fields.Monetary(string="Of the Period", help="More liability, or less where negative.")
    earlier = fields.Monetary(string="Of Earlier Periods", help="What came late, was corrected or brought in.")
    amount = fields.Monetary(compute="_compute_amount", store=True)

    @api.depends("current", "earlier")
    def _compute_amount(self):
        for line in self:
            line.amount = line.currency_id.round(line.current + line.earlier)

    def _prepare_entry_lines(self, env):
        """Return values of the lines of the entry: per hotel one for what is owed, and the other sides.

        :param Environment env: whose language the entry speaks
        :rtype: list[dict]
        """
        found = []
        for hotel, lines in self.grouped("property_id").items():
            total = sum(lines.mapped("amount"))
            book = lines.closing_id.book_id
            found.append(self._prepare_entry_vals(env, book.liability_account_id, -total, hotel, env._("Points owed")))
            for line in lines:
                found += line._prepare_other_sides(env)
        return [vals for vals in found if not self.currency_id[:1].is_zero(vals["balance"])]

    def _prepare_other_sides(self, env):
        """Return values of the other sides of one line: of the period, and what was earlier."""
        closing, book = self.closing_id, self.closing_id.book_id
        flow = "peer" if self.peer_company_id and book.peer_account_id else self.flow
        label = dict(self.with_env(env)._fields["flow"]._description_selection(env))[self.flow]
        if self.peer_company_id:
            label = f"{label}, {self.peer_company_id.name}"
        parts = [(self.current, flow, label)]
        if closing.is_first and self.flow != "rounding":
            parts.append((self.earlier, "opening", env._("Opening balance: %s", label)))
        else:
            parts.append((self.earlier, flow, env._("Earlier periods: %s", label)))
        return [
            self._prepare_entry_vals(env, book._get_account(account), amount, self.property_id, text)
            for amount, account, text in parts
        ]

    @api.model
    def _prepare_entry_vals(self, env, account, balance, hotel, label):
        """Return values of a line; a positive balance is a debit."""
        name = f"{hotel.name}: {label}" if hotel else label
        vals = {"account_id": account.id, "name": name, "balance": self.currency_id[:1].round(balance)}
        if hotel.hotel_analytic_account_id:
            vals["analytic_distribution"] = {str(hotel.hotel_analytic_account_id.id): 100}
        return vals
