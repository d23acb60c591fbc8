"""A booking in words, as messages to its booker say it."""

from odoo import fields, models
from odoo.tools import format_date, format_time


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _get_message_url(self):
        """Return the link to this booking that needs no login; for messages to the booker only.

        :rtype: str
        """
        return f"{self.get_base_url()}{self.get_portal_url()}"

    def _get_message_facts(self):
        """Return the facts of this booking as a table for e-mails, in the language of the environment.

        :rtype: Markup
        """
        stays = self._get_live_stays() or self.stay_ids
        return self.env["ir.qweb"]._render(
            "hotel_crm_base.message_booking_facts",
            {
                "reservation": self,
                "stays": [(stay, self._get_stay_words(stay)) for stay in stays],
                "wishes": [] if stays else [(line, self._get_stay_words(line)) for line in self.line_ids],
                "prices": self._get_price_words(),
                "terms": [] if self.state == "cancelled" else self._get_terms_words(),
            },
        )

    def _get_stay_words(self, room):
        """Return what is said of one room.

        :param room: hotel.stay or hotel.reservation.line
        :rtype: dict[str, str]
        """
        persons = [self.env._("Adults: %s", room.adults)]
        if room.children:
            persons.append(self.env._("children: %s", room.children))
        if room.infants:
            persons.append(self.env._("infants: %s", room.infants))
        guest = room.partner_id if room._name == "hotel.stay" else room.guest_id
        hotel = self.property_id
        return {
            "room_type": room.room_type_id.name or "",
            "arrival": self.env._(
                "%(day)s, from %(time)s",
                day=format_date(self.env, room.arrival_date, date_format="full"),
                time=self._get_clock_words(hotel.check_in_time),
            ),
            "departure": self.env._(
                "%(day)s, until %(time)s",
                day=format_date(self.env, room.departure_date, date_format="full"),
                time=self._get_clock_words(hotel.check_out_time),
            ),
            "persons": ", ".join(persons),
            "guest": guest.name if guest and guest != self.partner_id else "",
        }

    def _get_clock_words(self, hour):
        minutes = round(hour * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"

    def _get_moment_words(self, moment):
        """Return an instant as the clock at the hotel shows it.

        :rtype: str
        """
        tz = self.property_id.tz
        local = fields.Datetime.context_timestamp(self.with_context(tz=tz), moment)
        day = format_date(self.env, local.date(), date_format="full")
        return f"{day}, {format_time(self.env, moment, tz=tz, time_format='short')}"

    def _get_price_words(self):
        """Return titles and amounts: what the booking costs, what was paid, what confirms it.

        :rtype: list[tuple[str, str]]
        """
        currency = self.currency_id
        total = self.amount_total or self._get_rooms_total()
        if self.state == "cancelled":
            rows = [(self.env._("Cancellation fee"), self.fee_due)]
        else:
            rows = [
                (self.env._("Total, tax included"), total),
                (self.env._("Paid"), self.amount_paid),
                (self.env._("To pay to confirm"), self.deposit_due),
            ]
        return [(title, currency.format(amount)) for title, amount in rows if amount]

    def _get_terms_words(self):
        """Return the terms of this booking as sentences.

        :rtype: list[str]
        """
        sentences = []
        if self.free_until_at:
            until = self._get_moment_words(self.free_until_at)
            sentences.append(
                self.env._("Cancelling is free of charge until %(until)s (time at the hotel).", until=until)
            )
        late = self._get_fee_words(self.fee_kind, self.fee_value)
        if late:
            sentences.append(self.env._("Cancelling later costs %(fee)s.", fee=late))
        no_show = self._get_fee_words(self.no_show_fee_kind, self.no_show_fee_value)
        if no_show:
            sentences.append(self.env._("If you do not come, we charge %(fee)s.", fee=no_show))
        return sentences

    def _get_fee_words(self, kind, value):
        """Return a fee in words, empty where there is none.

        :rtype: str
        """
        if not value or kind in (False, "none"):
            return ""
        number = f"{value:g}"
        if kind == "percent":
            return self.env._("%(number)s %% of the price", number=number)
        if value == 1:
            return self.env._("the first night")
        return self.env._("the first %(number)s nights", number=number)
