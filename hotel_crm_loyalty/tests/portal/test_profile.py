from datetime import date

from odoo.tests import tagged

from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestProfile(MemberCase):
    def setUp(self):
        super().setUp()
        self._log_in("eva")
        self.guest = self.eva.partner_id
        self.wishes = self.env["hotel.preference"].search([], limit=3)

    def _get_form(self):
        return self._get_fields(self._get("/my/profile"), "/my/profile")

    def _save(self, **values):
        return self._send("/my/profile", self._get_form(), **values)

    def test_a_guest_changes_language_and_preferences(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self._save(lang="zh_CN", **{f"preference_{wish.id}": "1" for wish in self.wishes[:2]})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.guest.lang, "zh_CN")
        self.assertEqual(self.guest.hotel_preference_ids.preference_id, self.wishes[:2])
        self.assertEqual(set(self.guest.hotel_preference_ids.mapped("source")), {"guest"})
        self._save(**{f"preference_{self.wishes[0].id}": None})
        self.assertEqual(self.guest.hotel_preference_ids.preference_id, self.wishes[1])

    def test_the_birth_date_is_said_once(self):
        self.assertEqual(self._save(birth_date="2999-01-01").status_code, 422)
        self.assertFalse(self.guest.hotel_birth_date)
        self._save(birth_date="1990-02-28")
        self.assertEqual(self.guest.hotel_birth_date, date(1990, 2, 28))
        self._save(birth_date="1980-01-01")
        self.assertEqual(self.guest.hotel_birth_date, date(1990, 2, 28))

    def test_each_decision_is_kept_and_only_what_changed(self):
        self._save(agree_offer_email="1", agree_profiling_any="1")
        self.assertEqual(self.guest._has_hotel_consent("offer", "email"), self.guest)
        self.assertFalse(self.guest._has_hotel_consent("offer", "sms"))
        self.assertEqual(len(self.guest.hotel_consent_ids), 2)
        self._save()
        self.assertEqual(len(self.guest.hotel_consent_ids), 2, "what is as it was is no decision")
        self._save(agree_offer_email=None)
        self.assertFalse(self.guest._has_hotel_consent("offer", "email"))
        last = self.guest.hotel_consent_ids.sorted("id")[-1]
        self.assertEqual((last.state, last.source, last.user_id), ("withdrawn", "web", self.eva))

    def test_what_holds_for_any_channel_can_be_taken_back_for_one(self):
        self.guest.hotel_record_consent("offer", "any", "given")
        self.env.flush_all()
        form = self._get_form()
        self.assertEqual((form["agree_offer_email"], form["agree_offer_sms"]), ("1", "1"))
        self._save(agree_offer_sms=None)
        self.assertFalse(self.guest._has_hotel_consent("offer", "sms"))
        self.assertTrue(self.guest._has_hotel_consent("offer", "email"))

    def test_unknown_fields_change_nothing(self):
        self._save(lang="xx_XX", name="Hacked", is_company="1", preference_99999999="1", agree_transaction_email="1")
        self.assertEqual((self.guest.name, self.guest.is_company), ("Eva Lang", False))
        self.assertFalse(self.guest.hotel_preference_ids)
        self.assertFalse(self.guest.hotel_consent_ids)
