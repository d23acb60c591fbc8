from datetime import date, datetime
from decimal import Decimal

from odoo.tests import tagged
from odoo.tools import plaintext2html

from ..common import HotelCase

#: columns that cannot be equal in two records
OWN = {"id", "create_date", "write_date", "commercial_partner_id", "hotel_guest_code", "hotel_registered_at"}


@tagged("post_install", "-at_install")
class TestBulkEqualsOrm(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loader = cls.env["hotel.bulk.loader"]
        cls.portugal = cls.env.ref("base.pt")
        cls.vip = cls.env["hotel.vip.code"].search([], limit=1)

    def _read_row(self, table, record_id):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT * FROM {table} WHERE id = %s", [record_id])
        return self.env.cr.dictfetchone()

    def _get_foreign_columns(self, model):
        """Return the fields of other addons: what a load means for them is theirs to say, and to test."""
        fields = self.env[model]._fields.values()
        return {field.name for field in fields if field._modules and "hotel_crm_base" not in field._modules}

    def _load_guest(self, **row):
        result = self.loader._load_guests([{"source_ref": "1", **row}], "pms")
        self.assertEqual((result.new, result.refused), (1, []))
        return result.ids[0]

    def _compare_guests(self, row, vals):
        made = self.env["res.partner"].create({"is_hotel_guest": True, **vals})
        by_orm = self._read_row("res_partner", made.id)
        by_bulk = self._read_row("res_partner", self._load_guest(**row))
        self.assertEqual(
            {name: value for name, value in by_bulk.items() if name not in OWN},
            {name: value for name, value in by_orm.items() if name not in OWN},
        )
        self.assertEqual(by_bulk["commercial_partner_id"], by_bulk["id"])
        self.assertEqual(len(by_bulk["hotel_guest_code"]), len(by_orm["hotel_guest_code"]))
        self.assertTrue(by_bulk["create_date"] and by_bulk["write_date"] and by_bulk["hotel_registered_at"])

    def test_a_guest_with_a_name_only(self):
        self._compare_guests({"name": "王伟"}, {"name": "王伟"})

    def test_a_guest_with_everything(self):
        values = {
            "name": "Ana Lucía Costa",
            "email": "Ana.Costa@example.com",
            "phone": "+351912345678",
            "lang": "en_US",
            "street": "Rua 1",
            "street2": "3º",
            "zip": "1000-001",
            "city": "Lisboa",
            "country_id": self.portugal.id,
        }
        self._compare_guests(
            {
                **values,
                "comment": "likes <b>tea</b>\n& quiet",
                "gender": "female",
                "birth_date": date(1990, 2, 28),
                "nationality_id": self.portugal.id,
                "vip_code_id": self.vip.id,
                "state_id": self.portugal.state_ids[:1].id,
            },
            {
                **values,
                "comment": plaintext2html("likes <b>tea</b>\n& quiet"),
                "hotel_gender": "female",
                "hotel_birth_date": date(1990, 2, 28),
                "hotel_nationality_id": self.portugal.id,
                "hotel_vip_code_id": self.vip.id,
                "state_id": self.portugal.state_ids[:1].id,
            },
        )

    def test_a_guest_of_a_country_with_rules_of_its_own(self):
        """Other addons compute columns from the country."""
        for code in ("be", "de", "cn"):
            country = self.env.ref(f"base.{code}")
            made = self.env["res.partner"].create({"is_hotel_guest": True, "name": "Bo", "country_id": country.id})
            result = self.loader._load_guests(
                [{"source_ref": f"{code}-1", "name": "Bo", "country_id": country.id}], "pms"
            )
            by_orm, by_bulk = self._read_row("res_partner", made.id), self._read_row("res_partner", result.ids[0])
            self.assertEqual(
                {name: value for name, value in by_bulk.items() if name not in OWN},
                {name: value for name, value in by_orm.items() if name not in OWN},
            )

    def test_nothing_is_left_to_compute(self):
        guest = self.env["res.partner"].browse(
            self._load_guest(name="Ana", email="Ana@Example.com", phone="+351912345678", country_id=self.portugal.id)
        )
        before = self._read_row("res_partner", guest.id)
        for field in guest._fields.values():
            if field.store and field.compute and field.type != "properties":
                self.env.add_to_compute(field, guest)
        guest._recompute_recordset()
        self.assertEqual(self._read_row("res_partner", guest.id), before)

    def test_hangs_nothing_on_the_guest_that_create_would_not(self):
        made = self._make_guest("Bo")
        loaded = self.env["res.partner"].browse(self._load_guest(name="Bo"))
        for model in ("mail.followers", "mail.message"):
            domain = [("res_id", "=", loaded.id)]
            domain.append(("res_model" if model == "mail.followers" else "model", "=", "res.partner"))
            self.assertFalse(self.env[model].search_count(domain), model)
        self.assertEqual(loaded.display_name, made.display_name)
        self.assertFalse(self.env["res.partner"].search_count([("name", "=", "-")]))

    def test_a_stay(self):
        guest = self._load_guest(name="Bo")
        values = {
            "property_id": self.hotel.id,
            "room_type_id": self.room_type.id,
            "arrival_date": date(2025, 2, 27),
            "departure_date": date(2025, 3, 2),
            "state": "departed",
            "adults": 2,
            "children": 1,
            "rate": Decimal("75.555"),
            "guest_country_id": self.portugal.id,
            "booked_at": datetime(2025, 1, 1, 12),
        }
        result = self.loader._load_stays([{"source_ref": "S1", "guest_ref": "1", **values}], "pms")
        made = self.env["hotel.stay"].create(
            {**values, "rate": 75.555, "partner_id": guest, "infants": 0} | {"source_system": "pms", "source_ref": "S2"}
        )
        own = {"id", "create_date", "write_date", "source_ref", *self._get_foreign_columns("hotel.stay")}
        by_orm, by_bulk = (self._read_row("hotel_stay", record_id) for record_id in (made.id, result.ids[0]))
        self.assertEqual(
            {name: value for name, value in by_bulk.items() if name not in own},
            {name: value for name, value in by_orm.items() if name not in own},
        )
        loaded = self.env["hotel.stay"].browse(result.ids)
        self.assertEqual(
            loaded.night_ids.mapped(lambda night: (night.date, night.rate, night.property_id)),
            made.night_ids.mapped(lambda night: (night.date, night.rate, night.property_id)),
        )

    def test_a_charge(self):
        self._load_guest(name="Bo")
        outlet = self._make_outlet(self.hotel)
        values = {
            "property_id": self.hotel.id,
            "outlet_id": outlet.id,
            "kind": "food",
            "business_date": date(2025, 3, 1),
            "bill_ref": "B7",
            "description": "Dinner",
            "amount_gross": Decimal("123.456"),
            "amount_net": Decimal("100.004"),
        }
        result = self.loader._load_consumption([{"source_ref": "C1", "guest_ref": "1", **values}], "pms")
        made = self.env["hotel.consumption"].create(
            {**values, "amount_gross": 123.456, "amount_net": 100.004, "accrues_points": False}
            | {"partner_id": self.env["hotel.consumption"].browse(result.ids).partner_id.id}
            | {"source_system": "pms", "source_ref": "C2"}
        )
        own = {"id", "create_date", "write_date", "source_ref", "posted_at"}
        by_orm, by_bulk = (self._read_row("hotel_consumption", rid) for rid in (made.id, result.ids[0]))
        self.assertEqual(
            {name: value for name, value in by_bulk.items() if name not in own},
            {name: value for name, value in by_orm.items() if name not in own},
        )
