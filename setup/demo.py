"""The demo chain: three hotels in two countries, 300 guests, two years of stays, one account per role.

Run once by setup/run inside ``odoo shell``; prints the accounts.
"""
import base64
from datetime import timedelta

import pictures
from bookings import Bookings
from campaigns import Campaigns
from chain import HOTELS, Chain
from membership import Membership
from sample import Sample
from service import Service

GUESTS = 300
ROOMS = 10  # small houses: so few guests fill them
STAYS = 14  # of a guest in two years, on the average
PASSWORD = "hotel"
ROLES = (  # login, groups, whose name
    ("admin2", "admin", "Anna Administrator"),
    ("manager", "manager+approver", "Marco Manager"),
    ("desk", "front_office", "Diana Desk"),
    ("restaurant", "food_beverage", "Ren Restaurant"),
    ("housekeeping", "housekeeping", "Hilde Housekeeping"),
    ("finance", "finance", "Filip Finance"),
    ("marketing", "marketing", "Mia Marketing"),
    ("service", "service", "Sam Service"),
    ("agent", "call_agent", "Amy Agent"),
    ("supervisor", "call_supervisor", "Sofia Supervisor"),
    ("identity", "front_office+identity", "Ida Identity"),
)
NOTED = (  # guests whom a tour of the product meets: name, telephone, gender, birth date, what they prefer
    ("王伟", "+8613800138000", "male", "1984-03-15", "allergy_seafood"),
    ("Inês Conceição", "+351912345678", "female", "1990-02-28", "room_quiet"),
)


