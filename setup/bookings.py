"""What the demo chain sells and what is booked: rates, plans, terms, pictures and some reservations.

Run inside ``odoo shell``; ``env`` comes from there.
"""
import base64
from datetime import date, timedelta

import pictures
from chain import BEDS

from odoo.addons.hotel_crm_base.terms import BookingTerms, RoomWish

SITES = {"HGH": "lake", "SHA": "harbour", "LIS": "river"}
ABOUT = {  # of a room type: in English, in Chinese
    "STD": ("Quiet room with a double bed and a desk.", "安静的大床房，配有书桌。"),
    "TWN": ("Two single beds, for friends and colleagues.", "两张单人床，适合朋友或同事。"),
    "DLX": ("A king-size bed, a bath tub, and a view of the city.", "特大床，配浴缸，可观城市景色。"),
    "SUI": ("Living room and bedroom on the top floor, with the water in front of the windows.",
            "顶层套房，客厅与卧室相连，窗外即是水景。"),
}
EXTRA = {"extra_adult_rate": 30, "child_rate": 12}  # euro per night
EURO_IN_YUAN = 8


class Bookings:
    """Opens the hotels for booking.

    :param env: environment of a superuser
    :param hotels: hotel.property
    """

    def __init__(self, env, hotels):
        self.env = env(context=dict(env.context, tracking_disable=True))
        self.hotels = hotels
        self.chinese = bool(self.env["res.lang"].search_count([("code", "=", "zh_CN")]))

    def run(self):
        self.exchange_rates()
        self.terms()
        for hotel in self.hotels:
            self.show(hotel)
            self.rates(hotel)
        self.env["hotel.inventory"]._open_horizon(self.hotels)
        self.reservations()

    def scale(self, hotel):
        """Return what an euro of the price list is in the hotel's currency."""
        return EURO_IN_YUAN if hotel.currency_id.name == "CNY" else 1

    def exchange_rates(self):
        for company in self.hotels.company_id:
            other, rate = ("EUR", 1 / EURO_IN_YUAN) if company.currency_id.name == "CNY" else ("CNY", EURO_IN_YUAN)
            currency = self.env["res.currency"].search([("name", "=", other)])
            self.env["res.currency.rate"].create(
                {"name": "2020-01-01", "currency_id": currency.id, "company_id": company.id, "rate": rate}
            )

    def terms(self):
        """Cancellation policies, and rate plans with their meals and deposits."""
        policies = self.env["hotel.cancellation.policy"]
        self.flexible = self.policy(
            policies, "FLEX24", "Free until the day before", "入住前一天免费取消", free_until_hours=24
        )
        strict = {"free_until_hours": 8760, "is_change_allowed": False}
        for kind in ("fee", "no_show_fee"):
            strict |= {f"{kind}_kind": "percent", f"{kind}_value": 100.0}
        self.strict = self.policy(policies, "NONREF", "Not refundable", "不可退款", **strict)
        self.hotels.policy_id = self.flexible
        euro = self.env["res.currency"].search([("name", "=", "EUR")]).id
        plan = self.env.ref("hotel_crm_base.hotel_rate_plan_bb")
        plan.write({"currency_id": euro, "meal_adult_rate": 12, "meal_child_rate": 6, "deposit_percent": 20})
        for code in ("hb", "fb"):  # sold at the desk
            self.env.ref(f"hotel_crm_base.hotel_rate_plan_{code}").is_online = False

    def policy(self, policies, code, name, chinese, **values):
        record = policies.search([("code", "=", code)]) or policies.create({"code": code, "name": name, **values})
        self.translate(record, "name", chinese)
        return record

    def translate(self, record, field, chinese):
        if self.chinese:
            record.with_context(lang="zh_CN")[field] = chinese

    def show(self, hotel):
        """Give the house and its room types their pictures and words."""
        hotel.image_1920 = base64.b64encode(pictures.draw_house(SITES[hotel.code]))
        for room_type in hotel.room_type_ids.filtered(lambda room_type: room_type.code in BEDS):
            english, chinese = ABOUT[room_type.code]
            room_type.description = f"<p>{english}</p>"
            if self.chinese:
                room_type.update_field_translations("description", {"zh_CN": {english: chinese}})
            room_type.image_1920 = base64.b64encode(pictures.draw_room(room_type.code))
            bath = base64.b64encode(pictures.draw_bath(room_type.code))
            self.env["hotel.room.type.image"].create({"room_type_id": room_type.id, "image_1920": bath})
            room_type.write({name: rate * self.scale(hotel) for name, rate in EXTRA.items()})

    def rates(self, hotel):
        """Weekends and summers cost more, long stays less; prepaid rooms are cheaper."""
        rules = (
            {"hotel_weekdays": "56", "percent_price": -15.0},
            {"date_start": date(hotel.business_date.year, 7, 1), "date_end": date(hotel.business_date.year, 8, 31),
             "percent_price": -20.0},
            {"min_quantity": 5, "percent_price": 10.0},
        )
        public = self.pricelist(hotel, f"{hotel.name}: public rates")
        for values in rules:
            self.item(public, compute_price="percentage", base="list_price", **values)
        hotel.pricelist_id = public
        saver = self.pricelist(hotel, f"{hotel.name}: prepaid")
        self.item(saver, compute_price="percentage", base="pricelist", base_pricelist_id=public.id, percent_price=12.0)
        plan = self.env["hotel.rate.plan"].create(
            {
                "code": f"SAVE-{hotel.code}",
                "name": "Prepaid Saver",
                "property_ids": [(6, 0, hotel.ids)],
                "pricelist_id": saver.id,
                "policy_id": self.strict.id,
                "deposit_percent": 100,
                "currency_id": hotel.currency_id.id,
            }
        )
        self.translate(plan, "name", "预付优惠价")

    def pricelist(self, hotel, name):
        return self.env["product.pricelist"].create(
            {"name": name, "currency_id": hotel.currency_id.id, "company_id": hotel.company_id.id}
        )

    def item(self, pricelist, **values):
        self.env["product.pricelist.item"].create({"pricelist_id": pricelist.id, "applied_on": "3_global", **values})

    def reservations(self):
        """Some bookings to look at: of the portal's guest, of a group, on hold and waiting."""
        lisbon = self.hotels.filtered(lambda hotel: hotel.code == "LIS")
        named = [("name", "=", "Inês Conceição"), ("is_hotel_guest", "=", True)]
        guest = self.env["res.partner"].search(named, limit=1)
        self.book(lisbon, guest, "DLX", 12, 3, plan="BB", channel="web", note="A quiet room, please.")
        agency = self.env["res.partner"].create(
            {"name": "Blue Harbour Travel", "is_company": True, "email": "groups@blueharbour.example"}
        )
        leader = self.guest("Laura Meyer", "laura.meyer@example.com", "de")
        self.book(lisbon, leader, "STD", 30, 2, rooms=3, channel="agency", payer_id=agency.id)
        hangzhou = self.hotels.filtered(lambda hotel: hotel.code == "HGH")
        traveller = self.guest("李娜", "li.na@example.com", "cn")
        self.book(hangzhou, traveller, "SUI", 5, 2, channel="phone")
        self.book(hangzhou, self.guest("陈晓明", "chen.xm@example.com", "cn"), "TWN", 9, 4, channel="direct", hold=True)
        self.wait(hangzhou, self.guest("Paul Young", "paul.young@example.com", "uk"), "SUI", 5, 2)

    def guest(self, name, email, country):
        return self.env["res.partner"].create(
            {"name": name, "email": email, "is_hotel_guest": True, "country_id": self.env.ref(f"base.{country}").id}
        )

    def room_type(self, hotel, code):
        return hotel.room_type_ids.filtered(lambda room_type: room_type.code == code)

    def book(self, hotel, guest, code, ahead, nights, rooms=1, plan="RO", hold=False, **terms):
        """Book rooms so many days ahead, or on the first days after that which have any left."""
        room_type = self.room_type(hotel, code)
        for later in range(60):
            arrival = hotel.business_date + timedelta(days=ahead + later)
            departure = arrival + timedelta(days=nights)
            if self.env["hotel.inventory"]._get_free(hotel, arrival, departure).get(room_type.id, 0) >= rooms:
                break
        plan_id = self.env["hotel.rate.plan"].search([("code", "=", plan)]).id
        wish = RoomWish(room_type.id, arrival, departure, adults=2, rate_plan_id=plan_id)
        booking = BookingTerms(hotel.id, (wish,) * rooms, guest.id, **terms)
        self.env["hotel.reservation"]._book(booking, confirm=not hold)

    def wait(self, hotel, guest, code, ahead, nights):
        arrival = hotel.business_date + timedelta(days=ahead)
        self.env["hotel.reservation"].create(
            {
                "partner_id": guest.id,
                "property_id": hotel.id,
                "is_waiting": True,
                "channel_id": self.env.ref("hotel_crm_base.hotel_channel_phone").id,
                "line_ids": [
                    (0, 0, {
                        "room_type_id": self.room_type(hotel, code).id,
                        "arrival_date": arrival,
                        "departure_date": arrival + timedelta(days=nights),
                        "adults": 2,
                    })
                ],
            }
        )
