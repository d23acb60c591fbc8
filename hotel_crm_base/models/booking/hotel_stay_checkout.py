"""The end of a stay: what is due is charged, paid or billed, invoiced, and written as consumption."""

from datetime import timedelta

from odoo import api, models

from ... import guards

#: nights after which a stay gets a bill in between
INTERIM_NIGHTS = 30
BATCH = 100


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def _after_check_out(self):
        """Charge, invoice and write as consumption what the guests had; before others look at it.

        It hangs on the state and not on the button: whoever lets a stay end, ends it this way.
        Early departures are charged the nights slept; a guest who leaves on the day of arrival pays for the
        day. What was agreed beyond that, such as a fee, is a charge of the desk.

        :raises UserError: something is left to pay
        """
        stays = self.filtered("reservation_id")
        if stays and not guards.is_given(self.env.context, guards.BULK):
            stays._charge_check_out()
        return super()._after_check_out()

    def _charge_check_out(self):
        """Post what is due and settle it; with the folios locked against charges that come meanwhile."""
        for reservation, stays in self.grouped("reservation_id").items():
            for stay in stays:
                stay._post_nights(stay.departure_date)
            folios = stays._get_folios()
            if not guards.is_given(self.env.context, guards.OPEN_BALANCE):
                folios._check_settled()
            stays._get_charges()._write_consumption()
            complete = folios.filtered(lambda folio: folio._is_complete())
            complete._bill()
            complete._get_stray_lines()._write_consumption()
            reservation._settle_if_over()

    def _get_folios(self):
        """Return the folios that carry charges of these stays, or are theirs alone.

        :rtype: sale.order, with sudo
        """
        # housekeeping too may note a departure, without rights on folios
        stays = self.sudo()
        own = stays.reservation_id.folio_ids.filtered(
            lambda folio: not folio.hotel_stay_id or folio.hotel_stay_id in stays
        )
        return (stays.folio_line_ids.order_id | own).filtered(lambda folio: folio.state != "cancel")

    def _get_charges(self):
        """Return the charges of these stays that are due.

        :rtype: sale.order.line, with sudo
        """
        return self.sudo().folio_line_ids.filtered("hotel_posted_at")

    def _enter_state(self, state):
        """Charge the fee of guests who did not come; who comes after all owes none."""
        result = super()._enter_state(state)
        if state == "no_show":
            for reservation in self.reservation_id:
                reservation._sync_folio()
                reservation._collect_fee("no_show")
        elif state == "in_house":
            self.reservation_id._take_back_fees(self)
        return result

    def _after_cancel(self):
        """Take the nights off the folio."""
        self.reservation_id._sync_folio()
        return super()._after_cancel()

    def action_open_folios(self):
        """Return what opens the folios of this stay's reservation. Callable by front office and finance.

        :rtype: dict: action
        :raises AccessError: another role, or a stay of another property
        """
        self.ensure_one()
        return self.reservation_id.action_open_folios()

    def action_open_check_out(self):
        """Open the last look at the bill; a stay without a booking ends at once. Callable by those who may write stays.

        The form is made before it is shown, so that the nights slept are on the bill that is shown.

        :returns: what the web client opens next, or True where the guests are checked out
        :rtype: dict | bool
        :raises AccessError: another role, or a stay of another property
        :raises UserError: the stay is not in house
        """
        self.ensure_one()
        self.check_access("write")
        self._check_transition("departed")
        if not self.reservation_id:
            # of another system: nothing is to pay here
            return self.action_check_out()
        return self.env["hotel.stay.checkout"].create({"stay_id": self.id})._reopen()

    # ---- long stays -------------------------------------------------------------------------

    def _bill_interim(self):
        """Make the bill in between of guests who stay on: nights slept and charges become consumption.

        :returns: the invoices
        :rtype: account.move, with sudo
        """
        moves = self.env["account.move"].sudo()
        for stay in self.filtered(lambda stay: stay.reservation_id and stay.state == "in_house"):
            stay._post_nights(stay.property_id.business_date)
            charges = stay._get_charges()
            charges._write_consumption()
            moves |= charges.order_id._bill()
        return moves

    @api.model
    def _cron_bill_interim(self):
        """Make bills in between for stays of more than 30 nights, every 30 nights."""
        for stay in self._get_stays_to_bill():
            self.env["ir.cron"]._commit_progress(remaining=1)
            stay._bill_interim()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_stays_to_bill(self):
        """Return long stays whose first night without a bill is 30 nights ago.

        :rtype: hotel.stay
        """
        stays = self.search(
            [("state", "=", "in_house"), ("nights", ">", INTERIM_NIGHTS), ("reservation_id", "!=", False)]
        )
        found = self.browse()
        for stay in stays[: BATCH * 10]:
            charges = stay._get_charges()
            done = set(charges._get_consumption().mapped("source_ref"))
            nights = charges.filtered(lambda line, done=done: line.hotel_is_night and str(line.id) not in done)
            first = min(nights.mapped("hotel_service_date"), default=None)
            if first and first + timedelta(days=INTERIM_NIGHTS) <= stay.property_id.business_date:
                found |= stay
        return found[:BATCH]
