"""A booking as a file for the guest's calendar."""

from datetime import datetime, timedelta

from odoo import fields, models

from ... import ics
from ...contact import join_address


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _get_ics(self):
        """Return the calendar file of this booking: one event per room, in the property's time.

        A cancelled booking gives the file that takes its events out of the calendar.

        :rtype: bytes
        """
        self.ensure_one()
        # the booker downloads it without rights on stays
        reservation = self.sudo().with_context(lang=self.sudo().partner_id.lang)
        stays = reservation.stay_ids
        is_off = reservation.state in ("cancelled", "no_show")
        events = [reservation._get_event(stay) for stay in stays]
        if not events:
            return b""
        method = "CANCEL" if is_off else "PUBLISH"
        return ics.write(events, reservation.property_id.tz or "UTC", fields.Datetime.now(), method)

    def _get_event(self, stay):
        """Return the calendar's event of one stay.

        :rtype: ics.Event
        """
        hotel = self.property_id
        start = datetime.combine(stay.arrival_date, datetime.min.time()) + timedelta(hours=hotel.check_in_time)
        end = datetime.combine(stay.departure_date, datetime.min.time()) + timedelta(hours=hotel.check_out_time)
        status = {"held": "TENTATIVE", "cancelled": "CANCELLED", "no_show": "CANCELLED"}.get(stay.state, "CONFIRMED")
        uuid = self.env["ir.config_parameter"].get_param("database.uuid")
        address = hotel.partner_id
        text = self.env._("Booking %(number)s, %(room_type)s", number=self.name, room_type=stay.room_type_id.name)
        return ics.Event(
            uid=f"stay-{stay.id}@{uuid}",
            start=start,
            # day use
            end=max(end, start + timedelta(hours=1)),
            title=self.env._("Stay at %(hotel)s", hotel=hotel.name),
            place=", ".join(part for part in (hotel.name, join_address(address.contact_address_inline)) if part),
            text=text,
            # without its token: calendars are shared
            url=f"{self.get_base_url()}{self.access_url}",
            organizer=address.email_normalized or self.company_id.partner_id.email_normalized or "",
            sequence=self.calendar_version,
            status=status,
        )

    def _get_hotel_message_attachments(self, message):
        """Return what goes with an e-mail about this booking, made as it leaves.

        :param hotel.message message: about to leave
        :rtype: list[tuple[str, bytes, str]]: name, content, type
        """
        if self._get_notice_kind(message) not in ("confirmed", "changed", "cancelled", "reminder"):
            return []
        content = self._get_ics()
        return [(f"{self.name or 'booking'}.ics", content, "text/calendar")] if content else []
