"""The story of a general manager who opens the dashboard, and looks at a guest's history."""

from datetime import timedelta

from journey_browser import DESKTOP, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

BASE = "/odoo/action-hotel_crm_base."
TALL = (1366, 1900)


@tagged("post_install", "-at_install")
class TestGeneralJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("manager", login=f"general_{lang}", lang=lang)
        outlet, suite = cls._make_outlet(cls.hotel, name="Harbour Restaurant"), cls._make_room_type(cls.hotel)
        today, guests = fields.Date.today(), cls.env["res.partner"]
        for number, code in enumerate(("pt", "cn", "cn", "fr", "de", "pt") * 4):
            guest = cls._make_guest(f"Guest {number}", country_id=cls.env.ref(f"base.{code}").id)
            guests |= guest
            for back in range(1 + number % 5):
                day = today - timedelta(days=35 * back + 40 + number)
                room_type = suite if number % 3 else cls.room_type
                cls._make_stay(guest, arrival=day, nights=2, state="departed", room_type_id=room_type.id)
                cls._make_consumption(guest, amount=180.0 + 90 * number, business_date=day, outlet_id=outlet.id)
        cls.guest = guests[4]
        wish = cls.env["hotel.preference"].search([], limit=1)
        cls.env["hotel.guest.preference"].create(
            [{"partner_id": guest.id, "preference_id": wish.id} for guest in guests[:9]]
        )
        cls.env["hotel.guest.metric"]._refresh_partners(guests.ids)
        model = cls.env["hotel.value.model"].search([("company_id", "=", cls.hotel.company_id.id)], limit=1)
        model = model or cls.env["hotel.value.model"].create({"company_id": cls.hotel.company_id.id})
        fit = cls.env["hotel.value.fit"].create({"model_id": model.id, "today_date": today})
        fit._fit()
        fit._value_range(guests.ids[-1] + 1)
        cls.env["hotel.guest.figure"]._refresh(today)

    def _tell(self, lang):
        with self._browse(f"general_{lang}", f"{BASE}hotel_general_dashboard_action", size=TALL) as page:
            page.wait_for("document.querySelectorAll('.o-figure').length > 8")
            page.wait_for("!document.querySelector('.o_loading_indicator')")
            page.shoot(f"dashboard_{lang}")
        with self._browse(f"general_{lang}", f"{BASE}hotel_guest_figure_action", size=DESKTOP) as page:
            page.wait(".o_graph_renderer canvas")
            page.shoot(f"figures_{lang}")
        with self._browse(f"general_{lang}", f"{BASE}res_partner_action_hotel_guest/{self.guest.id}", DESKTOP) as page:
            page.click(".o_notebook_headers [name=figures]")
            page.wait("[name=hotel_favourite_season]")
            page.shoot(f"guest_{lang}")

    @again
    def test_in_english(self):
        self._tell("en_US")

    def test_in_chinese(self):
        self._tell("zh_CN")
