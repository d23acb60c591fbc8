"""How a reservation goes on: held, confirmed, declined, released, cancelled, reinstated."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .errors import HoldExpired, NotChangeable, SoldOut

DEAD = ("cancelled", "no_show")
BATCH = 100


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # numbers are nobody's to write
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("hotel.reservation")
        return super().create(vals_list)

    # ---- buttons ------------------------------------------------------------------------------

    def action_hold(self):
        """Hold the rooms wanted. Callable by those who may write reservations.

        :raises BookingError: where a room cannot be had
        """
        for reservation in self:
            reservation._hold()
        return True

    def action_confirm(self):
        """Confirm bookings. Callable by those who may write reservations.

        :raises BookingError: where a room cannot be had any more
        """
        for reservation in self:
            reservation._confirm()
        return True

    def action_decline(self, reason=""):
        """Decline requests. Callable by those who may write reservations.

        :param str reason: for the guest
        :raises NotChangeable: where a booking is confirmed already
        """
        for reservation in self:
            reservation._decline(reason)
        return True

    def action_cancel(self, reason="", waive_fee=False):
        """Cancel bookings. Callable by those who may write reservations; managers waive the fee.

        :param str reason: why
        :param bool waive_fee: charge nothing
        :raises NotChangeable: where guests are in house or have left
        :raises AccessError: where somebody else waives the fee
        """
        if waive_fee and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Fees are waived by managers."))
        for reservation in self:
            reservation._cancel(reason, waive_fee)
        return True

    def action_reinstate(self):
        """Book cancelled rooms again where there are some. Callable by those who may write reservations.

        :raises SoldOut: where the rooms are sold to others
        """
        self.check_access("write")
        for reservation in self:
            reservation._reinstate("booked")
            reservation._after_taken(True)
        return True

    # ---- holding and confirming ---------------------------------------------------------------

    def _hold(self):
        """Take the rooms wanted, for as long as the property holds rooms.

        :raises BookingError: where a room cannot be had
        """
        self.ensure_one()
        self.check_access("write")
        if self.is_hold_released:
            self._reinstate("held")
        elif self.state not in ("draft", "held") or not self.line_ids:
            raise NotChangeable(self.env._("There are no rooms to hold."))
        else:
            self._check_before_taking()
            self._take_rooms("held")
        self._after_taken(False)

    def _confirm(self):
        """Turn what is held into a booking; rooms whose hold has run out are taken again if still free.

        Confirming twice does nothing.

        :raises BookingError: HoldExpired where others have the rooms by now
        """
        self.ensure_one()
        self.check_access("write")
        if self.state in ("confirmed", "in_house", "checked_out"):
            return
        if self.is_hold_released:
            self._confirm_late()
        elif self.state == "held":
            # call agents confirm, but have no rights to write stays at large
            self.stay_ids.filtered(lambda stay: stay.state == "held").sudo().action_confirm()
        elif self.state == "draft" and self.line_ids:
            self._check_before_taking()
            self._take_rooms("booked")
        else:
            raise NotChangeable(self.env._("This booking cannot be confirmed: it was given up."))
        self._after_taken(True)

    def _confirm_late(self):
        """Take the rooms again, though the hold has run out.

        :raises HoldExpired: where others have them by now
        """
        try:
            self._reinstate("booked")
        except SoldOut as error:
            raise HoldExpired(
                self.env._("The rooms were held too long and are sold to others by now.")
            ) from error

    def _check_before_taking(self):
        """Check what staff typed as a booking from elsewhere is checked."""
        self._check_guests(self.partner_id | self.line_ids.guest_id)
        for line in self.line_ids.filtered(lambda line: line._is_open()):
            self._check_wish(line._get_wish(), self.property_id)

    def _after_taken(self, is_confirmed):
        """Set what follows from rooms being held or booked, and tell the other parts.

        :param bool is_confirmed: booked, not only held
        """
        now = fields.Datetime.now()
        vals = {"is_waiting": False, "is_hold_released": False, "is_dropped": False, "cancelled_at": False}
        if is_confirmed:
            vals |= {"confirmed_at": now, "hold_expires_at": False}
        elif not self.is_hold_endless:
            vals["hold_expires_at"] = now + timedelta(minutes=self.property_id.hold_minutes)
        self.write(vals)
        self._sync_folio()
        if is_confirmed:
            self._after_confirm()
        else:
            self._after_hold()

    def _extend_hold(self, minutes=None):
        """Hold the rooms for longer, such as while the guest is paying.

        :param int minutes: from now on; default those of the property
        :raises HoldExpired: where the rooms are not held any more
        """
        self.ensure_one()
        if self.state != "held":
            raise HoldExpired(self.env._("The room is not held any more. Please search again."))
        until = fields.Datetime.now() + timedelta(minutes=minutes or self.property_id.hold_minutes)
        if self.hold_expires_at and until > self.hold_expires_at:
            self.hold_expires_at = until

    def _reinstate(self, state):
        """Take the rooms of cancelled stays again.

        :param str state: of the stays, ``held`` or ``booked``
        :raises BookingError: SoldOut; NotChangeable where nothing was cancelled
        """
        stays = self.stay_ids.filtered(lambda stay: stay.state in DEAD).sudo()
        if not stays:
            raise NotChangeable(self.env._("There is nothing to book again."))
        self._check_guests(self.partner_id | stays.partner_id)
        if any(stay.departure_date <= stay.property_id.business_date for stay in stays):
            raise NotChangeable(self.env._("These nights are over."))
        stays.write({"state": state, "cancelled_at": False})

    # ---- giving up ----------------------------------------------------------------------------

    def _release_hold(self):
        """Give held rooms back; what is confirmed meanwhile is left alone."""
        for reservation in self:
            held = reservation.stay_ids.filtered(lambda stay: stay.state == "held")
            if held:
                held.sudo().write({"state": "cancelled"})
                reservation.write({"is_hold_released": True, "hold_expires_at": False})
                reservation._release_codes()
                reservation._sync_folio()
                reservation._after_hold_released()

    @api.model
    def _cron_release_holds(self):
        """Release holds that have run out; what somebody is working on is left for the next run."""
        domain = [("state", "=", "held"), ("hold_expires_at", "<=", fields.Datetime.now())]
        count = self.search_count(domain)
        self.env["ir.cron"]._commit_progress(remaining=count)
        for reservation in self.search(domain, limit=BATCH, order="hold_expires_at"):
            reservation = reservation.try_lock_for_update().filtered_domain(domain)
            reservation._release_hold()
            self.env["ir.cron"]._commit_progress(1)

    def _decline(self, reason=""):
        """Say no to a request.

        :param str reason: for the guest
        :raises NotChangeable: where it is confirmed already
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("draft", "held"):
            raise NotChangeable(self.env._("Only requests are declined: cancel this booking instead."))
        self._give_up(reason)
        self._after_decline()

    def _cancel(self, reason="", waive_fee=False):
        """Cancel what has not begun, and charge the fee that is due.

        :param str reason: why
        :param bool waive_fee: charge nothing
        :raises NotChangeable: where guests are in house or have left
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "cancelled":
            return
        if self.state not in ("draft", "held", "confirmed"):
            raise NotChangeable(self.env._("The stay has begun: the desk ends it by a check-out."))
        fees = {} if waive_fee else self._get_cancellation_fees()
        self._give_up(reason, sum(fees.values()))
        if fees:
            self._collect_fee("cancellation", fees)
        self._after_cancelled()

    def _give_up(self, reason, fee=0.0):
        """Give rooms and codes back."""
        stays = self.stay_ids.filtered(lambda stay: stay.state in ("held", "booked"))
        self.write(
            {
                "is_dropped": not self.stay_ids,
                "is_waiting": False,
                "is_hold_released": False,
                "hold_expires_at": False,
                "cancelled_at": fields.Datetime.now(),
                "cancel_reason": reason,
                "fee_due": self.fee_due + fee,
            }
        )
        # as in _confirm
        stays.sudo().write({"state": "cancelled"})
        if not fee:
            self._release_codes()
        self._sync_folio()

    def _after_rooms_cancelled(self, fees):
        """Charge some rooms' late cancellation and bring the folio in line; the other rooms stay booked.

        :param dict[hotel.stay, float] fees: amount with tax by stay
        """
        if fees:
            self.fee_due += sum(fees.values())
            self._collect_fee("cancellation", fees)
        self._sync_folio()

    def _get_live_stays(self):
        """Return the stays that are neither cancelled nor no-shows.

        :rtype: hotel.stay
        """
        return self.stay_ids.filtered(lambda stay: stay.state not in DEAD)
