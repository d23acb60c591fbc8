import re
from datetime import date, datetime, timedelta
from unittest.mock import patch

import vobject

from odoo.tests import freeze_time, tagged

from ..booking.booking_common import BookingMakers
from .message_common import FakeProvider, MessageCase

NOW = "2028-02-20 11:00:00"


@tagged("post_install", "-at_install")
class TestReservationMessage(BookingMakers, MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls._make_booking_hotel()
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour", "email": "desk@harbour.example.com", "street": "Rua Nova 1; Porto"}
        )
        cls.guest.write({"email": "ana@example.com", "lang": "en_US"})
        cls.policy = cls.env["hotel.cancellation.policy"].create(
            {"name": "Flexible", "code": "FLEX", "free_until_hours": 24}
        )
        cls.hotel.policy_id = cls.policy

    def _confirm(self, **values):
        return self._book(confirm=True, nights=2, **values)

    def _get_calendar(self, mail):
        """Return the calendar of an e-mail, read by somebody else's parser."""
        [file] = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
        content = file.get_content()
        return vobject.readOne(content if isinstance(content, str) else content.decode())

    def _get_told(self, reservation):
        return [
            (reservation._get_notice_kind(notice), notice.state) for notice in reservation._get_notices().sorted("id")
        ]

    # ---- texts --------------------------------------------------------------------------------

    def test_a_confirmation_says_what_was_booked_at_which_price_on_which_terms(self):
        reservation = self._confirm(adults=2)
        self.assertEqual(self._get_told(reservation), [("confirmed", "queued")])
        [mail] = self._deliver()
        self.assertEqual(mail["Subject"], f"Harbour Hotel: booking {reservation.name} is confirmed")
        text = self._get_text(mail)
        for part in (
            reservation.name,
            self.room_type.name,
            "Sunday, February 27, 2028, from 15:00",
            "Tuesday, February 29, 2028, until 12:00",
            "Adults: 2",
            f"{reservation.amount_total:.2f}",
            "Cancelling is free of charge until Saturday, February 26, 2028, 3:00",
            "Cancelling later costs the first night.",
            "If you do not come, we charge the first night.",
        ):
            self.assertIn(part, text)
        link = re.search(r'href="([^"]+)"', text)[1]
        self.assertIn(f"/my/reservations/{reservation.id}?", link)
        self.assertIn(f"access_token={reservation.access_token}", link)
        self.assertEqual(self._get_told(reservation), [("confirmed", "sent")])
        # staff find the text in the log of the reservation
        self.assertIn(
            "It is confirmed", reservation.message_ids.filtered(lambda log: "confirmed" in (log.subject or "")).body
        )

    def test_a_chinese_booker_reads_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("hotel_crm_base.mail_template_booking_confirmed").with_context(lang="zh_CN")
        template.write(
            {
                "subject": "预订 {{ object.name }} 已确认",
                "body_html": "<p>感谢您的预订</p><t t-out='object._get_message_facts()'/>",
            }
        )
        self.guest.lang = "zh_CN"
        reservation = self._confirm()
        [mail] = self._deliver()
        self.assertEqual(mail["Subject"], f"预订 {reservation.name} 已确认")
        self.assertIn("感谢您的预订", self._get_text(mail))
        self.assertIn("2028年2月27日", self._get_text(mail))

    def test_who_books_for_somebody_else_is_told_and_nobody_else(self):
        friend = self._make_guest("Rui Pinto", email="rui@example.com")
        self._confirm(guest_id=friend.id)
        [mail] = self._deliver()
        self.assertIn("ana@example.com", mail["To"])
        self.assertIn("Rui Pinto", self._get_text(mail))

    def test_who_has_a_telephone_only_gets_an_sms(self):
        self.guest.write({"email": False, "phone": "+351912345678"})
        reservation = self._confirm()
        self._run_job()
        [sms] = reservation._get_notices().sms_id
        self.assertTrue(sms.body.startswith(f"Harbour Hotel: booking {reservation.name} is confirmed"))
        self.assertIn(f"access_token={reservation.access_token}", sms.body)
        FakeProvider.given, FakeProvider.answers = [], {}
        self._patch(self.env.registry["res.company"], "_get_sms_api_class", lambda company: FakeProvider)
        self.env["sms.sms"]._process_queue()
        self.assertEqual(self._get_told(reservation), [("confirmed", "sent")])

    def test_who_has_neither_is_booked_all_the_same(self):
        self.guest.write({"email": False})
        reservation = self._confirm()
        self.assertEqual(reservation.state, "confirmed")
        self.assertEqual(reservation._get_notices().reason_code, "no_address")

    def test_every_text_can_be_made(self):
        reservation = self._confirm(adults=1, children=1)
        for kind in ("held", "request", "offered", "confirmed", "changed", "declined", "cancelled", "reminder"):
            for model in ("mail", "sms"):
                template = self.env.ref(f"hotel_crm_base.{model}_template_booking_{kind}")
                self.assertEqual(template.model, "hotel.reservation")
                field = "body_html" if model == "mail" else "body"
                text = template._render_field(field, reservation.ids)[reservation.id]
                self.assertIn("Harbour Hotel", text)
                self.assertNotIn("{{", text)

    def test_templates_make_no_report(self):
        templates = self.env["mail.template"].search([("model", "=", "hotel.reservation")])
        self.assertEqual(len(templates), 8)
        self.assertFalse(templates.report_template_ids)

    # ---- life of a booking --------------------------------------------------------------------

    def test_a_hold_that_became_a_booking_meanwhile_is_told_once(self):
        reservation = self._book(nights=2)
        reservation._confirm()
        [mail] = self._deliver()
        self.assertIn("confirmed", mail["Subject"])
        self.assertEqual(self._get_told(reservation), [("held", "refused"), ("confirmed", "sent")])
        reservation._confirm()
        self.assertFalse(self._deliver())

    def test_a_hold_is_told_while_it_is_one(self):
        reservation = self._book(nights=2)
        [mail] = self._deliver()
        self.assertEqual(mail["Subject"], f"Harbour Hotel: booking {reservation.name} is held for you")
        self.assertFalse(list(mail.iter_attachments()))

    def test_a_request_is_answered(self):
        reservation = self._book(nights=2)
        reservation.is_hold_endless = True
        reservation._notify("request")
        [mail] = self._deliver()
        self.assertIn("we have your request", mail["Subject"])
        reservation._decline("We are full of painters.")
        [mail] = self._deliver()
        self.assertIn("cannot take your request", mail["Subject"])
        self.assertIn("We are full of painters.", self._get_text(mail))

    def test_changes_and_a_cancellation_reach_the_calendar(self):
        reservation = self._confirm()
        first = self._get_calendar(self._deliver()[0])
        stay = reservation.stay_ids
        for days in (3, 4):
            reservation._change(stay, {"departure_date": stay.arrival_date + timedelta(days=days)})
        [mail] = self._deliver()  # two changes, one message
        self.assertIn("was changed", mail["Subject"])
        second = self._get_calendar(mail)
        reservation._cancel("Ill")
        [mail] = self._deliver()
        last = self._get_calendar(mail)
        versions = [first, second, last]
        self.assertEqual([file.method.value for file in versions], ["PUBLISH", "PUBLISH", "CANCEL"])
        self.assertEqual([int(file.vevent.sequence.value) for file in versions], [0, 1, 2])
        self.assertEqual({file.vevent.uid.value for file in versions}, {first.vevent.uid.value})
        self.assertEqual(last.vevent.status.value, "CANCELLED")
        self.assertEqual(second.vevent.dtend.value.date(), date(2028, 3, 2))

    def test_the_calendar_has_the_hotels_time(self):
        stay = self._make_stay(self.guest, arrival=date(2028, 3, 25), nights=2, room_type_id=self.room_type.id)
        reservation = self.env["hotel.reservation"].create({"partner_id": self.guest.id, "property_id": self.hotel.id})
        stay.reservation_id = reservation
        event = vobject.readOne(reservation._get_ics().decode()).vevent
        # the clocks go forward on 26 March: 15:00 is 15:00 UTC, 12:00 is 11:00 UTC
        utc = [moment.value.utctimetuple()[:5] for moment in (event.dtstart, event.dtend)]
        self.assertEqual(utc, [(2028, 3, 25, 15, 0), (2028, 3, 27, 11, 0)])
        self.assertIn("Rua Nova 1; Porto", event.location.value)
        self.assertNotIn("access_token", event.url.value)

    def test_a_cancelled_wish_that_nobody_was_told_of_is_not_told(self):
        reservation = self.env["hotel.reservation"].create({"partner_id": self.guest.id, "property_id": self.hotel.id})
        reservation._cancel()
        self.assertFalse(reservation._get_notices())

    # ---- nothing fails ------------------------------------------------------------------------

    def test_a_booking_is_confirmed_whatever_happens_to_its_message(self):
        def fail(*_args, **_options):
            raise ValueError("ana@example.com")

        with (
            patch.object(self.env.registry["hotel.message"], "_send", fail),
            self.assertLogs("odoo.addons.hotel_crm_base", "ERROR") as logs,
        ):
            reservation = self._confirm()
        self.assertEqual(reservation.state, "confirmed")
        notice = reservation._get_notices()
        self.assertEqual((notice.state, notice.reason_code), ("failed", "not_asked"))
        self.assertNotIn("ana@", "".join(logs.output))

    def test_a_template_that_was_deleted_or_broken_fails_its_message_only(self):
        template = self.env.ref("hotel_crm_base.mail_template_booking_confirmed")
        template.body_html = "<p t-out='1/0'/>"
        first = self._confirm()
        with self.assertLogs("odoo.addons.hotel_crm_base", "WARNING"):
            self.assertFalse(self._deliver())
        self.assertEqual(first._get_notices().reason_code, "no_content")
        self.assertTrue(first.activity_ids)
        template.unlink()
        second = self._confirm()
        with self.assertLogs("odoo.addons.hotel_crm_base", "WARNING"):
            self._deliver()
        self.assertEqual((second.state, second._get_notices().reason_code), ("confirmed", "no_content"))

    # ---- reminders ----------------------------------------------------------------------------

    def _remind(self, at):
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        with freeze_time(at):
            self.env["hotel.reservation"]._cron_remind_arrivals()
            return self._deliver()

    def test_bookers_are_reminded_once_by_the_clock_of_the_property(self):
        early = self._confirm()  # on 20 February, for the 27th
        self._deliver()
        self.assertFalse(self._remind("2028-02-24 09:30:00"))
        [mail] = self._remind("2028-02-24 10:30:00")
        self.assertIn("we look forward to your stay", mail["Subject"])
        self.assertFalse(self._remind("2028-02-24 11:30:00"))
        self.assertEqual(self._get_told(early)[-1], ("reminder", "sent"))

    def test_a_job_that_slept_catches_up(self):
        self._confirm()
        self._deliver()
        self.assertEqual(len(self._remind("2028-02-26 05:00:00")), 1)

    def test_late_cancelled_and_past_bookings_are_not_reminded(self):
        with freeze_time("2028-02-24 08:00:00"):
            self._confirm()
            self._deliver()
        cancelled = self._confirm()
        cancelled._cancel()
        self._deliver()
        self.assertFalse(self._remind("2028-02-24 12:00:00"))
        self.assertFalse(self._remind("2028-02-27 12:00:00"))

    def test_a_booking_that_moves_is_reminded_of_its_new_arrival(self):
        reservation = self._confirm()
        self._deliver()
        self.assertEqual(len(self._remind("2028-02-24 12:00:00")), 1)
        stay = reservation.stay_ids
        with freeze_time("2028-02-24 13:00:00"):
            reservation._change(stay, {"arrival_date": date(2028, 3, 10), "departure_date": date(2028, 3, 12)})
            self._deliver()
        self.assertFalse(self._remind("2028-03-06 12:00:00"))
        self.assertEqual(len(self._remind("2028-03-07 12:00:00")), 1)

    def test_a_property_may_remind_nobody(self):
        self.hotel.reminder_days = 0
        self._confirm()
        self._deliver()
        self.assertFalse(self._remind("2028-02-26 12:00:00"))

    def test_a_reminder_that_comes_too_late_does_not_leave(self):
        reservation = self._confirm()
        self._deliver()
        reservation._notify("reminder")
        with freeze_time(datetime(2028, 2, 27, 12)):
            self.assertFalse(self._deliver())
        self.assertEqual(self._get_told(reservation)[-1], ("reminder", "refused"))
