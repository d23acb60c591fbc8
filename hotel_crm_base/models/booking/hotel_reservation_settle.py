"""What is left after a booking is over: fees collected, money given back, guarantees captured.

Providers are asked by a job, one booking per transaction: a request to a provider cannot be rolled
back, so nothing else may hang on it.
"""

from odoo import api, fields, models

BATCH = 100
OVER = ("cancelled", "no_show", "checked_out")


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    is_settling = fields.Boolean(
        readonly=True, copy=False, index="btree_not_null", help="A job gives money back, or collects a fee."
    )

    # ---- fees -------------------------------------------------------------------------------

    def _collect_fee(self, kind, fees=None):
        """Charge the fees of a cancellation or of no-shows, once for each room, and have them collected.

        They are taken from the deposit, then from a stored card; what is left is work for the desk.
        Called by cancellation and no-show; can be called again.

        :param str kind: ``cancellation`` or ``no_show``
        :param dict[hotel.stay, float] fees: of a cancellation: amount with tax by stay
        :returns: the new charges
        :rtype: sale.order.line, with sudo
        """
        self.ensure_one()
        self._lock_folios()
        # whoever cancels has no rights on folios
        reservation = self.sudo()
        lines = reservation.env["sale.order.line"]
        if kind == "no_show":
            absent = reservation.stay_ids.filtered(lambda stay: stay.state == "no_show")
            fees = {stay: reservation._get_no_show_fee(stay) for stay in absent}
        charged = reservation._get_fee_lines().hotel_stay_id
        for stay, fee in (fees or {}).items():
            if stay not in charged:
                lines |= reservation._charge_fee(kind, fee, stay)
        lines.order_id._bill()
        reservation._start_settling()
        return lines

    def _get_fee_lines(self):
        """Return the fees that stand on the folios and were not taken back.

        :rtype: sale.order.line
        """
        lines = self.folio_ids.order_line
        gone = lines.hotel_corrected_line_id
        return (lines - gone).filtered(lambda line: line.hotel_kind == "fee" and not line.hotel_corrected_line_id)

    def _charge_fee(self, kind, amount, stay):
        """Put a fee on the folio for fees, else on the main one.

        :rtype: sale.order.line
        """
        if self.currency_id.compare_amounts(amount or 0.0, 0) <= 0:
            return self.env["sale.order.line"]
        folio = self._get_folio(kind="fee")
        if folio.state != "sale":
            folio.with_company(folio.company_id).action_confirm()
        text = self.env._("Cancellation fee") if kind == "cancellation" else self.env._("No-show fee")
        product = self.property_id._get_charge_product("fee")
        return folio._add_charge(product, amount, name=text, hotel_stay_id=stay.id, hotel_kind="fee")

    def _take_back_fees(self, stays=None):
        """Take fees back, because the rooms are booked again.

        :param hotel.stay stays: those that are; default all of the booking
        """
        for reservation in self.sudo():  # as above
            lines = reservation._get_fee_lines()
            lines = lines if stays is None else lines.filtered(lambda line: line.hotel_stay_id in stays)
            if lines:
                reservation.fee_due = max(0.0, reservation.fee_due - sum(lines.mapped("price_total")))
            for line in lines:
                line._take_back(self.env._("Booked again"))

    # ---- giving back, collecting ------------------------------------------------------------

    def _start_settling(self):
        """Have the job look at these bookings."""
        # as above
        self.sudo().write({"is_settling": True})
        self.env.ref("hotel_crm_base.ir_cron_settle_reservations").sudo()._trigger()

    @api.model
    def _cron_settle(self):
        """Give back and collect what is left of bookings that are over; one booking per transaction."""
        domain = [("is_settling", "=", True)]
        todo = self.search(domain, limit=BATCH)
        self.env["ir.cron"]._commit_progress(remaining=len(todo))
        for reservation in todo:
            reservation = reservation.try_lock_for_update().filtered_domain(domain)
            reservation._settle()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _settle(self):
        """Bring what was paid in line with what is owed, where a booking is over.

        Cards that are only authorized are captured as far as needed; the rest is released. What was paid
        too much goes back to where it came from. What is missing is taken from a stored card. The desk is
        asked to do the rest by hand, such as giving cash back.
        """
        for reservation in self.sudo():
            reservation._lock_folios()
            reservation.is_settling = False
            if reservation.state in OVER:
                # what one payer has paid too much is not another's
                for folios in reservation.folio_ids.grouped("partner_invoice_id").values():
                    reservation._settle_payer(folios)

    def _settle_payer(self, folios):
        """Settle the folios of one payer.

        :param sale.order folios: of this reservation
        """
        live = folios.filtered(lambda folio: folio.state != "cancel")
        owed, paid = sum(live.mapped("amount_total")), sum(folios.mapped("hotel_paid"))
        txs = folios.transaction_ids | folios.transaction_ids.child_transaction_ids
        held = txs.filtered(lambda tx: tx.state == "authorized" and not tx.source_transaction_id)
        solid = paid - sum(tx._get_own_amount() for tx in held)
        missing = held._capture_for_hotel(max(self.currency_id.round(owed - solid), 0.0))
        surplus = self.currency_id.round(solid - owed)
        if surplus > 0:
            self._give_back(surplus, txs)
        elif missing > 0 and not any(folio.hotel_is_on_account for folio in live):
            self._collect(missing, txs)

    def _get_transactions(self):
        """Return the online transactions of these folios: payments, captures, refunds.

        :rtype: payment.transaction
        """
        txs = self.folio_ids.transaction_ids
        return txs | txs.child_transaction_ids

    def _give_back(self, amount, txs):
        """Give money back online as far as that goes; the desk gives the rest.

        :param float amount: what was paid too much
        """
        rest = amount + sum(txs.filtered(lambda tx: tx.operation == "refund" and tx._is_under_way()).mapped("amount"))
        rest = txs._refund_for_hotel(rest)
        if self.currency_id.compare_amounts(rest, 0) > 0:
            self._ask_desk(
                self.env._("Give money back"),
                self.env._("%s were paid too much, and cannot be given back online.", self.currency_id.format(rest)),
            )

    def _collect(self, amount, txs):
        """Take what is missing from a stored card; else the desk collects it.

        :param float amount: what is owed and not paid
        """
        rest = txs._charge_for_hotel(self, amount)
        if self.currency_id.compare_amounts(rest, 0) > 0:
            self._ask_desk(self.env._("Collect a fee"), self.env._("%s are not paid.", self.currency_id.format(rest)))

    def _settle_if_over(self):
        """Have money given back, or cards captured, where guests have left and something is not even."""
        for reservation in self.sudo():  # as above
            held = reservation._get_transactions().filtered(lambda tx: tx.state == "authorized")
            owing = reservation.folio_ids.filtered(lambda folio: folio.hotel_balance < 0)
            if reservation.state in OVER and (held or owing):
                reservation._start_settling()

    # ---- hooks ------------------------------------------------------------------------------

    def _after_cancelled(self):
        """Give the deposit back, less the fee."""
        result = super()._after_cancelled()
        for reservation in self.filtered("folio_ids"):
            reservation._start_settling()
        return result

    def _after_decline(self):
        """Give back what was paid for a request that the hotel declines."""
        result = super()._after_decline()
        for reservation in self.sudo().filtered("amount_paid"):
            reservation._start_settling()
        return result

    def _after_hold_released(self):
        """Tell the desk where something was paid for rooms that are released."""
        result = super()._after_hold_released()
        for reservation in self.sudo().filtered("amount_paid"):
            reservation._ask_desk(
                self.env._("Paid, but released"),
                self.env._("Less was paid than confirms the booking: find a room, or give it back."),
            )
        return result
