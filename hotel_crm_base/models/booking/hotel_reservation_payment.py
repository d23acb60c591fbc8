"""A booking that is being paid: checked before, confirmed after, handed to the desk where that cannot be."""

from odoo import models
from odoo.tools import html_escape


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _begin_payment(self):
        """Check a booking once more and hold its rooms while the guest pays. To be called before a payment form
        is shown, and again when the payment is started.

        :returns: ``problems`` (sentences for the guest; with any of them there is no payment), ``amount`` (what
            has to be paid to confirm, or the whole balance of a confirmed booking), ``balance``, and ``folio``
            (sale.order, with sudo: the one that is paid)
        :rtype: dict
        """
        self.ensure_one()
        # guests pay without rights on folios; whose booking it is has the route checked
        reservation = self.sudo()
        problems = reservation._check_before_payment()
        if not problems and reservation.state == "held":
            reservation._extend_hold()
        amount = reservation.deposit_due if reservation.state in ("draft", "held") else reservation.balance
        return {
            "problems": problems,
            "amount": max(amount, 0.0),
            "balance": reservation.balance,
            "folio": reservation._get_folio(),
        }

    def _check_before_payment(self):
        """Bring the folio up to date first, and say so where its total has changed by that."""
        self.ensure_one()
        reservation = self.sudo()  # guests ask before they pay, without rights on folios
        before = reservation.amount_total
        reservation._sync_folio()
        problems = super()._check_before_payment()
        if reservation.folio_ids and reservation.currency_id.compare_amounts(before, reservation.amount_total):
            problems = [*problems, self.env._("The price has changed meanwhile. Please load the page again.")]
        return problems

    def _check_payment_amount(self, amount):
        """Return what stands against paying an amount, as sentences for the guest.

        :param float amount: in the property's currency
        :rtype: list[str]
        """
        self.ensure_one()
        reservation = self.sudo()  # as above
        currency = reservation.currency_id
        if currency.compare_amounts(amount, 0) <= 0 or currency.compare_amounts(amount, reservation.balance) > 0:
            return [self.env._("There is nothing to pay any more, or less than this.")]
        if currency.compare_amounts(amount, reservation.deposit_due) < 0:
            return [
                self.env._(
                    "The price has changed: %(amount)s confirm this booking. Please start again.",
                    amount=currency.format(reservation.deposit_due),
                )
            ]
        return []

    def _accept_payment(self):
        """Confirm this booking after a payment.

        :returns: a sentence for the desk where it is not confirmed, else empty
        :rtype: str
        :raises BookingError: the rooms cannot be had any more
        """
        self.ensure_one()
        if self.state in ("confirmed", "in_house", "checked_out", "no_show"):
            return ""
        if self.is_hold_endless and not self.confirmed_at:
            return self.env._("It was paid, but is a request: please accept or decline it.")
        if self.state == "cancelled" and not self.is_hold_released:
            return self.env._("It was cancelled before the payment came.")
        if self._is_deposit_missing():
            return self.env._("Less was paid than confirms the booking.")
        # who pays has no rights on reservations
        self.sudo()._confirm()
        return ""

    def _is_deposit_missing(self):
        """Return whether less was paid than confirms this booking; also where its rooms were released.

        :rtype: bool
        """
        self.ensure_one()
        total = self.amount_total or self.currency_id.round(self._get_rooms_total(self.stay_ids))
        wanted = self.currency_id.round(total * (self._get_credit_terms()["deposit_percent"] or 0.0) / 100)
        return self.currency_id.compare_amounts(self.amount_paid, wanted) < 0

    def _hand_payment_to_desk(self, tx, problem):
        """Let the desk know of money that confirmed nothing.

        :param payment.transaction tx: done or authorized
        :param str problem: why
        """
        self.ensure_one()
        self._ask_desk(
            self.env._("Paid, not confirmed: %s", tx.reference),
            self.env._(
                "%(amount)s were paid. %(problem)s The money is kept: find a room, or give it back.",
                amount=tx.currency_id.format(tx.amount),
                problem=problem,
            ),
        )

    def _ask_desk(self, summary, text):
        """Leave something to do for the desk, once: an activity of nobody in particular, and a note.

        :param str summary: one line, no personal data
        :param str text: what to do
        """
        self.ensure_one()
        # guests, providers and jobs leave work for the desk without rights of their own
        reservation = self.sudo()
        if summary in reservation.activity_ids.mapped("summary"):
            return
        reservation.activity_schedule(
            "mail.mail_activity_data_todo", summary=summary, note=html_escape(text), user_id=False
        )
        note = f"{summary}: {text}"  # both are translated already
        reservation.message_post(body=note, subtype_xmlid="mail.mt_note")

    def _note_payment(self, payment):
        """Note who took or gave money at the desk.

        :param account.payment payment: posted
        """
        self.ensure_one()
        text = self.env._("%(amount)s taken at the desk (%(journal)s, %(number)s).")
        if payment.payment_type == "outbound":
            text = self.env._("%(amount)s given back at the desk (%(journal)s, %(number)s).")
        self.sudo().message_post(  # the desk notes it without rights on messages of bookings
            body=text
            % {
                "amount": payment.currency_id.format(payment.amount),
                "journal": payment.journal_id.name,
                "number": payment.name or "",
            },
            subtype_xmlid="mail.mt_note",
        )
