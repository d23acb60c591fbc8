"""Terms in words, for guests: meals, cancellation, dates by the clock of the property."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_date, format_time


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _get_meal(self, plan):
        """Return what is eaten, in words.

        :rtype: str
        """
        if not plan:
            return ""
        return dict(plan._fields["meal_plan"]._description_selection(self.env)).get(plan.meal_plan, "")

    @api.model
    def _describe_policy(self, hotel, policy, arrival):
        """Return the cancellation terms of a booking that is made now.

        :param date arrival: the first evening
        :rtype: list[str]
        """
        if not policy:
            return []
        return self._describe_terms(
            hotel,
            self._get_free_until(hotel, policy, arrival),
            (policy.fee_kind, policy.fee_value),
            (policy.no_show_fee_kind, policy.no_show_fee_value),
        )

    @api.model
    def _get_free_until(self, hotel, policy, arrival):
        """Return until when a booking is cancelled free of charge, in UTC."""
        return hotel._to_utc(arrival, hotel.check_in_time) - timedelta(hours=policy.free_until_hours)

    @api.model
    def _is_free(self, hotel, policy, arrival):
        """Return whether a booking that is made now can be cancelled free of charge for a while."""
        has_fee = policy.fee_kind != "none" and policy.fee_value
        return not has_fee or self._get_free_until(hotel, policy, arrival) > fields.Datetime.now()

    @api.model
    def _describe_reservation_terms(self, reservation):
        """Return the cancellation terms that a booking was made under.

        :rtype: list[str]
        """
        if not reservation.fee_kind:
            return []
        return self._describe_terms(
            reservation.property_id,
            reservation.free_until_at,
            (reservation.fee_kind, reservation.fee_value),
            (reservation.no_show_fee_kind, reservation.no_show_fee_value),
        )

    @api.model
    def _describe_terms(self, hotel, free_until, late, no_show):
        """Return sentences about the fees of late cancellations and no-shows.

        :param datetime free_until: in UTC, or False
        :param tuple late: kind and value of the fee
        :param tuple no_show: kind and value of the fee
        :rtype: list[str]
        """
        late_text, no_show_text = self._describe_fee(*late), self._describe_fee(*no_show)
        if not late_text:
            sentences = [self.env._("Free cancellation until you arrive.")]
        elif free_until and free_until > fields.Datetime.now():
            sentences = [
                self.env._(
                    "Free cancellation until %(moment)s (local time). After that %(fee)s.",
                    moment=self._format_moment(hotel, free_until),
                    fee=late_text,
                )
            ]
        else:
            sentences = [self.env._("If you cancel, %(fee)s.", fee=late_text)]
        if no_show_text:
            sentences.append(self.env._("If you do not come, %(fee)s.", fee=no_show_text))
        return sentences

    @api.model
    def _describe_fee(self, kind, value):
        """Return what a fee is, to follow a comma; empty where there is none.

        :rtype: str
        """
        if not value or kind not in ("nights", "percent"):
            return ""
        number = f"{value:g}"
        if kind == "percent":
            if value >= 100:
                return self.env._("the whole stay is charged")
            return self.env._("%(share)s %% of the stay is charged", share=number)
        if value == 1:
            return self.env._("the first night is charged")
        return self.env._("the first %(number)s nights are charged", number=number)

    @api.model
    def _format_day(self, day):
        """Return a date with its weekday in the visitor's language.

        :rtype: str
        """
        if not day:
            return ""
        weekday = format_date(self.env, day, date_format="EEE")
        return f"{weekday} {format_date(self.env, day, date_format='medium')}"

    @api.model
    def _format_moment(self, hotel, moment):
        """Return an instant by the clock of a property.

        :param datetime moment: in UTC
        :rtype: str
        """
        if not moment:
            return ""
        local = pytz.utc.localize(moment).astimezone(pytz.timezone(hotel.tz or "UTC")).replace(tzinfo=None)
        return f"{self._format_day(local.date())}, {self._format_hour(local.hour + local.minute / 60)}"

    @api.model
    def _format_hour(self, hour):
        """Return a time of day such as 15.5 in the visitor's language.

        :rtype: str
        """
        moment = datetime.combine(fields.Date.today(), time.min) + timedelta(hours=hour)
        return format_time(self.env, moment.time(), time_format="short")
