"""What tests of attacks share: who attacks, whom, and remote calls that are to fail."""

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from .common import HotelCase


class AttackCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")
        cls.manager = cls._make_user("manager")
        cls.admin = cls._make_user("admin")
        cls.guest = cls._make_guest("Ana Costa", email="ana@example.com")
        cls.supplier = cls.env["res.partner"].create({"name": "Laundry", "is_company": True})
        cls.foreign_guest = cls._make_guest("Secret Star", company_id=cls.other_company.id)

    def _call(self, user, model, method, *args, **kwargs):
        return call_kw(self.env[model].with_user(user), method, args, kwargs)

    def assertRefused(self, user, model, method, *args, **kwargs):
        with (
            mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
            self.assertRaises(UserError, msg=f"{user.login}: {model}.{method}{args}"),
        ):
            self._call(user, model, method, *args, **kwargs)
            self.env.flush_all()
