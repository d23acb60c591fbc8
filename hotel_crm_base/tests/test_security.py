"""Who may do what, written down, against what the database says: every model, every role.

A model without a line below fails the test: whoever adds a model says here who may use it.
"""

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import HotelCase

#: columns of the table: ten roles, and the two side groups alone
COLUMNS = {
    "hk": "housekeeping",
    "fb": "food_beverage",
    "fo": "front_office",
    "cs": "service",
    "ca": "call_agent",
    "cc": "call_supervisor",
    "mk": "marketing",
    "fi": "finance",
    "mg": "manager",
    "ad": "admin",
    "id": "identity",
    "ap": "approver",
}
#: r read, w write, c create, d delete, - nothing
#: scope: list (the same for all), property (of the user's), company (of the user's), guest (as
#: the guest: of the user's companies or of the chain), own (of the user), system (nobody's)
TABLE = """
model                         scope     hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.amenity                 list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.bed.type                list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.channel                 list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.market.segment          list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.preference              list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.preference.category     list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.rate.plan               list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.service.kind            list      r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.vip.code                list      r    r    r    r    r    r    r    r    rwc  rwcd r    r

hotel.property                property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.building                property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.floor                   property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.outlet                  property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room                    property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room.type               property  r    r    r    r    r    r    r    r    rwc  rwcd r    r
hotel.room.type.bed           property  r    r    r    r    r    r    r    r    rwcd rwcd r    r
hotel.room.type.image         property  r    r    r    r    r    r    r    r    rwcd rwcd r    r

hotel.stay                    property  r    r    rwc  r    r    r    r    r    rwcd rwcd r    r
hotel.stay.night              property  r    r    r    r    r    r    r    r    r    r    r    r
hotel.consumption             property  -    rc   rc   r    r    r    r    rc   rc   rc   -    -
hotel.service.record          property  rwc  rwc  rwc  rwc  rwc  rwc  r    r    rwcd rwcd r    r

res.partner                   guest     r    rwc  rwc  rwc  rwc  rwc  r    r    rwc  rwcd r    r
hotel.guest.preference        guest     r    rwcd rwcd rwcd rwcd rwcd r    r    rwcd rwcd r    r
hotel.guest.relation          guest     r    rwcd rwcd rwcd rwcd rwcd r    r    rwcd rwcd r    r
hotel.guest.reference         guest     r    r    r    r    r    r    r    r    r    r    r    r
hotel.consent                 guest     r    r    rc   rc   rc   rc   r    r    rc   rc   r    r
hotel.guest.document          guest     -    -    rwc  -    -    -    -    -    rwcd rwcd r    -
hotel.guest.duplicate.hint    guest     -    -    -    -    -    -    -    -    r    r    -    -
hotel.guest.metric            company   -    r    r    r    r    r    r    r    r    r    -    -

hotel.figure.day              property  -    -    -    -    -    -    r    r    r    r    -    -
hotel.stay.report             property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.booking.report          property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.occupancy.report        property  -    -    r    -    -    -    r    r    r    r    -    -
hotel.consumption.report      property  -    r    -    -    -    -    r    r    r    r    -    -
hotel.guest.report            company   -    -    -    -    -    -    r    r    r    r    -    -
hotel.preference.report       guest     -    -    -    -    -    -    r    -    r    r    -    -

hotel.access.log              company   -    -    -    -    -    -    -    -    r    r    -    -
hotel.import.job              own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.place            own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.column           own       -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.import.row              own       -    -    -    -    -    -    -    -    r    r    -    -
hotel.import.error            own       -    -    -    -    -    -    -    -    rw   rw   -    -
hotel.import.preset           list      -    -    -    -    -    -    -    -    rwcd rwcd -    -

hotel.consumption.reverse     own       -    rwcd rwcd -    -    -    -    rwcd rwcd rwcd -    -
hotel.guest.block             own       -    -    -    -    -    -    -    -    rwcd rwcd -    rwcd
hotel.guest.document.reveal   own       -    -    -    -    -    -    -    -    -    -    rwc  -
hotel.room.generate           own       -    -    -    -    -    -    -    -    rwcd rwcd -    -

hotel.metric.run              system    -    -    -    -    -    -    -    -    r    rw   -    -
hotel.data.key                system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.identity.use            system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.guest.registration      system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.guest.token             system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.guest.line              system    -    -    -    -    -    -    -    -    -    -    -    -
hotel.guest.metric.queue      system    -    -    -    -    -    -    -    -    -    r    -    -
hotel.figure.queue            system    -    -    -    -    -    -    -    -    -    r    -    -
"""
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


