"""What tests of the guests' pages share: a room, a guest in house, pictures, forms."""

import io
import re

from PIL import Image

from odoo.tests import HttpCase, new_test_user

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from ..case_common import CaseMakers


def draw_picture(kind="JPEG", size=(64, 48), **options):
    """Return the bytes of a picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return buffer.getvalue()


class PagesCase(CaseMakers, HotelMakers, HttpCase):
    """Ana is in house in a room with a code; Rui has an account too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_hotels()
        cls.ana, cls.rui = (cls._make_portal_user(name) for name in ("ana", "rui"))
        cls.room = cls._make_room(cls.room_type)
        cls.stay = cls._make_stay(cls.ana.partner_id, room_id=cls.room.id, state="in_house")
        cls.token = cls.room._get_service_token()

    @classmethod
    def _make_portal_user(cls, name):
        login = f"portal_{name}"
        user = new_test_user(cls.env, login=login, groups="base.group_portal", password=login, name=name.title())
        user.partner_id.write({"is_hotel_guest": True, "email": f"{name}@example.com"})
        return user

    def _open_form(self, path):
        """Open a page and return the hidden values of its form."""
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200, path)
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.text)
        return dict(hidden)

    def _send(self, path, text="The shower is cold", pictures=(), opened=None, **values):
        """Fill a form and send it."""
        data = {**self._open_form(opened or path), "text": text, **values}
        files = [("pictures", (name, content, kind)) for name, content, kind in pictures]
        self.env.flush_all()
        response = self.url_open(path, data=data, files=files or None)
        self.env.invalidate_all()
        return response

    def _get_last(self):
        return self.env["hotel.case"].search([("property_id", "=", self.hotel.id)], limit=1)
