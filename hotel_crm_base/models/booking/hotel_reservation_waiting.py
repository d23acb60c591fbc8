"""The waiting list: who waits first and fits is offered the rooms that come free."""

from datetime import timedelta

from odoo import api, fields, models

from .errors import BookingError, NotChangeable

BATCH = 200


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def action_wait(self):
        """Put bookings without rooms on the waiting list. Callable by those who may write reservations.

        :raises NotChangeable: where rooms are held or booked already, or none are wanted
        """
        self.check_access("write")
        for reservation in self:
            if reservation.state != "draft" or not reservation.line_ids:
                raise NotChangeable(self.env._("Only a booking without rooms waits for some: name the rooms wanted."))
            reservation._check_guests(reservation.partner_id)
        self.filtered(lambda reservation: not reservation.is_waiting).write(
            {"is_waiting": True, "waiting_since_at": fields.Datetime.now()}
        )
        return True

    @api.model
    def _wait(self, terms):
        """Put somebody on the waiting list whom the hotel cannot offer a room now.

        Who may is the caller's business, as with ``_book``.

        :param BookingTerms terms: who wants what; prices are those of the day of the offer
        :rtype: hotel.reservation
        :raises BookingError: InvalidTerms, NotForSale or GuestRefused
        """
        known = self._find_by_source(terms)
        if known:
            return known
        hotel = self.env["hotel.property"].browse(terms.property_id)
        self._check_terms(terms, hotel)
        reservation = self.create(self._prepare_reservation_vals(terms, hotel))
        reservation.write({"is_waiting": True, "waiting_since_at": fields.Datetime.now()})
        return reservation

    @api.model
    def _cron_offer_waiting(self):
        """Offer free rooms to those who wait, first come first; who is offered waits no more."""
        waiting = self.search([("is_waiting", "=", True)], order="waiting_since_at, id", limit=BATCH)
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for reservation in waiting:
            locked = reservation.try_lock_for_update().filtered("is_waiting")
            if locked:
                locked._offer_waiting()
            self.env["ir.cron"]._commit_progress(1)

    def _offer_waiting(self):
        """Hold the rooms that this booking waits for, where they are free.

        :returns: whether they were
        :rtype: bool
        """
        self.ensure_one()
        if any(line.arrival_date < self.property_id.business_date for line in self.line_ids):
            self.write({"is_waiting": False, "is_dropped": True, "cancel_reason": self.env._("No room came free.")})
            return False
        if not self._fits_now():
            return False
        try:
            with self.env.cr.savepoint():
                self._check_before_taking()
                self._take_rooms("held")
        except BookingError:
            return False
        self._note_offer()
        self._sync_folio()
        self._after_offer_waiting()
        return True

    def _fits_now(self):
        """Return whether there seems to be a room for each one wanted; spares tries that must fail.

        :rtype: bool
        """
        inventory = self.env["hotel.inventory"].sudo()
        wanted = inventory._count_nights(
            {
                "state": "held",
                "room_type_id": line.room_type_id.id,
                "arrival_date": line.arrival_date,
                "departure_date": line.departure_date,
            }
            for line in self.line_ids
        )
        return bool(wanted) and not inventory._get_problem(wanted)

    def _note_offer(self):
        """Keep the rooms for as long as the property waits for an answer, and have the desk ask for it."""
        hours = self.property_id.offer_hours
        self.write(
            {
                "is_waiting": False,
                "is_hold_endless": False,
                "hold_expires_at": fields.Datetime.now() + timedelta(hours=hours),
            }
        )
        self.activity_schedule(
            "mail.mail_activity_data_call",
            summary=self.env._("Rooms have come free for this booking of the waiting list"),
            note=self.env._("They are held for %(hours)s hours.", hours=hours),
            user_id=self._get_desk_user().id,
        )

    def _get_desk_user(self):
        """Return who is asked to act on this booking: who took it, else somebody of the property's desk.

        :rtype: res.users
        """
        hotel = self.property_id
        for group in ("group_front_office", "group_manager"):
            users = self.env.ref(f"hotel_crm_base.{group}").sudo().all_user_ids.filtered(
                lambda user: user.active and not user.share and hotel in user.hotel_visible_property_ids
            )
            if self.create_uid in users:
                return self.create_uid
            if users:
                return users.sorted("id")[0]
        return self.env.ref("base.user_admin")
