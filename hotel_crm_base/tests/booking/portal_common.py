"""What tests of the booking pages share: a hotel that sells online, and a visitor with a browser's manners."""

import re
from datetime import timedelta
from urllib.parse import urlencode

from lxml import html

from odoo.tests import HttpCase, new_test_user

from odoo.addons.hotel_crm_base import visitor

from ..common import HotelMakers

FORM = {"name": "Beatriz Nova", "email": "bea@example.com", "phone": "", "agreed": "1", "lang": "en_US"}


class PortalMakers(HotelMakers):
    """A property with two room types that are sold online, a plan each way of paying."""

    @classmethod
    def _make_portal_scene(cls, rooms=2):
        if not hasattr(cls, "hotel"):
            cls._make_hotels()
        cls.other_hotel.is_online = False
        cls.env["hotel.rate.plan"].search([]).active = False
        cls.policy = cls.env["hotel.cancellation.policy"].create(
            {"name": "One Day", "code": "T1D", "free_until_hours": 24, "fee_kind": "nights", "fee_value": 1}
        )
        cls.plan = cls.env["hotel.rate.plan"].create(
            {"name": "Flexible", "code": "TFLEX", "meal_plan": "breakfast", "policy_id": cls.policy.id}
        )
        cls.prepaid = cls.env["hotel.rate.plan"].create(
            {"name": "Prepaid", "code": "TPRE", "deposit_percent": 30, "policy_id": cls.policy.id}
        )
        cls.room_type.write({"name": "Garden Double", "capacity_adults": 2, "capacity_children": 1})
        cls.suite = cls._make_room_type(cls.hotel, name="Sea Suite", code="SEA", capacity_adults=4)
        for kind, price in ((cls.room_type, 100.0), (cls.suite, 250.0)):
            kind.product_id.write({"list_price": price, "taxes_id": False})
            for _number in range(rooms):
                cls._make_room(kind)
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour Hotel", "street": "Rua Nova 1", "city": "Lisboa", "country_id": cls.env.ref("base.pt").id}
        )
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.arrival = cls.hotel.business_date + timedelta(days=10)
        cls.departure = cls.arrival + timedelta(days=2)

    @classmethod
    def _make_portal_user(cls, login="portal_ana", **values):
        user = new_test_user(cls.env, login=login, groups="base.group_portal", password=login, **values)
        user.partner_id.is_hotel_guest = True
        return user

    @classmethod
    def _get_query(cls, **values):
        """Return the query of a search; with ``room_type`` and ``plan`` that of the form."""
        query = {"arrival": cls.arrival.isoformat(), "departure": cls.departure.isoformat()}
        query |= {"adults": 2, "children": 0, "rooms": 1}
        if "room_type" in values:
            query |= {"type": values.pop("room_type").id, "plan": values.pop("plan").id}
        return {**query, **values}

    @classmethod
    def _book_online(cls, partner=None, plan=None, **facts):
        """Book as the page does; the partner is who is logged in."""
        pages = cls.env["hotel.booking.page"]
        query = {name: str(value) for name, value in cls._get_query().items()}
        search = visitor.read_search(query, cls.hotel.business_date, 500)
        hotel = cls.env["hotel.property"]._find_by_slug(cls.hotel._get_slug())
        plan = plan or cls.plan
        picks = (visitor.Pick(cls.room_type.id, plan.id, search.adults, search.children),) * search.rooms
        basket = pages._get_basket(hotel, search, picks, partner)
        values, problems = pages._read_booking_form(hotel, {**FORM, **facts}, 1)
        if problems:
            raise AssertionError(problems)
        number = cls.env["hotel.reservation"].sudo().search_count([])
        return pages._book_online(hotel, search, basket, values, f"test {number}", partner)


class PortalCase(PortalMakers, HttpCase):
    """A visitor who follows links and sends forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_portal_scene()

    def _get(self, path, **query):
        """Open a page; returns the answer with ``page``, its tree."""
        return self._read(self.url_open(path + (f"?{urlencode(query)}" if query else "")))

    def _read(self, response):
        response.page = html.fromstring(response.content) if "html" in response.headers["Content-Type"] else None
        return response

    def _text(self, response):
        """Return what is to be read on a page, in one line."""
        main = response.page.find(".//main")
        return " ".join((main if main is not None else response.page).text_content().split())

    def _get_fields(self, response, action):
        """Return the fields of the form of a page whose action ends so, as a browser would send them."""
        form = next(form for form in response.page.forms if (form.get("action") or "").endswith(action))
        return dict(form.form_values())

    def _send(self, path, fields, **values):
        """Send a form; values replace its fields, None leaves one out."""
        data = {name: value for name, value in {**fields, **values}.items() if value is not None}
        return self._read(self.url_open(path, data=data))

    def _open_form(self, plan=None, room_type=None, **values):
        """Open the booking form and return its path and its fields."""
        path = f"{self.hotel._get_page_url()}/book"
        query = self._get_query(room_type=room_type or self.room_type, plan=plan or self.plan, **values)
        response = self._get(path, **query)
        self.assertEqual(response.status_code, 200)
        return path, self._get_fields(response, "/book")

    def _get_booked(self):
        """Return the reservations that were made over the web, the latest first."""
        return self.env["hotel.reservation"].search([("source_system", "=", "web")], order="id desc")

    def _csrf(self):
        """Return the token of the visitor's session."""
        page = self.url_open("/hotel/find-booking").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
