"""A guest with a document, and a user of each role."""

from odoo import Command
from odoo.exceptions import AccessError, UserError

from odoo.addons.hotel_crm_base.models.guest import hotel_identity_use

from ..common import ROLES, HotelCase
from .identity_numbers import WANG

MAY_READ_DOCUMENTS = {"front_office", "manager", "admin", "marketing+identity", "front_office+identity"}
EVERYBODY = (*ROLES, "marketing+identity", "front_office+identity")
REFUSED = (AccessError, UserError, ValueError)


class DocumentSecurityCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest("Wang Wei")
        cls.document = cls._make_document(cls.guest, WANG)
        cls.users = {role: cls._make_user(role) for role in EVERYBODY}
        export = cls.env.ref("base.group_allow_export")
        for user in cls.users.values():
            user.group_ids = [Command.link(export.id)]
        cls.clerk = cls.users["front_office"]
        cls.reader = cls.users["front_office+identity"]

    def setUp(self):
        super().setUp()
        hotel_identity_use.GUESSES.clear()

    def _get_log(self, action, **values):
        domain = [("action", "=", action), ("partner_id", "=", self.guest.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["hotel.access.log"].search(domain)
