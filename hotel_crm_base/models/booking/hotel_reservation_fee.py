"""What giving up a reservation costs, by the terms it was booked on."""

from odoo import fields, models
from odoo.tools import format_datetime

from ... import cancellation


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    fee_due = fields.Monetary(readonly=True, copy=False, help="What the cancellation or the no-show costs.")

    def _prepare_terms_vals(self, offers):
        """Return the terms as they are now; later changes of the policy do not touch the booking.

        :param list offers: pricing.Offer of each room, None where a room has no price
        :rtype: dict
        """
        if self.policy_id or self.free_until_at:
            return {}
        offered = self.env["hotel.rate.plan"].browse(next((o.rate_plan_id for o in offers if o and o.rate_plan_id), ()))
        plan = self.rate_plan_id or self.line_ids.rate_plan_id[:1] or offered
        policy = plan.policy_id or self.property_id.policy_id
        vals = {"deposit_percent": plan.deposit_percent, "rate_plan_id": plan.id}
        if policy:
            vals |= {
                "policy_id": policy.id,
                "free_until_at": self._get_free_until(policy.free_until_hours),
                "fee_kind": policy.fee_kind,
                "fee_value": policy.fee_value,
                "no_show_fee_kind": policy.no_show_fee_kind,
                "no_show_fee_value": policy.no_show_fee_value,
            }
        return vals

    def _get_free_until(self, hours):
        """Return the moment until which the booking is free of charge, by the property's clock.

        :param int hours: before the check-in time of the day of arrival
        :rtype: datetime
        """
        hotel = self.property_id
        return cancellation.get_free_until(hotel._to_utc(self.arrival_date, hotel.check_in_time), hours)

    def _get_cancellation_fee(self, at=None, stays=None):
        """Return what a cancellation costs, with tax, in the property's currency: the sum of the fees of the rooms.

        :param datetime at: when (UTC); default now
        :param hotel.stay stays: some of the booked ones; default all
        :rtype: float
        """
        return self.currency_id.round(sum(self._get_cancellation_fees(at, stays).values()))

    def _get_cancellation_fees(self, at=None, stays=None):
        """Return what a cancellation costs for each room: every room that is given up late has its fee.

        :param datetime at: when (UTC); default now
        :param hotel.stay stays: some of the booked ones; default all
        :returns: amount with tax by stay, without those that cost nothing
        :rtype: dict[hotel.stay, float]
        """
        self.ensure_one()
        now = at or fields.Datetime.now()
        stays = self.stay_ids if stays is None else stays
        if cancellation.is_free(now, self.free_until_at or None):
            return {}
        booked = stays.filtered(lambda stay: stay.state == "booked")
        fees = {stay: self._get_fee(self.fee_kind, self.fee_value, stay) for stay in booked}
        return {stay: fee for stay, fee in fees.items() if fee}

    def _get_no_show_fee(self, stays=None):
        """Return what it costs that the guests did not come, with tax, in the property's currency.

        :param hotel.stay stays: those that are no-shows; default all of them
        :rtype: float
        """
        self.ensure_one()
        stays = self.stay_ids.filtered(lambda stay: stay.state == "no_show") if stays is None else stays
        return self._get_fee(self.no_show_fee_kind, self.no_show_fee_value, stays)

    def _get_fee(self, kind, value, stays):
        # a guest who cancels online has no rights on nights
        nights = {stay: stay.sudo().night_ids.sorted("date") for stay in stays}
        fees = [
            cancellation.get_fee(kind or "none", value, [night.gross or night.rate for night in rows])
            for rows in nights.values()
        ]
        return self.currency_id.round(sum(fees))

    def _quote_cancel(self):
        """Say what a cancellation now would cost, before it is done.

        :returns: ``fee``, ``refund`` of what was paid, and a ``sentence`` for the guest
        :rtype: dict
        """
        self.ensure_one()
        fee = self._get_cancellation_fee()
        paid = self.amount_paid if "amount_paid" in self._fields else 0.0
        # the fees of rooms that were given up before stay
        refund = max(0.0, self.currency_id.round(paid - fee - self.fee_due))
        return {"fee": fee, "refund": refund, "sentence": self._get_fee_sentence(fee)}

    def _get_fee_sentence(self, fee):
        """Return what a guest is told about the fee of a cancellation now.

        :rtype: str
        """
        if fee:
            return self.env._("Cancelling now costs %(fee)s.", fee=self.currency_id.format(fee))
        if not self.free_until_at or self.free_until_at < fields.Datetime.now():
            return self.env._("Cancelling is free of charge.")
        until = format_datetime(self.env, self.free_until_at, tz=self.property_id.tz, dt_format="medium")
        return self.env._("Cancelling is free of charge until %(until)s (time at the hotel).", until=until)