class Demo:
    """Fills an empty database.

    :param env: environment of a superuser
    """

    def __init__(self, env):
        self.env = env
        self.chain = Chain(env)

    def run(self):
        logo = base64.b64encode(pictures.draw_logo())
        self.env.ref("base.main_company").write({"name": "Jade River Hotels", "logo": logo})
        self.env.flush_all()  # a new company may bring modules of its country, and what waits would be lost
        companies = {
            "CN": self.chain.company("CN", "Jade Lake Hotels"),
            "PT": self.chain.company("PT", "Casa do Rio Hotels"),
        }
        for company in companies.values():
            self.env["res.company"].browse(company.id).logo = logo
        self.hotels = [self.chain.hotel(companies[row[3]], row, ROOMS) for row in HOTELS]
        self.history()
        self.give_rooms()
        self.notes()
        self.users()
        self.portal_guest()
        Bookings(self.env, self.env["hotel.property"].concat(*self.hotels)).run()
        self.payments()
        if "hotel.loyalty.item" in self.env:
            Membership(self.env, self.find_noted()).run()
        if "hotel.case" in self.env:
            Service(self.env, self.env["hotel.property"].concat(*self.hotels)).run()
        if "hotel.care.rule" in self.env:
            Campaigns(self.env, self.hotels, pictures.draw_room("SUI")).run()
        self.env.cr.commit()

    def history(self):
        """Load guests, stays and charges as an import would."""
        today = self.hotels[0].business_date
        sample = Sample([self.chain.describe(hotel, today) for hotel in self.hotels], self.chain.codes(), today, seed=7)
        people, stays, charges = sample.chunk(1, GUESTS, stays_per_guest=STAYS, charges_per_guest=2 * STAYS)
        loader = self.env["hotel.bulk.loader"]
        loader._load_guests(people, source_system="demo")
        loader._load_stays(stays, source_system="demo", live=True)
        loader._load_consumption(charges, source_system="demo", accrues_points=True)
        self.env.invalidate_all()

    def give_rooms(self):
        """Give every live stay a room that is free for it; where none is, the type stays sold alone."""
        for hotel in self.hotels:
            free_from = {}
            domain = [("property_id", "=", hotel.id), ("state", "in", ("in_house", "booked"))]
            for stay in self.env["hotel.stay"].search(domain, order="arrival_date, id"):
                # who is in the house sleeps in a room, be it a better one
                better = hotel.room_ids if stay.state == "in_house" else self.env["hotel.room"]
                for room in stay.room_type_id.room_ids | better:
                    if free_from.get(room, stay.arrival_date) <= stay.arrival_date:
                        stay.room_id = room
                        free_from[room] = stay.departure_date
                        break

    def notes(self):
        """Make the guests of the tour, one VIP and one who is blocked."""
        for index, (name, phone, gender, born, preference) in enumerate(NOTED):
            values = {"phone": phone, "hotel_gender": gender, "hotel_birth_date": born}
            guest = self.env["res.partner"].create({"name": name, "is_hotel_guest": True, **values})
            preferred = self.env.ref(f"hotel_crm_base.hotel_preference_{preference}")
            self.env["hotel.guest.preference"].create({"partner_id": guest.id, "preference_id": preferred.id})
            for purpose in ("offer", "greeting"):
                self.env["hotel.consent"].create(
                    {"partner_id": guest.id, "purpose": purpose, "channel": "email", "state": "given"}
                )
            self.stays_of(guest, self.hotels[index * 2])
        guests = self.env["res.partner"].search([("is_hotel_guest", "=", True)], order="id", limit=8)
        guests[0].hotel_vip_code_id = self.env.ref("hotel_crm_base.hotel_vip_code_v1")
        guests[7].write({"hotel_block_reason": "payment", "hotel_block_note": "Left without paying the minibar."})

    def find_noted(self):
        """Return the guests of the tour."""
        names = [row[0] for row in NOTED]
        domain = [("name", "in", names), ("is_hotel_guest", "=", True)]
        return self.env["res.partner"].search(domain, order="id desc", limit=2)

    def stays_of(self, guest, hotel):
        """Give a guest a past stay and one that begins today, with a dinner."""
        day = hotel.business_date
        terms = {
            "partner_id": guest.id,
            "property_id": hotel.id,
            "rate": hotel.room_type_ids[0].list_price,
            "room_type_id": hotel.room_type_ids[0].id,
            "channel_id": self.env.ref("hotel_crm_base.hotel_channel_phone").id,
        }
        before = day.replace(day=1, year=day.year - 1)
        past = {"arrival_date": before, "departure_date": before + timedelta(days=3), "state": "departed"}
        coming = {"arrival_date": day, "departure_date": day + timedelta(days=2)}
        stays = self.env["hotel.stay"].create([{**terms, **past}, {**terms, **coming}])
        restaurant = hotel.outlet_ids.filtered(lambda outlet: outlet.kind == "restaurant")
        self.env["hotel.consumption"].create(
            {
                "partner_id": guest.id,
                "stay_id": stays[0].id,
                "property_id": hotel.id,
                "outlet_id": restaurant.id,
                "kind": "food",
                "description": "Dinner",
                "business_date": before,
                "amount_gross": 86.5,
            }
        )

    def users(self):
        """Make one account per role; managers see all hotels, the others the first and the last."""
        companies = self.env["res.company"].concat(*(hotel.company_id for hotel in self.hotels))
        # what everybody types to have a look; real hotels keep Odoo's eight characters, or ask for more
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", str(len(PASSWORD)))
        for login, groups, name in ROLES:
            everywhere = "admin" in groups or "manager" in groups
            hotels = self.hotels if everywhere else (self.hotels[0], self.hotels[2])
            self.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": name,
                    "login": login,
                    "email": f"{login}@example.com",
                    "password": PASSWORD,
                    "tz": hotels[0].tz,
                    "lang": "en_US",
                    "company_id": hotels[0].company_id.id,
                    "company_ids": [(6, 0, companies.ids)],
                    "group_ids": [(4, self.env.ref(f"hotel_crm_base.group_{group}").id) for group in groups.split("+")],
                    "hotel_property_ids": [(6, 0, [hotel.id for hotel in hotels])],
                    "hotel_all_properties": everywhere,
                }
            )

    def portal_guest(self):
        guest = self.env["res.partner"].search([("name", "=", NOTED[1][0]), ("is_hotel_guest", "=", True)], limit=1)
        guest.email = "ines@example.com"
        self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": guest.name,
                "login": "guest",
                "password": PASSWORD,
                "lang": "en_US",
                "partner_id": guest.id,
                "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])],
            }
        )

    def payments(self):
        """Let guests pay deposits by the demo provider; in Chinese its form translates what it sends, too."""
        for company in self.env["res.company"].concat(*(hotel.company_id for hotel in self.hotels)):
            providers = self.env["payment.provider"].with_company(company)
            provider = providers.search([("code", "=", "demo"), ("company_id", "=", company.id)], limit=1)
            provider = provider or self.env.ref("payment.payment_provider_demo").copy({"company_id": company.id})
            provider.write({"state": "test", "is_published": True})
            provider.payment_method_ids.filtered(lambda method: method.code == "demo").active = True
        words = {"完成": "done", "进行中": "pending", "取消": "cancel", "错误": "error"}
        for chinese, word in words.items():
            self.env.cr.execute(
                """UPDATE ir_ui_view SET arch_db = jsonb_set(arch_db, '{zh_CN}',
                          to_jsonb(replace(arch_db ->> 'zh_CN', %s, %s)))
                    WHERE key = 'payment_demo.payment_details' AND arch_db ? 'zh_CN'""",
                [f'<option value="{chinese}"', f'<option value="{word}"'],
            )
        self.env.registry.clear_cache("templates")

    def accounts(self):
        """Print who can sign in."""
        print("\nAccounts (login / password):")
        print("  admin / admin           everything, Odoo's own settings too")
        for login, groups, _name in ROLES:
            print(f"  {login + ' / ' + PASSWORD:<23} {groups.replace('_', ' ')}")
        print(f"  {'guest / ' + PASSWORD:<23} a guest, in the portal\n")


demo = Demo(env)  # noqa: F821
demo.run()
for figures in ("hotel.guest.metric", "hotel.figure.day"):  # else they would come within minutes
    env[figures]._refresh_changed()  # noqa: F821
demo.accounts()
