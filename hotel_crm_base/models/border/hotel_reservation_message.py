"""What a booker is told about his or her own booking, and when."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

#: what is told -> states of the reservation in which it is still so
KINDS = {
    "held": {"held"},
    "request": {"held"},
    "offered": {"held"},
    "confirmed": {"confirmed", "in_house"},
    "changed": {"confirmed", "in_house"},
    "declined": {"cancelled"},
    "cancelled": {"cancelled"},
    "reminder": {"confirmed"},
}
#: these give calendars a new version
NEW_VERSION = {"changed", "cancelled", "declined"}
#: hour of the property from which reminders leave
REMINDER_HOUR = 10
BATCH = 100


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    calendar_version = fields.Integer(readonly=True, copy=False, help="Number of changes that calendars were told of.")
    reminded_date = fields.Date(
        string="Reminded of", readonly=True, copy=False, help="The arrival that the booker was reminded of."
    )

    # ---- when ---------------------------------------------------------------------------------

    def _after_hold(self):
        result = super()._after_hold()
        for reservation in self:
            reservation._notify("request" if reservation.is_hold_endless else "held")
        return result

    def _after_confirm(self):
        result = super()._after_confirm()
        self._notify("confirmed")
        return result

    def _after_change(self, before):
        result = super()._after_change(before)
        self.filtered(lambda reservation: reservation.state in KINDS["changed"])._notify("changed")
        return result

    def _after_cancelled(self):
        result = super()._after_cancelled()
        self.filtered(lambda reservation: reservation._was_told())._notify("cancelled")
        return result

    def _after_decline(self):
        result = super()._after_decline()
        self._notify("declined")
        return result

    def _after_offer_waiting(self):
        result = super()._after_offer_waiting()
        self._notify("offered")
        return result

    def _was_told(self):
        """Return whether the booker knows of this booking.

        :rtype: bool
        """
        return bool(self.confirmed_at or self._get_notices(limit=1))

    # ---- telling ------------------------------------------------------------------------------

    def _notify(self, kind):
        """Queue a message to the bookers of these reservations. Nothing that goes wrong here is theirs.

        :param str kind: held, request, offered, confirmed, changed, declined, cancelled or reminder
        :returns: the messages
        :rtype: hotel.message
        """
        messages = self.env["hotel.message"]
        # bookers and their messages are no business of whoever confirms
        for reservation in self.sudo():
            try:
                with self.env.cr.savepoint():
                    messages |= reservation._queue_notice(kind)
            except (OperationalError, ConcurrencyError):
                raise  # the request is tried again
            except Exception as error:
                # no traceback: it may hold what is known of the booker
                _logger.error(  # noqa: TRY400
                    "Reservation %s: no message (%s) because of %s", reservation.id, kind, type(error).__name__
                )
                messages |= reservation._note_unasked(kind)
        return messages

    def _queue_notice(self, kind):
        """Ask the gate for one message.

        :rtype: hotel.message
        """
        if kind == "changed" and (waiting := self._get_notices("changed", state="queued")):
            return waiting  # it leaves with what holds then
        if kind in NEW_VERSION:
            self.calendar_version += 1
        self._portal_ensure_token()
        channel = self._get_message_channel()
        ref = f"hotel_crm_base.{'mail' if channel == 'email' else 'sms'}_template_booking_{kind}"
        return self.env["hotel.message"]._send(
            self.partner_id,
            "transaction",
            channel,
            self._get_notice_key(kind),
            template=self.env.ref(ref, raise_if_not_found=False),
            record=self,
            property=self.property_id,
        )

    def _get_notice_key(self, kind):
        occasion = self.arrival_date if kind == "reminder" else self.calendar_version
        # a guest who asks for it again gets it again; how often, the page limits
        again = self.env.context.get("hotel_notice_again")
        return f"booking/{self.id}/{kind}/{occasion}" + (f"/again/{again}" if again else "")

    def _get_message_channel(self):
        """Return how the booker is told: by e-mail where there is a living address, else by SMS.

        :rtype: str
        """
        booker = self.partner_id
        if booker.email_normalized and booker.message_bounce < self.env["hotel.message"]._get_bounce_limit():
            return "email"
        return "sms" if booker.phone_sanitized else "email"

    def _get_notices(self, kind=None, state=None, limit=None):
        """Return the messages about this reservation.

        :param str kind: default all
        :param str state: default all
        :rtype: hotel.message
        """
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        if kind:
            domain &= Domain("dedupe_key", "=like", f"booking/{self.id}/{kind}/%")
        if state:
            domain &= Domain("state", "=", state)
        # the booker's messages, whoever asks
        return self.env["hotel.message"].sudo().search(domain, limit=limit)

    def _note_unasked(self, kind):
        """Keep that a message could not be prepared, where staff find it."""
        try:
            with self.env.cr.savepoint():
                return self.env["hotel.message"].create(
                    {
                        "partner_id": self.partner_id.id,
                        "property_id": self.property_id.id,
                        "company_id": self.company_id.id,
                        "purpose": "transaction",
                        "channel": "email",
                        "state": "failed",
                        "reason_code": "not_asked",
                        "dedupe_key": f"{self._get_notice_key(kind)}/unasked/{fields.Datetime.now().timestamp()}",
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                )
        except (OperationalError, ConcurrencyError):
            raise
        except Exception as error:
            _logger.error(  # noqa: TRY400
                "Reservation %s: not even the failure could be kept: %s", self.id, type(error).__name__
            )
            return self.env["hotel.message"]

    def _is_hotel_message_outdated(self, message):
        """Return whether a message about this booking says what is no longer so; the gate asks before it leaves.

        :param hotel.message message: about to leave
        :rtype: bool
        """
        kind = self._get_notice_kind(message)
        if kind not in KINDS:
            return False
        if kind == "reminder" and self.arrival_date <= self.property_id._get_local_today():
            return True
        if kind in ("held", "request") and self.is_hold_endless != (kind == "request"):
            return True
        return self.state not in KINDS[kind]

    @api.model
    def _get_notice_kind(self, message):
        """Return what a message tells, by its key."""
        parts = message.dedupe_key.split("/")
        return parts[2] if parts[0] == "booking" and len(parts) > 3 else None

    # ---- reminders ----------------------------------------------------------------------------

    @api.model
    def _cron_remind_arrivals(self):
        """Remind bookers some days before they arrive, by the clock of each property."""
        cron = self.env["ir.cron"]
        for hotel in self.env["hotel.property"].search([("reminder_days", ">", 0)]):
            domain = self._get_reminder_domain(hotel)
            cron._commit_progress(remaining=self.search_count(domain))
            while due := self.search(domain, limit=BATCH, order="arrival_date, id"):
                taken = due.try_lock_for_update().filtered_domain(domain)
                if not taken:
                    break
                taken._remind()
                if not cron._commit_progress(len(taken)):
                    return

    @api.model
    def _get_reminder_domain(self, hotel):
        """Return which reservations of a property are to be reminded now.

        :rtype: Domain
        """
        now = hotel._get_local_now()
        last = hotel.reminder_days if now.hour >= REMINDER_HOUR else hotel.reminder_days - 1
        days = [now.date() + timedelta(days=number) for number in range(1, last + 1)]
        return (
            Domain("property_id", "=", hotel.id)
            & Domain("state", "=", "confirmed")
            & Domain.OR(
                Domain("arrival_date", "=", day)
                & (Domain("reminded_date", "!=", day) | Domain("reminded_date", "=", False))
                for day in days
            )
        )

    def _remind(self):
        """Remind the bookers; who booked when the reminder was due already has just been told."""
        for reservation in self:
            hotel = reservation.property_id
            begin = hotel._to_utc(reservation.arrival_date - timedelta(days=hotel.reminder_days))
            reservation.reminded_date = reservation.arrival_date
            if not reservation.confirmed_at or reservation.confirmed_at < begin:
                reservation._notify("reminder")
