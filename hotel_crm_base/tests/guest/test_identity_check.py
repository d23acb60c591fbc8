import json

from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelMakers
from odoo.addons.hotel_crm_base.tests.guest.identity_numbers import WANG


@tagged("post_install", "-at_install")
class TestIdentityCheck(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.reader = cls._make_user("front_office+identity", login="reader")
        cls.env["hotel.data.key"]._get_keyring()
        cls.document = cls._make_document(cls._make_guest("Wang Wei"), WANG)

    def setUp(self):
        super().setUp()
        self.authenticate("reader", "reader")

    def _call(self, model, method, ids, **kwargs):
        params = {"model": model, "method": method, "args": [ids], "kwargs": kwargs}
        return self.url_open(f"/web/dataset/call_kw/{model}/{method}", json={"params": params}).text

    def _ask(self):
        question = self.env["hotel.guest.document.reveal"].with_user(self.reader).create(
            {"document_id": self.document.id, "reason": "Police registration"}
        )
        return json.loads(self._call("hotel.guest.document.reveal", "action_reveal", question.ids))["result"]

    def _answer(self, action, password):
        kwargs = {"context": {"password": password}}
        return self._call("res.users.identitycheck", "run_check", [action["res_id"]], **kwargs)

    def test_the_password_is_asked_for_before_a_number_is_shown(self):
        action = self._ask()
        self.assertEqual(action["res_model"], "res.users.identitycheck")
        self.assertNotIn(WANG, self._answer(action, "wrong"))
        self.assertEqual(self._ask()["res_model"], "res.users.identitycheck")
        self.assertIn(WANG, self._answer(action, "readerxx"))
        # and holds for a while
        self.assertEqual(self._ask()["params"]["message"], WANG)

    def test_a_call_from_outside_is_no_way_round(self):
        model, ids = "hotel.guest.document", self.document.ids
        answer = self._call(model, "hotel_reveal_number", ids, reason="Police registration")
        self.assertIn("confirm your password", answer)
        self.assertNotIn(WANG, answer)

    def test_an_administrator_may_switch_it_off(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.identity_check_minutes", "0")
        self.assertEqual(self._ask()["params"]["message"], WANG)