def read_table():
    """Return model -> (scope, {role: letters}) of the table above."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    roles = [COLUMNS[column] for column in header[2:]]
    return {name: (scope, dict(zip(roles, cells, strict=True))) for name, scope, *cells in lines}


EXPECTED = read_table()
MODELS_WITH_SCOPE = [name for name, (scope, _cells) in EXPECTED.items() if scope in ("property", "company", "guest")]


class SecurityCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls._make_property(name="Harbour Annex", code="ANNE")
        cls.guest = cls._make_guest("Ana Costa", company_id=cls.hotel.company_id.id, phone="+351912345678")
        cls.users = {}

    def _user(self, role, hotels=None):
        """Return a user of a role, made once per test."""
        hotels = self.hotel if hotels is None else hotels
        key = (role, hotels)
        if key not in self.users:
            self.users[key] = self._make_user(role, hotels)
        return self.users[key]

    def setUp(self):
        super().setUp()
        self.users = {}

    def _own_models(self):
        """Return the names of the models that the addon defines."""
        return sorted(
            name
            for name, model in self.registry.items()
            if model._original_module == "hotel_crm_base" and not model._abstract
        )

    def _make_one_of_each(self):
        """Return a record of each model with a scope, all of the first property and its guest."""
        guest, hotel = self.guest, self.hotel
        room_type = self.room_type
        building = self.env["hotel.building"].create({"name": "Main", "property_id": hotel.id})
        stay = self._make_stay(guest, state="in_house")
        outlet = self._make_outlet(hotel)
        consumption = self._make_consumption(guest, outlet_id=outlet.id)
        preference = self.env["hotel.preference"].search([], limit=1)
        other = self._make_guest("Rui Pinto", company_id=hotel.company_id.id)
        hints = self.env["hotel.guest.duplicate.hint"]
        records = {
            "res.partner": guest,
            "hotel.property": hotel,
            "hotel.building": building,
            "hotel.floor": self.env["hotel.floor"].create({"name": "1", "building_id": building.id}),
            "hotel.outlet": outlet,
            "hotel.room": self._make_room(room_type),
            "hotel.room.type": room_type,
            "hotel.room.type.bed": self.env["hotel.room.type.bed"].create(
                {"room_type_id": room_type.id, "bed_type_id": self.env["hotel.bed.type"].search([], limit=1).id}
            ),
            "hotel.room.type.image": self.env["hotel.room.type.image"].create({"room_type_id": room_type.id}),
            "hotel.stay": stay,
            "hotel.stay.night": stay.night_ids[0],
            "hotel.consumption": consumption,
            "hotel.service.record": self.env["hotel.service.record"].create(
                {
                    "partner_id": guest.id,
                    "property_id": hotel.id,
                    "kind_id": self.env["hotel.service.kind"].search([], limit=1).id,
                }
            ),
            "hotel.guest.preference": self.env["hotel.guest.preference"].create(
                {"partner_id": guest.id, "preference_id": preference.id}
            ),
            "hotel.guest.relation": self.env["hotel.guest.relation"].create(
                {"partner_id": guest.id, "related_partner_id": other.id, "kind": "family"}
            ),
            "hotel.guest.reference": self.env["hotel.guest.reference"].create(
                {"partner_id": guest.id, "source_system": "pms", "source_ref": "1"}
            ),
            "hotel.consent": guest.hotel_record_consent("offer", "email", "given"),
            "hotel.guest.document": self.env["hotel.guest.document"].create(
                {"partner_id": guest.id, "document_type": "passport"}
            ),
            "hotel.guest.duplicate.hint": hints.create(
                {"partner_a_id": guest.id, "partner_b_id": other.id, "reason": "document"}
            ),
        }
        metrics = self.env["hotel.guest.metric"]
        metrics._refresh_partners(guest.ids)
        records["hotel.guest.metric"] = metrics.search([("partner_id", "=", guest.id)], limit=1)
        days = self.env["hotel.figure.day"]
        records["hotel.figure.day"] = days.create(
            {
                "part": "room",
                "date": fields.Date.to_date("2026-05-01"),
                "property_id": hotel.id,
                "company_id": hotel.company_id.id,
                "currency_id": hotel.currency_id.id,
            }
        )
        self.env.flush_all()
        in_hotel = [("property_id", "=", hotel.id)]
        about_guest = [("partner_id", "=", guest.id)]
        for name, domain in {
            "hotel.stay.report": in_hotel,
            "hotel.booking.report": in_hotel,
            "hotel.occupancy.report": in_hotel,
            "hotel.consumption.report": in_hotel,
            "hotel.guest.report": about_guest,
            "hotel.preference.report": about_guest,
            "hotel.access.log": about_guest,
        }.items():
            records[name] = self.env[name].search(domain, limit=1)
        return records


@tagged("post_install", "-at_install")
class TestSecurity(SecurityCase):
    def test_every_model_is_in_the_table_and_every_line_is_a_model(self):
        own = {*self._own_models(), "res.partner"}
        self.assertEqual(own - set(EXPECTED), set(), "say in TABLE who may use these models")
        self.assertEqual(set(EXPECTED) - own, set())

    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        found = {
            name: {
                role: "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if self.env[name].with_user(self._user(role)).has_access(operation)
                )
                or "-"
                for role in COLUMNS.values()
            }
            for name in EXPECTED
        }
        self.maxDiff = None
        self.assertEqual(found, {name: cells for name, (_scope, cells) in EXPECTED.items()})

    def test_nobody_but_staff_has_any_right_on_any_model(self):
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, login=f"no_{group}", groups=group)
            for name in self._own_models():
                model = self.env[name].with_user(user)
                granted = [operation for operation in OPERATIONS.values() if model.has_access(operation)]
                self.assertEqual(granted, [], f"{name} for {group}")

    @mute_logger("odoo.models")
    def test_strangers_and_guests_get_nothing_out_of_any_call(self):
        records = self._make_one_of_each()
        portal = new_test_user(self.env, login="a_guest", groups="base.group_portal")
        public = self.env.ref("base.public_user")
        for name, record in records.items():
            if name == "res.partner":
                continue
            for user in (portal, public):
                mine = record.with_user(user)
                for call in self._get_reading_calls(mine):
                    with self.assertRaises(AccessError, msg=f"{name} for {user.login}"):
                        call()

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_records_are_seen_in_their_scope_only(self):
        records = self._make_one_of_each()
        self.assertEqual(set(MODELS_WITH_SCOPE), set(records), "make one of each model with a scope")
        homely = self._user("manager")
        sister = self._user("manager", self.sister)
        nobody = self._user("manager", self.env["hotel.property"])
        stranger = self._user("manager", self.other_hotel)
        for name, record in records.items():
            scope = EXPECTED[name][0]
            self.assertTrue(record, f"no {name} was made")
            with self.subTest(name):
                self.assertSeen(record, homely)
                self.assertNotSeen(record, stranger)
                for user in (sister, nobody):
                    if scope == "property":
                        self.assertNotSeen(record, user)
                    else:
                        self.assertSeen(record, user)

    def test_a_guest_of_the_chain_is_seen_by_all_its_companies(self):
        guest = self._make_guest("Zoe Lima")
        preference = self.env["hotel.guest.preference"].create(
            {"partner_id": guest.id, "preference_id": self.env["hotel.preference"].search([], limit=1).id}
        )
        for user in (self._user("front_office"), self._user("front_office", self.other_hotel)):
            self.assertSeen(guest, user)
            self.assertSeen(preference, user)

    def test_a_company_left_out_of_the_switcher_is_left_out_of_every_model(self):
        records = self._make_one_of_each()
        both = self._user("manager", self.hotel | self.other_hotel)
        for name, record in records.items():
            seen = record.with_user(both).with_context(allowed_company_ids=self.other_company.ids)
            self.assertFalse(seen.search([("id", "=", record.id)]), name)

    def test_imports_are_the_importers_own(self):
        importer, colleague = self._user("manager"), self._make_user("manager")
        job = self.env["hotel.import.job"].with_user(importer).create({"kind": "guests"})
        self.assertNotSeen(job, colleague)
        self.assertSeen(job, self._user("admin"))
        self.assertNotSeen(job, self._user("admin", self.other_hotel))

    def test_property_rules_follow_the_user_at_once(self):
        stay = self._make_stay(self.guest)
        clerk = self._user("front_office")
        self.assertSeen(stay, clerk)
        clerk.sudo().hotel_property_ids = [Command.set(self.sister.ids)]
        self.assertNotSeen(stay, clerk)

    def test_all_properties_is_for_managers(self):
        stay = self._make_stay(self.guest)
        for role, seen in (("front_office", False), ("manager", True)):
            user = self._user(role, self.sister)
            user.sudo().hotel_all_properties = True
            (self.assertSeen if seen else self.assertNotSeen)(stay, user)
        stranger = self._user("manager", self.other_hotel)
        stranger.sudo().hotel_all_properties = True
        self.assertNotSeen(stay, stranger)

    def _get_reading_calls(self, record):
        """Return ways to get a record out, as a remote caller has them."""
        domain, model = [("id", "=", record.id)], record.browse()
        return [
            lambda: record.read(["id", "display_name"]),
            lambda: record.web_read({"display_name": {}}),
            lambda: model.search(domain),
            lambda: model.search_count(domain),
            lambda: model.search_read(domain, ["display_name"]),
            lambda: model.web_search_read(domain, {"display_name": {}}),
            lambda: model.name_search("", domain),
            lambda: model.formatted_read_group(domain, [], ["__count"]),
            lambda: model.web_read_group(domain, ["id"], ["__count"]),
        ]

    def assertSeen(self, record, user):
        mine = record.with_user(user)
        self.assertEqual(mine.search([("id", "=", record.id)]), mine, f"{user.login} sees no {record._name}")

    def assertNotSeen(self, record, user):
        """Check that a user neither reads, finds, counts nor changes a record."""
        mine = record.with_user(user)
        mine.invalidate_recordset()
        model, domain = mine.browse(), [("id", "=", record.id)]
        self.assertFalse(model.search(domain), f"{user.login} finds a {record._name}")
        self.assertEqual(model.search_count(domain), 0)
        self.assertEqual(model.search_read(domain, ["display_name"]), [])
        self.assertEqual(model.web_search_read(domain, {"display_name": {}})["records"], [])
        self.assertEqual(model.name_search("", domain), [])
        [group] = model.formatted_read_group(domain, [], ["__count"])
        self.assertEqual(group["__count"], 0)
        with self.assertRaises(AccessError, msg=f"{user.login} reads a {record._name}"):
            mine.read(["display_name"])
        for operation in ("write", "unlink"):
            self.assertFalse(mine.has_access(operation))
