"""What tests of cases share: makers of departments and cases."""

from odoo.addons.hotel_crm_base.tests.common import HotelCase


class CaseMakers:
    """Makers of what cases are about, on the environment of the class."""

    @classmethod
    def _get_category(cls, code):
        return cls.env.ref(f"hotel_crm_service.hotel_case_category_{code}")

    @classmethod
    def _make_department(cls, name="Housekeeping", categories=(), **values):
        number = cls.env["hotel.department"].search_count([]) + 1
        return cls.env["hotel.department"].create(
            {
                "name": name,
                "code": f"D{number}",
                "property_id": cls.hotel.id,
                "category_ids": [cls._get_category(code).id for code in categories],
                **values,
            }
        )

    @classmethod
    def _make_case(cls, text="The shower is cold", **values):
        return cls.env["hotel.case"].create({"description": text, "property_id": cls.hotel.id, **values})


class ServiceCase(CaseMakers, HotelCase):
    """Two hotels, a guest, and two departments of the first hotel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest("Ana Costa", email="ana@example.com", phone="+351 912 345 678")
        cls.housekeeping = cls._make_department("Housekeeping", ["cleanliness", "smell"])
        cls.desk = cls._make_department("Front Desk", ["front_desk"], is_fallback=True)
