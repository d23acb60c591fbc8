from datetime import date, datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..concurrency import ConcurrencyCase
from .message_common import NOON, MessageCase, MessageMakers


@tagged("post_install", "-at_install")
class TestMessageGate(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._make_reader()

    def _make_refused(self):
        """Return guests and the code of what stands against an offer by e-mail."""
        make = self._make_reader
        listed, withdrawn, bounced = make("Listed"), make("Withdrawn"), make("Bounced")
        self.env["mail.blacklist"]._add(listed.email)
        withdrawn.hotel_record_consent("offer", "email", "withdrawn")
        bounced.message_bounce = 2
        typo = make("Typo")
        self.env.cr.execute("UPDATE res_partner SET email = 'x', email_normalized = NULL WHERE id = %s", [typo.id])
        typo.invalidate_recordset()
        return {
            self.reader: "queued",
            make("Nowhere", email=False): "no_address",
            typo: "bad_address",
            bounced: "bounced",
            make("Gone", active=False): "gone",
            make("Thief", hotel_block_reason="fraud"): "blocked",
            make("Forgiven", hotel_block_reason="conduct", hotel_block_until=date(2026, 5, 10)): "queued",
            withdrawn: "no_consent",
            self._make_guest("Never asked", email="never@example.com"): "no_consent",
            listed: "opted_out",
        }

    def test_each_refusal_has_its_reason(self):
        expected = self._make_refused()
        guests = self.env["res.partner"].union(*expected)
        messages = self._ask(guests)
        self.assertEqual(
            {message.partner_id: code for message, code in zip(messages, self._codes(messages), strict=True)}, expected
        )
        for message in messages:
            self.assertEqual(message.state, "queued" if not message.reason_code else "refused")
            self.assertEqual(bool(message.reason), message.state == "refused")
            self.assertNotEqual(message.reason, message.reason_code or None)

    def test_what_a_booking_needs_passes_all_but_a_dead_address(self):
        passes = {"no_address", "bad_address", "bounced"}
        expected = {guest: code if code in passes else "queued" for guest, code in self._make_refused().items()}
        messages = self._ask(self.env["res.partner"].union(*expected), purpose="transaction")
        self.assertEqual({message.partner_id: message.reason_code or message.state for message in messages}, expected)

    def test_a_reason_is_read_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        message = self._ask(self._make_reader(email=False))
        self.assertEqual(message.reason, "The guest has no address on this channel.")
        code = message.with_context(lang="zh_CN").reason_code
        self.assertEqual(code, "no_address")

    def test_sms_asks_the_list_of_telephones_and_dead_numbers(self):
        listed, dead, phoneless = self._make_reader(), self._make_reader(), self._make_reader(phone=False)
        self.env["phone.blacklist"]._add([listed.phone_sanitized])
        dead.hotel_sms_bounces = 1
        messages = self._ask(self.reader | listed | dead | phoneless, channel="sms")
        self.assertEqual(self._codes(messages), ["queued", "opted_out", "bounced", "no_address"])

    def test_a_new_address_has_brought_nothing_back(self):
        self.reader.write({"message_bounce": 9, "hotel_sms_bounces": 1})
        self.reader.write({"email": "new@example.com"})
        self.assertEqual((self.reader.message_bounce, self.reader.hotel_sms_bounces), (0, 1))
        self.reader.write({"phone": "+351912345670"})
        self.assertEqual(self.reader.hotel_sms_bounces, 0)

    def test_what_was_asked_for_already_is_not_asked_for_again(self):
        other = self._make_reader()
        first = self._ask(self.reader)
        contents = self.env["hotel.message.content"].search_count([])
        self.assertEqual(self._ask(self.reader), first)
        self.assertEqual(self.env["hotel.message.content"].search_count([]), contents)
        both = self._ask(other | self.reader)
        self.assertEqual(both.partner_id, other | self.reader)
        self.assertIn(first, both)
        self.assertNotIn(self._ask(self.reader, channel="sms"), first)
        self.assertEqual(len(self._ask(self.reader, key="spring/2")), 1)

    def test_nonsense_is_refused_aloud(self):
        for values in ({"purpose": "spam"}, {"channel": "pigeon"}, {"key": ""}):
            with self.assertRaises(ValueError):
                self._ask(self.reader, **values)

    def test_the_number_of_queries_does_not_depend_on_the_audience(self):
        for size in (3, 300):
            guests = self.env["res.partner"].create(
                [
                    {"name": f"Reader {number}", "is_hotel_guest": True, "email": f"{size}.{number}@example.com"}
                    for number in range(size)
                ]
            )
            guests.hotel_record_consent("offer", "any", "given")
            self._ask(guests[0], key=f"warm/{size}")
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(20):
                messages = self._ask(guests, key=f"audience/{size}")
                self.env.flush_all()
            self.assertEqual(len(messages), size)

    # ---- cap ----------------------------------------------------------------------------------

    def test_a_guest_gets_no_more_than_the_cap_whatever_the_purposes(self):
        company = self.hotel.company_id
        company.write({"hotel_cap_email": 2, "hotel_cap_days": 7})
        self.reader.hotel_record_consent("greeting", "any", "given")
        self._ask(self.reader, purpose="transaction", key="booking")
        codes = self._codes(self._ask(self.reader, key="one") + self._ask(self.reader, "greeting", key="two"))
        self.assertEqual(codes, ["queued", "queued"])
        self.assertEqual(self._codes(self._ask(self.reader, key="three")), ["too_often"])
        self.assertEqual(self._codes(self._ask(self.reader, channel="sms", key="three")), ["queued"])
        # messages of the other company's hotel count too, each company has its own limit
        self.other_company.hotel_cap_email = 3
        other = self._ask(self.reader, key="four", property=self.other_hotel)
        self.assertEqual((self._codes(other), other.company_id), (["queued"], self.other_company))
        with freeze_time(NOON) as clock:
            clock.tick(timedelta(days=8))
            self.assertEqual(self._codes(self._ask(self.reader, key="five")), ["queued"])

    def test_no_limit_means_none(self):
        self.hotel.company_id.hotel_cap_email = 0
        codes = [self._codes(self._ask(self.reader, key=str(number)))[0] for number in range(6)]
        self.assertEqual(codes, ["queued"] * 6)

    def test_the_cap_holds_where_several_were_queued_at_once(self):
        first, second = self._ask(self.reader, key="one"), self._ask(self.reader, key="two")
        self.hotel.company_id.hotel_cap_email = 1
        self._run_job()
        self.assertEqual(self._codes(first + second), ["sending", "too_often"])

    # ---- quiet hours --------------------------------------------------------------------------

    def test_a_message_waits_until_quiet_hours_are_over_where_the_guest_lives(self):
        zones = {"Europe/Lisbon": datetime(2026, 5, 12, 8), "Asia/Shanghai": datetime(2026, 5, 12, 1)}
        guests = {zone: self._make_reader(zone, tz=zone) for zone in zones}
        somewhere = self._make_reader("No zone", tz=False)
        japan = self._make_reader("Japan", tz=False, country_id=self.env.ref("base.jp").id)
        with freeze_time("2026-05-11 22:30:00"):
            messages = self._ask(self.env["res.partner"].union(*guests.values()) | somewhere | japan)
            due = {message.partner_id.name: message.due_at for message in messages}
            booking = self._ask(somewhere, "transaction", key="booking")
        self.assertEqual({zone: due[zone] for zone in zones}, zones)
        self.assertEqual(due["No zone"], datetime(2026, 5, 12, 8))  # as at the hotel
        self.assertEqual(due["Japan"], datetime(2026, 5, 12, 0))
        self.assertEqual(booking.due_at, datetime(2026, 5, 11, 22, 30))
        job = self.env.ref("hotel_crm_base.ir_cron_message_send")
        woken = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]).mapped("call_at")
        self.assertLessEqual(set(due.values()), set(woken))
        with freeze_time("2026-05-12 00:30:00"):
            self._run_job()
            self.assertEqual({message.state for message in messages if message.partner_id == japan}, {"sending"})
        self.assertEqual(self._codes(messages).count("queued"), 3)

    def test_quiet_hours_end_by_the_clock_in_the_nights_when_it_changes(self):
        guest = self._make_reader(tz="Europe/Lisbon")
        cases = {"2026-03-28 23:00:00": datetime(2026, 3, 29, 8), "2026-10-24 23:00:00": datetime(2026, 10, 25, 9)}
        for number, (now, due) in enumerate(cases.items()):
            with freeze_time(now):
                self.assertEqual(self._ask(guest, key=f"night/{number}").due_at, due)

    def test_hours_alike_mean_no_quiet_hours(self):
        self.hotel.company_id.write({"hotel_quiet_start": 0.0, "hotel_quiet_end": 0.0})
        with freeze_time("2026-05-11 23:30:00"):
            self.assertEqual(self._ask(self.reader).due_at, fields.Datetime.now())

    # ---- contact block ------------------------------------------------------------------------

    def _answer_blocks(self, blocked, suspects=None):
        """Let another addon answer the hooks; return the guests whom it was asked about."""
        asked = []

        def get_block(guest, purpose):
            asked.append(guest)
            return ["An open complaint"] if guest in blocked and purpose == "offer" else []

        model = self.env.registry["res.partner"]
        model._get_hotel_contact_block = get_block
        self.addCleanup(delattr, model, "_get_hotel_contact_block")
        if suspects is not None:
            model._get_hotel_contact_suspects = lambda guests, purpose: guests & suspects
            self.addCleanup(delattr, model, "_get_hotel_contact_suspects")
        return asked

    def test_other_addons_say_who_is_not_to_be_contacted(self):
        complaining = self._make_reader()
        asked = self._answer_blocks(complaining)
        messages = self._ask(self.reader | complaining)
        self.assertEqual(self._codes(messages), ["queued", "contact_block"])
        self.assertIn("An open complaint", messages[1].reason)
        self.assertEqual(set(asked), {self.reader, complaining})
        self.assertEqual(self._codes(self._ask(complaining, "transaction", key="booking")), ["queued"])

    def test_only_suspects_are_asked_one_by_one(self):
        complaining, suspect = self._make_reader(), self._make_reader()
        asked = self._answer_blocks(complaining, complaining | suspect)
        messages = self._ask(self.reader | complaining | suspect)
        self.assertEqual(self._codes(messages), ["queued", "contact_block", "queued"])
        self.assertEqual(set(asked), {complaining, suspect})

    def test_nobody_is_asked_about_where_nobody_answers(self):
        self.assertEqual(self.reader._get_hotel_contact_suspects("offer"), self.reader.browse())
        self.assertEqual(self.reader._get_hotel_contact_blocks("offer"), {})


@tagged("post_install", "-at_install")
class TestMessageAtOnce(MessageMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_reader()
        cls.cr.commit()

    def test_two_at_once_ask_for_one_message(self):
        def ask(env):
            return env["hotel.message"]._send(self.guest.with_env(env), "transaction", "email", "once", body="Hello").id

        first, second = self._overlap(ask, ask)
        self.assertIsInstance(first, int, first)
        self.assertEqual(first, second)
        self.env.invalidate_all()
        self.assertEqual(self.env["hotel.message"].search_count([("partner_id", "=", self.guest.id)]), 1)

    def test_two_jobs_at_once_send_a_message_once(self):
        guest = self._make_reader()
        message = self.env["hotel.message"]._send(guest, "transaction", "email", "job", subject="x", body="Hello")
        self.cr.commit()

        def send(env):
            env["hotel.message"]._take_due(10)._dispatch()
            return env["mail.mail"].search_count([("recipient_ids", "in", guest.ids)])

        results = self._overlap(send, send)
        self.assertFalse([result for result in results if isinstance(result, Exception)], results)
        self.env.invalidate_all()
        self.assertEqual(message.state, "sending")
        self.assertEqual(self.env["mail.mail"].search_count([("recipient_ids", "in", guest.ids)]), 1)
