"""A chain of hotels for the demo and for volume: properties, floors, rooms, outlets.

Run inside ``odoo shell``; ``env`` comes from there.
"""
BEDS = {"STD": ("double", 1), "TWN": ("single", 2), "DLX": ("king", 1), "SUI": ("king", 1)}
TYPES = (  # code, name, Chinese name, public rate in euro, adults, children, share of rooms
    ("STD", "Standard Double", "标准大床房", 90, 2, 1, 0.4),
    ("TWN", "Standard Twin", "标准双床房", 95, 2, 1, 0.3),
    ("DLX", "Deluxe King", "豪华大床房", 140, 2, 2, 0.2),
    ("SUI", "River Suite", "河景套房", 240, 3, 2, 0.1),
)
OUTLETS = (
    ("RM", "Rooms", "客房", "room"),
    ("RST", "Restaurant", "餐厅", "restaurant"),
    ("BAR", "Lobby Bar", "大堂吧", "bar"),
    ("SPA", "Spa", "水疗中心", "spa"),
    ("EVT", "Banquets and Meetings", "宴会与会议", "event"),
    ("SHP", "Gift Shop", "礼品店", "shop"),
)
HOTELS = (  # code, name, Chinese name, country, city, time zone, currency, its units in a euro
    ("HGH", "Jade Lake Hotel Hangzhou", "杭州玉湖酒店", "CN", "杭州", "Asia/Shanghai", "CNY", 8),
    ("SHA", "Harbour View Hotel Shanghai", "上海港景酒店", "CN", "上海", "Asia/Shanghai", "CNY", 8),
    ("LIS", "Casa do Rio Lisbon", "里斯本河畔酒店", "PT", "Lisboa", "Europe/Lisbon", "EUR", 1),
)


class Chain:
    """Makes hotels that are not there yet.

    :param env: environment of a superuser
    """

    def __init__(self, env):
        self.env = env(context=dict(env.context, tracking_disable=True))
        self.chinese = bool(self.env["res.lang"].search_count([("code", "=", "zh_CN")]))

    def company(self, code, name):
        """Return the company of a country, made with its currency at need."""
        companies = self.env["res.company"]
        found = companies.search([("name", "=", name)])
        if found:
            return found
        currency = self.currency({"CN": "CNY", "PT": "EUR"}[code])
        country = self.env.ref(f"base.{code.lower()}")
        company = companies.create({"name": name, "currency_id": currency.id, "country_id": country.id})
        self.env.ref("base.user_admin").company_ids |= company
        return company

    def currency(self, name):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        return currency

    def hotel(self, company, values, rooms):
        """Return a property with its floors, room types, rooms and outlets.

        :param tuple values: a row of ``HOTELS``
        :param int rooms: number of rooms, ten on a floor
        """
        code, name, chinese, country, city, zone, currency, scale = values
        hotels = self.env["hotel.property"]
        found = hotels.search([("code", "=", code), ("company_id", "=", company.id)])
        if found:
            return found
        address = self.env["res.partner"].create(
            {"name": name, "is_company": True, "city": city, "country_id": self.env.ref(f"base.{country.lower()}").id}
        )
        hotel = hotels.create(
            {
                "name": name,
                "code": code,
                "company_id": company.id,
                "tz": zone,
                "partner_id": address.id,
                "currency_id": self.currency(currency).id,
            }
        )
        self.translate(hotel, chinese)
        self.outlets(hotel)
        self.rooms(hotel, self.types(hotel, scale), rooms)
        return hotel

    def translate(self, record, chinese):
        if self.chinese:
            record.with_context(lang="zh_CN").name = chinese

    def outlets(self, hotel):
        for code, name, chinese, kind in OUTLETS:
            outlet = self.env["hotel.outlet"].create(
                {"property_id": hotel.id, "code": code, "name": name, "kind": kind}
            )
            self.translate(outlet, chinese)

    def types(self, hotel, scale):
        """Make the room types; return them with the share of rooms that each has."""
        shares = []
        amenities = self.env["hotel.amenity"].search([("code", "in", ("wifi", "desk", "city_view"))])
        for code, name, chinese, rate, adults, children, share in TYPES:
            bed_name, count = BEDS[code]
            bed = self.env.ref(f"hotel_crm_base.hotel_bed_type_{bed_name}")
            room_type = self.env["hotel.room.type"].create(
                {
                    "property_id": hotel.id,
                    "code": code,
                    "name": name,
                    "capacity_adults": adults,
                    "capacity_children": children,
                    "amenity_ids": [(6, 0, amenities.ids)],
                    "bed_ids": [(0, 0, {"bed_type_id": bed.id, "quantity": count})],
                }
            )
            room_type.product_id.list_price = rate * scale
            self.translate(room_type, chinese)
            shares.append((room_type, share))
        return shares

    def rooms(self, hotel, shares, count):
        """Make ``count`` rooms: ten on a floor, the cheap types below, the suites on top."""
        building = self.env["hotel.building"].create({"name": "Main Building", "property_id": hotel.id})
        self.translate(building, "主楼")
        levels = range(1, (count - 1) // 10 + 2)
        floors = self.env["hotel.floor"].create(
            [{"name": f"{level}F", "level": level, "building_id": building.id} for level in levels]
        )
        types = [room_type for room_type, share in shares for _i in range(round(share * count))]
        types = (types + [shares[-1][0]] * count)[:count]
        self.env["hotel.room"].create(
            [
                {
                    "name": f"{index // 10 + 1}{index % 10 + 1:02d}",
                    "property_id": hotel.id,
                    "room_type_id": types[index].id,
                    "floor_id": floors[index // 10].id,
                }
                for index in range(count)
            ]
        )

    def describe(self, hotel, today):
        """Return what ``sample.Sample`` needs to know of a property."""
        scale = next((row[7] for row in HOTELS if row[6] == hotel.currency_id.name), 1)
        offset = (hotel._get_local_now() - hotel.env.cr.now()).total_seconds() / 3600
        return {
            "id": hotel.id,
            "type_ids": [room.room_type_id.id for room in hotel.room_ids],  # as often as there are rooms
            "outlets": {outlet.kind: outlet.id for outlet in hotel.outlet_ids},
            "scale": scale,
            "utc_offset": round(offset),
        }

    def codes(self):
        """Return the coded values that guests and stays are drawn with."""
        countries = self.env["res.country"].search([])
        return {
            "channel_ids": self.env["hotel.channel"].search([]).ids,
            "segment_ids": self.env["hotel.market.segment"].search([]).ids,
            "plan_ids": self.env["hotel.rate.plan"].search([]).ids,
            "countries": {country.code: country.id for country in countries},
            "langs": [code for code, _name in self.env["res.lang"].get_installed()],
        }
