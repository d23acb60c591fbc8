"""The story of a manager who looks at what guests are worth, and cuts a class anew."""

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.insight.value_case import ValueMakers

BASE = "/odoo/action-hotel_crm_base."


@tagged("post_install", "-at_install")
class TestValueJourney(ValueMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("manager", login=f"manager_{lang}", lang=lang)
        cls.env["hotel.value.model"].search([]).unlink()
        cls.model = cls.env["hotel.value.model"].create({"company_id": cls.hotel.company_id.id})
        cls.guests = cls._make_cohort(600)
        cls.fit = cls._value(cls.model)

    def _tell(self, lang, size):
        name = f"{lang}_{'phone' if size == PHONE else 'desktop'}"
        login = f"manager_{lang}"
        with self._browse(login, f"{BASE}hotel_value_report_action", size=size) as page:
            page.wait(".o_graph_renderer canvas")
            page.shoot(f"matrix_graph_{name}")
            if size == DESKTOP:
                page.click(".o_switch_view.o_pivot")
                page.wait(".o_pivot table")
                page.shoot(f"matrix_pivot_{name}")
        with self._browse(login, f"{BASE}hotel_value_model_action/{self.model.id}", size=size) as page:
            page.wait(".o_form_view [name=limit_active]")
            page.shoot(f"model_{name}")
        with self._browse(login, f"{BASE}hotel_value_fit_action/{self.fit.id}", size=size) as page:
            page.wait(".o_form_view [name=alpha]")
            page.shoot(f"report_{name}")
        guest = max(self.guests, key=lambda guest: guest.hotel_expected_value)
        with self._browse(login, f"{BASE}res_partner_action_hotel_guest/{guest.id}", size=size) as page:
            page.click(".o_notebook_headers [name=value]")
            page.wait("[name=hotel_value_class_id]")
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"guest_{name}")

    @again
    def test_in_english(self):
        self._tell("en_US", DESKTOP)

    @again
    def test_in_chinese(self):
        self._tell("zh_CN", DESKTOP)

    def test_in_chinese_on_a_phone(self):
        self._tell("zh_CN", PHONE)

    def test_a_class_is_cut_anew(self):
        with self._browse("manager_en_US", f"{BASE}hotel_value_class_action") as page:
            page.wait(".o_data_row", "Champions")
            page.shoot("classes_en_US")
        with self._browse("manager_zh_CN", f"{BASE}hotel_value_class_action") as page:
            page.wait(".o_data_row", "核心客户")
            page.shoot("classes_zh_CN")
