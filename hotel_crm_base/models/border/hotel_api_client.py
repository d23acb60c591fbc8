"""The systems that feed the CRM or ask it, each with a technical user, its properties and its rights."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...rest.errors import ApiError

#: scope of the keys of clients: they open API v1, and no other door of Odoo
SCOPE = "hotel_api"
#: names that are the program's own
RESERVED = ("manual", "api", "import")


class HotelApiClient(models.Model):
    """One system (PMS, POS, website, app) that calls API v1."""

    _name = "hotel.api.client"
    _inherit = ["hotel.key.holder.mixin"]
    _description = "API Client"
    _order = "name, id"
    _check_company_auto = True
    _key_scope = SCOPE

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    property_ids = fields.Many2many(
        "hotel.property",
        string="Properties",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        help="The hotels that it may write for and read of. Empty means none.",
    )
    scope_ids = fields.Many2many("hotel.api.scope", string="Rights")
    source_system = fields.Char(
        required=True,
        help="Name of the system in everything that it sends, such as opera. Together with its numbers it makes"
        " sure that nothing is stored twice; do not change it later.",
    )
    key_made_at = fields.Datetime(string="Key Made at", copy=False, readonly=True)
    key_until = fields.Datetime(string="Key Valid Until", copy=False, readonly=True)
    key_days = fields.Integer(string="Days a Key Is Valid", default=365, help="0: it does not end.")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="Of the reasons for which rows wait, and of the names that it reads.",
    )
    note = fields.Text(string="Notes")

    _source_unique = models.Constraint(
        "UNIQUE (company_id, source_system, name)", "There is a client of this name and source system already."
    )
    _user_unique = models.UniqueIndex("(user_id) WHERE user_id IS NOT NULL", "A technical user is of one client.")

    @api.constrains("source_system")
    def _check_source_system(self):
        for client in self:
            name = client.source_system
            if name != name.strip() or name.casefold() in RESERVED:
                raise ValidationError(self.env._("“%s” cannot be the name of another system.", name))

    @api.constrains("source_system", "company_id")
    def _check_source_company(self):
        """References are unique in the database: two companies' systems may not bear the same name."""
        for client in self:
            others = self.sudo().with_context(active_test=False)
            if others.search_count(
                [("source_system", "=", client.source_system), ("company_id", "!=", client.company_id.id)], limit=1
            ):
                raise ValidationError(self.env._("This name of a system is in use. Choose another one."))

    # ---- ORM --------------------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_id", "property_ids", "scope_ids", "name", "lang"} & set(vals):
            self._adapt_users()
        return result

    # ---- keys -------------------------------------------------------------------------------

    def action_drop_keys(self):
        """End all keys of these clients at once. Callable by administrators.

        :raises AccessError: for everybody else
        """
        result = super().action_drop_keys()
        self.write({"key_made_at": False, "key_until": False})
        return result

    def _make_key(self):
        key = super()._make_key()
        # keys are noted by the program
        self.sudo().write({"key_made_at": fields.Datetime.now(), "key_until": self._get_key_end() or False})
        return key

    def _get_key_end(self):
        return fields.Datetime.now() + timedelta(days=self.key_days) if self.key_days > 0 else None

    # ---- the technical user -------------------------------------------------------------------

    def _get_user_login(self):
        return f"hotel_api_{self.id}"

    def _prepare_user_vals(self):
        """Return what the technical user may: the client's properties, and the groups of its rights."""
        # groups are closed to everybody
        groups = self.sudo().scope_ids.group_id or self.env.ref("hotel_crm_base.group_api")
        return {
            "name": f"API {self.name}",
            "lang": self.lang,
            "company_id": self.company_id.id,
            "company_ids": [Command.set(self.company_id.ids)],
            "hotel_property_ids": [Command.set(self.property_ids.ids)],
            "group_ids": [Command.set(groups.ids)],
        }

    def _adapt_users(self):
        """Let the technical users follow what administrators say of their clients."""
        for client in self.sudo():
            if client.user_id:
                client.user_id.write({**client._prepare_user_vals(), "active": client.active})

    def _find_property(self, code):
        """Return a property of this client by its code.

        :raises ApiError: there is none, or it is not one of the client's
        """
        found = self.property_ids.filtered(lambda hotel: hotel.active and hotel.code == code)
        if not found:
            raise ApiError("There is no such property for this key.", "not_found", field="property")
        return found

    # ---- what it may ask about itself ---------------------------------------------------------

    @api.model
    def _api_show(self, client):
        """Return who a client is; see rest/catalogue.py."""
        hotels = client.property_ids.filtered("active").sorted("code")
        return {
            "name": client.name,
            "source_system": client.source_system,
            "key_until": client.key_until and f"{client.key_until.isoformat()}Z" or None,
            "rights": client.scope_ids.sorted("code").mapped("code"),
            "properties": [
                {
                    "code": hotel.code,
                    "name": hotel.name,
                    "time_zone": hotel.tz or "UTC",
                    "currency": hotel.currency_id.name,
                    "business_date": hotel.business_date and hotel.business_date.isoformat() or None,
                }
                for hotel in hotels
            ],
        }
