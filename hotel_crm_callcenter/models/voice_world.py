"""What the voice menu asks about the call at hand; everything here is as the superuser, bound to one call."""

from datetime import date, datetime

import pytz

from odoo import fields

from ..voice import engine, words
from ..voice.hours import get_opening

MAX_NIGHTS = 30


class CallWorld(engine.World):
    """The world of one call. Nothing personal is said before `identify` has proven who calls."""

    def __init__(self, call):
        self.call, self.env = call, call.env

    def say(self, name):
        return words.fill(name)

    def get_opening(self):
        hotel = self.call.property_id
        moment = pytz.utc.localize(fields.Datetime.now()).astimezone(pytz.timezone(hotel.tz))
        hours = self.env["hotel.call.hours"].search([("property_id", "=", hotel.id)])
        holidays = self.env["hotel.call.holiday"].search([("property_id", "=", hotel.id)])
        return get_opening(
            moment.replace(tzinfo=None),
            [(int(row.weekday), row.hour_from, row.hour_until) for row in hours],
            [(row.start_date, row.end_date) for row in holidays],
        )

    def get_caller(self):
        """A forged number is sent on as a VIP's would be; it is told nothing by that."""
        guests = self.call.partner_id or self.call._find_guests()
        if any(guest.hotel_vip_code_id for guest in guests):
            return "vip"
        return "known" if guests else "other"

    def is_identified(self):
        return self.call.is_identified

    def identify(self, digits):
        return self.call._identify(digits)

    def serve(self, service, slots):
        return getattr(self, f"serve_{service}")(slots)

    def serve_points(self, slots):
        cards = self.call.partner_id._get_hotel_cards_at(self.call.property_id)
        if not cards:
            return "next", words.fill("points_none")
        card = cards[0]
        lots = self.env["hotel.loyalty.lot"].search(
            [
                ("card_id", "=", card.id),
                ("remaining", ">", 0),
                ("expiry_date", ">=", self.call.property_id.business_date),
            ],
            order="expiry_date, id",
        )
        if not lots:
            return "next", words.fill("points_plain", points=int(card.points))
        first = lots.filtered(lambda lot: lot.expiry_date == lots[0].expiry_date)
        part = int(min(sum(first.mapped("remaining")), card.points))
        return "next", words.fill("points", points=int(card.points), part=part, day=lots[0].expiry_date)

    def serve_booking(self, slots):
        """Dates and state; a room is never named."""
        stay = self.env["hotel.stay"].search(
            [("partner_id", "=", self.call.partner_id.id), ("property_id.company_id", "=", self.call.company_id.id)]
            + [("state", "in", ("held", "booked", "in_house"))],
            order="arrival_date, id",
            limit=1,
        )
        if not stay:
            return "next", words.fill("booking_none")
        state = {"held": "state_held", "booked": "state_confirmed"}.get(stay.state, "state_in_house")
        return "next", words.fill("booking", arrival=stay.arrival_date, nights=stay.nights, state=words.Words(state))

    def serve_callback(self, slots):
        return ("next", words.fill("callback")) if self.promise_call() else ("failed", words.fill("no_number"))

    def serve_do_not_call(self, slots):
        if not self.call.number:
            return "failed", words.fill("no_number")
        self.env["phone.blacklist"]._add([self.call.number])
        return "next", words.fill("do_not_call")

    def serve_request_booking(self, slots):
        arrival, nights = slots.get("arrival"), slots.get("nights")
        if not (isinstance(arrival, str) and isinstance(nights, str) and nights.isdecimal()):
            return "failed", words.fill("not_understood")
        note = self.env._("Asks for a room from %(arrival)s, nights: %(nights)s.", arrival=arrival, nights=nights)
        if not self.call._plan_callback("booking", note=note):
            return "failed", words.fill("no_number")
        return "next", words.fill("nights_read", arrival=date.fromisoformat(arrival), nights=int(nights))

    def serve_complaint(self, slots):
        self.call._open_complaint()
        return "next", words.fill("complaint")

    def accept(self, slot, digits):
        if slot == "nights":
            return str(int(digits)) if digits.isdecimal() and 1 <= int(digits) <= MAX_NIGHTS else ""
        return self._read_day(digits) if slot == "arrival" else digits

    def _read_day(self, digits):
        """Return the next day with this month and day, ISO; '' where there is none."""
        today = self.call.property_id.business_date
        for year in range(today.year, today.year + 5):
            try:
                day = datetime.strptime(f"{year}{digits}", "%Y%m%d").date()
            except ValueError:
                continue
            if day >= today:
                return day.isoformat()
        return ""

    def transfer(self, queue, lang):
        return self.call._prepare_transfer(queue, lang)

    def may_wait(self):
        call = self.call
        since = call.transferred_at or call.queued_at or fields.Datetime.now()
        return (fields.Datetime.now() - since).total_seconds() < call.queue_id.longest_wait_s

    def promise_call(self):
        return bool(self.call._plan_callback("menu"))
