"""Mailings made by hand in Odoo: guests among their recipients pass the gate, and the messages count."""

from odoo.tests import freeze_time, tagged

from ..care.care_common import CareCase


@tagged("post_install", "-at_install")
class TestMailingsByHand(CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readers = cls.env["res.partner"].union(*(cls._make_friend(f"Reader {number}") for number in range(3)))
        cls.silent = cls._make_friend("Silent", purposes=())
        cls.stranger = cls.env["res.partner"].create({"name": "Supplier", "email": "supplier@example.com"})

    def _make_mailing(self, records, **values):
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "By hand",
                "body_html": "<p>Hello</p>",
                "mailing_type": "mail",
                "mailing_model_id": self.env["ir.model"]._get_id(records._name),
                "mailing_domain": repr([("id", "in", records.ids)]),
                **values,
            }
        )
        mailing.action_put_in_queue()
        return mailing

    def _process(self):
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["mailing.mailing"]._process_mass_mailing_queue()

    def _get_messages(self, mailing):
        return self.env["hotel.message"].search([("mailing_id", "=", mailing.id)])

    def test_guests_pass_the_gate_and_others_are_written_to(self):
        mailing = self._make_mailing(self.readers | self.silent | self.stranger)
        for _time in range(2):
            self._process()
        mails = self._deliver()
        wanted = {*self.readers.mapped("email"), self.stranger.email}
        self.assertEqual({mail["To"].split("<")[-1].strip(">") for mail in mails}, wanted)
        self.assertEqual((len(mails), mailing.state, mailing.sent), (4, "done", 4))
        messages = self._get_messages(mailing)
        self.assertEqual(set(messages.filtered(lambda one: one.partner_id in self.readers).mapped("state")), {"sent"})
        self.assertEqual(messages.filtered(lambda one: one.partner_id == self.silent).reason_code, "no_consent")
        self.assertFalse(mailing._get_remaining_recipients())

    def test_they_count_toward_the_cap_and_the_cap_holds_for_them(self):
        self.hotel.company_id.write({"hotel_cap_email": 1, "hotel_cap_days": 7})
        first = self._make_mailing(self.readers[:1], user_id=self._make_user("marketing").id)
        self._process()
        self._deliver()
        self.assertEqual(self._get_messages(first).state, "sent")
        self.assertEqual(self._codes(self._ask(self.readers[0])), ["too_often"])
        second = self._make_mailing(self.readers[:1], user_id=self._make_user("marketing").id)
        self._process()
        self.assertEqual(self._get_messages(second).reason_code, "too_often")

    def test_at_night_they_wait(self):
        with freeze_time("2026-05-11 23:30:00"):
            mailing = self._make_mailing(self.readers)
            self._process()
            self.assertFalse(self._deliver())
            self.assertEqual(set(self._get_messages(mailing).mapped("state")), {"queued"})
        with freeze_time("2026-05-12 09:00:00"):
            self.assertEqual(len(self._deliver()), 3)

    def test_a_guest_with_two_cards_hears_it_once(self):
        program = self.env["loyalty.program"].create({"name": "Gift", "program_type": "gift_card"})
        values = [{"program_id": program.id, "partner_id": self.readers[0].id, "points": 1} for _card in range(2)]
        cards = self.env["loyalty.card"].create(values)
        mailing = self._make_mailing(self.readers[:1])
        guests = mailing._find_hotel_guests(self.readers[:1].ids)
        self.assertEqual(guests, {self.readers[0].id: self.readers[0].id})
        mailing._ask_hotel_gate(dict.fromkeys(cards.ids, self.readers[0].id))
        message = self._get_messages(mailing)
        self.assertEqual((len(message), message.res_id), (1, cards[0].id))

    def test_addresses_of_mailing_lists_are_matched_with_guests(self):
        lists = self.env["mailing.list"].create({"name": "Paper"})
        addresses = (self.silent.email.upper(), self.readers[0].email, "else@example.com")
        contacts = self.env["mailing.contact"].create(
            [{"name": "X", "email": address, "list_ids": [(4, lists.id)]} for address in addresses]
        )
        mailing = self._make_mailing(contacts)
        self._process()
        mails = self._deliver()
        sent = {mail["To"].split("<")[-1].strip(">") for mail in mails}
        self.assertEqual(sent, {self.readers[0].email, "else@example.com"})
        self.assertEqual(len(self._get_messages(mailing)), 2)

    def test_sms_by_hand_pass_the_gate_too(self):
        values = {"mailing_type": "sms", "body_plaintext": "Hello", "sms_allow_unsubscribe": False}
        mailing = self._make_mailing(self.readers | self.silent, **values)
        self._process()
        self._run_job()
        sms = self.env["sms.sms"].search([("mailing_id", "=", mailing.id)])
        self.assertEqual(set(sms.mapped("number")), set(self.readers.mapped("phone_sanitized")))
        self.assertEqual(len(self._get_messages(mailing)), 4)

    def test_nobody_gets_both_texts_of_a_trial(self):
        campaign = self.env["utm.campaign"].create({"title": "Trial"})
        values = {"ab_testing_enabled": True, "ab_testing_pc": 100, "campaign_id": campaign.id}
        for subject in ("A", "B"):
            self._make_mailing(self.readers, subject=subject, **values)
        self._process()
        self.assertEqual(len(self._deliver()), 3)

    def test_a_mailing_that_is_deleted_says_nothing_more(self):
        mailing = self._make_mailing(self.readers)
        self._process()
        messages = self._get_messages(mailing)
        mailing.unlink()
        self.assertFalse(self._deliver())
        self.assertEqual(set(messages.mapped("reason_code")), {"withdrawn"})
