"""A period of the books of a programme, closed by one entry; see ``liability.py`` for the arithmetic."""

from collections import defaultdict
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ... import liability


class HotelLoyaltyClosing(models.Model):
    """One closed period: what was issued, redeemed and expired, what the company owes at its end, and the entry."""

    _name = "hotel.loyalty.closing"
    _description = "Loyalty Closing"
    _order = "end_date desc, id desc"
    _rec_name = "end_date"

    book_id = fields.Many2one("hotel.loyalty.book", required=True, readonly=True, ondelete="restrict", index=True)
    program_id = fields.Many2one(related="book_id.program_id", store=True, string="Programme")
    company_id = fields.Many2one(related="book_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="book_id.currency_id")
    start_date = fields.Date(required=True, readonly=True)
    end_date = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [("posted", "Posted"), ("reversed", "Reversed")], required=True, readonly=True, default="posted"
    )
    is_first = fields.Boolean(string="Opening", readonly=True, help="What was earlier is the opening balance.")
    breakage_share = fields.Float(string="Expected Breakage %", digits=(5, 2), readonly=True)
    points = fields.Integer(string="Outstanding Points", readonly=True)
    amount = fields.Monetary(string="Liability", readonly=True, help="Worth of outstanding points at the end.")
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, ondelete="restrict")
    reversal_move_id = fields.Many2one("account.move", string="Reversal", readonly=True, ondelete="restrict")
    line_ids = fields.One2many("hotel.loyalty.closing.line", "closing_id", string="Lines", readonly=True)

    _once = models.UniqueIndex(
        "(book_id, end_date) WHERE state = 'posted'", "This period is closed already."
    )

    @api.depends("program_id", "company_id", "end_date")
    def _compute_display_name(self):
        for closing in self:
            until = format_date(self.env, closing.end_date)
            closing.display_name = f"{closing.program_id.name or ''} {until} / {closing.company_id.name or ''}"

    # ---- closing ----------------------------------------------------------------------------

    @api.model
    def _close(self, book, start, end):
        """Close a period: post its entry and note what it says. The caller holds the books' row.

        :param hotel.loyalty.book book: with sudo
        :rtype: hotel.loyalty.closing
        :raises UserError: points have no value
        """
        sums = self._get_sums(book, start, end)
        rounding = Decimal(str(book.currency_id.rounding))
        entries = liability.close(sums["end"], sums["start"], self._get_booked(book, rounding), rounding)
        amount = liability.to_money(sum(sums["end"].values(), Decimal(0)), rounding)
        closing = self.create(
            {
                "book_id": book.id,
                "start_date": start,
                "end_date": end,
                "is_first": not book.closed_date,
                "breakage_share": 100 * float(book._get_share()),
                "points": sums["points"],
                "amount": float(amount),
                "line_ids": [
                    Command.create(self._prepare_line_vals(entry))
                    for entry in entries
                    if entry.current or entry.earlier
                ],
            }
        )
        closing.move_id = closing._post_entry()
        book.closed_date = end
        closing._reconcile()
        return closing

    @api.model
    def _prepare_line_vals(self, entry):
        property_id, flow, peer_id = entry.key
        return {
            "property_id": property_id or False,
            "flow": flow,
            "peer_company_id": peer_id or False,
            "current": float(entry.current),
            "earlier": float(entry.earlier),
        }

    @api.model
    def _get_booked(self, book, rounding):
        """Return what posted closings have booked so far.

        :rtype: dict[tuple, Decimal]: keys as in ``liability``
        """
        rows = self.env["hotel.loyalty.closing.line"]._read_group(
            [("closing_id.book_id", "=", book.id), ("closing_id.state", "=", "posted")],
            ["property_id", "flow", "peer_company_id"],
            ["amount:sum"],
        )
        return {
            (hotel.id or 0, flow, peer.id or 0): liability.to_money(Decimal(str(amount)), rounding)
            for hotel, flow, peer, amount in rows
        }

    @api.model
    def _get_sums(self, book, start, end):
        """Return what has moved until the end of a period, and before it.

        :rtype: dict: end and start (key to exact value), points (outstanding at the end)
        :raises UserError: a lot has no value
        """
        found = {"end": defaultdict(Decimal), "start": defaultdict(Decimal), "points": 0}
        vintages = {"end": defaultdict(lambda: [Decimal(0)] * 2), "start": defaultdict(lambda: [Decimal(0)] * 2)}
        for hotel_id, month, kind, peer_id, points, missing, *values in self._query_moves(book, start, end):
            if missing:
                raise UserError(self.env._("%s: say what a point is worth first.", book.program_id.name))
            flow = liability.FLOWS[kind]
            found["points"] += points
            for when, text in zip(("end", "start"), values, strict=True):
                value = Decimal(text or 0)
                found[when][hotel_id, flow, peer_id] += value
                vintages[when][hotel_id, month][0] += value
                vintages[when][hotel_id, month][1] -= value if flow == "redeem" else 0
        share = book._get_share()
        if share:
            for when, counted in vintages.items():
                by_hotel = defaultdict(list)
                for (hotel_id, _month), vintage in counted.items():
                    by_hotel[hotel_id].append(vintage)
                for hotel_id, parts in by_hotel.items():
                    found[when][hotel_id, "estimate", 0] = liability.get_early_breakage(parts, share)
        return found

    @api.model
    def _query_moves(self, book, start, end):
        """Sum the moves of a company's lots; SQL because of volume, text because amounts are exact.

        :returns: property, month of issue, kind, other company, points, lots without a value, value until the
            end of the period, value before it
        :rtype: list[tuple]
        """
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL jit = off")
        return self.env.execute_query(
            SQL(
                """WITH ranges AS MATERIALIZED (%(ranges)s),
                   summed AS MATERIALIZED (
                     SELECT lot.property_id, lot.earned_date, move.kind,
                            CASE WHEN move.kind IN ('redeem', 'return') THEN move.property_id END AS place_id,
                            sum(move.points) AS points,
                            COALESCE(sum(move.points) FILTER (WHERE move.date < %(start)s), 0) AS before
                       FROM hotel_loyalty_move move
                       JOIN hotel_loyalty_lot lot ON lot.id = move.lot_id
                       JOIN loyalty_card card ON card.id = move.card_id AND card.program_id = %(program)s
                      WHERE move.date <= %(end)s
                      GROUP BY 1, 2, 3, 4)
                   SELECT COALESCE(hotel.id, 0), date_trunc('month', summed.earned_date)::date, summed.kind,
                          CASE WHEN place.company_id <> %(company)s THEN place.company_id ELSE 0 END,
                          sum(points)::bigint, count(*) FILTER (WHERE range.amount IS NULL),
                          sum(points * range.amount)::text, sum(before * range.amount)::text
                     FROM summed
                     JOIN loyalty_program program ON program.id = %(program)s
                     LEFT JOIN hotel_property hotel ON hotel.id = summed.property_id
                     LEFT JOIN hotel_property place ON place.id = summed.place_id
                     LEFT JOIN ranges range ON range.program_id = %(program)s AND range.company_id = %(company)s
                          AND summed.earned_date >= range.start_date AND summed.earned_date < range.end_date
                    WHERE %(carrier)s = %(company)s
                    GROUP BY 1, 2, 3, 4""",
                ranges=self.env["hotel.loyalty.point.value"]._get_ranges(),
                carrier=self.env["loyalty.program"]._get_hotel_carrier("hotel"),
                company=book.company_id.id,
                program=book.program_id.id,
                start=start,
                end=end,
            )
        )

    # ---- the entry --------------------------------------------------------------------------

    def _post_entry(self):
        """Create and post the entry of this closing; none where nothing has moved.

        Where the period is locked, Odoo dates it the first day that is not.

        :rtype: account.move
        """
        company = self.company_id
        moves = self.env["account.move"].with_company(company)
        if company.partner_id.lang:
            moves = moves.with_context(lang=company.partner_id.lang)
        lines = self.line_ids._prepare_entry_lines(moves.env)
        if not lines:
            return moves
        ref = moves.env._(
            "Loyalty points %(programme)s, %(start)s to %(end)s",
            programme=self.program_id.name,
            start=self.start_date,
            end=self.end_date,
        )
        move = moves.create(
            {
                "move_type": "entry",
                "journal_id": self.book_id.journal_id.id,
                "date": self.end_date,
                "ref": ref,
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        move._post(soft=False)
        return move

    def action_reverse(self):
        """Take the last closing of some books back by reversing its entry; the period can be closed again.

        Callable by finance and managers.

        :raises AccessError: for everybody else
        :raises UserError: a later period is closed
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_finance"):
            raise AccessError(self.env._("Closings are reversed by finance."))
        self.book_id.check_access("write")
        closing = self.sudo()  # accounting is nothing that roles of the hotel may write
        book = closing.book_id
        if closing.state != "posted" or closing.end_date != book.closed_date:
            raise UserError(self.env._("Only the last closing can be reversed."))
        if closing.move_id:
            move = closing.move_id
            values = {"date": move.date, "ref": self.env._("Reversal of %s", move.ref)}
            closing.reversal_move_id = move._reverse_moves([values])
            closing.reversal_move_id._post(soft=False)
        closing.state = "reversed"
        book.closed_date = max(
            book.closing_ids.filtered(lambda other: other.state == "posted").mapped("end_date"), default=False
        )

    def _get_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Closings"),
            "res_model": self._name,
            "views": [[False, "list"], [False, "form"]],
            "domain": [("id", "in", self.ids)],
        }
