"""What becomes of coupons and points with the booking: confirmed, released, cancelled, not used, booked again."""

from odoo import fields, models

from odoo.addons.hotel_crm_base import cancellation

from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    # ---- it goes on -------------------------------------------------------------------------

    def _after_taken(self, is_confirmed):
        """Apply the code that was typed, where it is not on the booking yet: rooms may be held anew."""
        self._take_code_again()
        return super()._after_taken(is_confirmed)

    def _after_offer_waiting(self):
        """Apply the code of who has waited."""
        self._take_code_again()
        return super()._after_offer_waiting()

    def _take_code_again(self):
        """Apply the code of this booking, unless it stands on it; the desk is told where it cannot be."""
        self.ensure_one()
        reservation = self.sudo()  # who books has no rights on coupons
        uses = reservation.reward_use_ids
        uses.filtered(lambda use: use.state == "kept")._revive()
        if not self.code or uses.filtered(lambda use: use.state in LIVE and use.kind in ("coupon", "code")):
            return
        problem = self._apply_code(self.code)
        if problem:
            self._ask_desk(self.env._("Code not applied"), problem)

    def _after_confirm(self):
        """Use up what was only held."""
        self.sudo().reward_use_ids._confirm()  # who confirms has no rights on coupons
        return super()._after_confirm()

    def _after_change(self, before):
        """Take off what does not fit any more, before anybody is told of the change."""
        self.sudo()._drop_unfit_uses()  # who changes has no rights on coupons
        return super()._after_change(before)

    # ---- it ends ----------------------------------------------------------------------------

    def _cancel(self, reason="", waive_fee=False):
        """Remember whether a manager waives the fee: then nothing is lost."""
        booking = self.with_context(hotel_fee_waived=bool(waive_fee))
        return super(HotelReservation, booking)._cancel(reason, waive_fee)

    def _give_up(self, reason, fee=0.0):
        """Give back what the programmes give back in spite of a fee, and keep the rest."""
        result = super()._give_up(reason, fee)
        if fee:
            self._end_uses(is_free=False)
        return result

    def _release_codes(self):
        """Give coupons and points back: the hold has run out, or nothing is charged for the cancellation."""
        result = super()._release_codes()
        for reservation in self:
            reservation._end_uses(is_free=not reservation._is_award_lost())
        return result

    def _end_uses(self, is_free):
        """Give back what stands on this booking, or keep it, as the programmes say.

        What was only held was never used, and always comes back.

        :param bool is_free: the guest gives the booking up free of charge
        """
        self.ensure_one()
        # who cancels has no rights on coupons
        for use in self.sudo().reward_use_ids.filtered(lambda use: use.state in LIVE):
            policy = use.program_id.hotel_return
            if use.state == "held" or policy == "always" or (policy == "free" and is_free):
                use._give_back(self.env._("The booking was given up."))
            else:
                use._keep(self.env._("The booking was cancelled too late."))
        if self.sudo().reward_use_ids:
            self.sudo()._sync_discounts()

    def _is_award_lost(self):
        """Return whether free nights are lost though no fee is charged: they have no price that a fee could be of.

        :rtype: bool
        """
        self.ensure_one()
        if self.env.context.get("hotel_fee_waived") or not self.confirmed_at or not self.fee_kind:
            return False
        has_award = any(use.kind == "award" and use.state == "used" for use in self.sudo().reward_use_ids)
        in_time = cancellation.is_free(fields.Datetime.now(), self.free_until_at or None)
        return has_award and self.fee_kind != "none" and bool(self.fee_value) and not in_time

    def _keep_after_no_show(self):
        """Use up what stands on bookings whose guests did not come."""
        for reservation in self.sudo():  # the day's end has no rights on coupons
            if reservation.state == "no_show":
                reservation.reward_use_ids._keep(self.env._("Nobody came."))
                reservation._sync_discounts()

    def _is_deposit_missing(self):
        """Count the discount of a hold that has run out: it was paid for with it."""
        missing = super()._is_deposit_missing()
        if not missing or not self.is_hold_released:
            return missing
        off = sum(self.sudo().reward_use_ids.filtered(lambda use: use.state == "returned").mapped("amount"))
        total = self._get_rooms_total(self.stay_ids) - off
        wanted = self.currency_id.round(total * (self.deposit_percent or 0.0) / 100)
        return self.currency_id.compare_amounts(self.amount_paid, wanted) < 0
