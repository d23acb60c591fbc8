"""The systems that feed the CRM or ask it, each with a technical user, its properties and its rights."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...rest.errors import ApiError

#: scope of the keys of clients: they open API v1, and no other door of Odoo
SCOPE = "hotel_api"
#: names that are the program's own
RESERVED = ("manual", "api", "import")


class HotelApiClient(models.Model):
    """One system (PMS, POS, website, app) that calls API v1."""

    _name = "hotel.api.client"
    _description = "API Client"
    _order = "name, id"
    _check_company_auto = True

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
    user_id = fields.Many2one(
        "res.users", string="Technical User", copy=False, readonly=True, ondelete="restrict", groups="base.group_system"
    )
    key_made_at = fields.Datetime(string="Key Made at", copy=False, readonly=True)
    key_until = fields.Datetime(string="Key Valid Until", copy=False, readonly=True)
    key_days = fields.Integer(string="Days a Key Is Valid", default=365, help="0: it does not end.")
    seen_at = fields.Datetime(string="Last Call at", copy=False, readonly=True)
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

    def unlink(self):
        """The keys of a client that is gone open nothing any more."""
        # technical users are closed to everybody
        users = self.sudo().user_id
        users._hotel_drop_keys(SCOPE)
        result = super().unlink()
        users.active = False
        return result

    # ---- keys -------------------------------------------------------------------------------

    def action_make_key(self):
        """Make a new key and show it once; older keys end. Callable by administrators.

        :rtype: dict: an action
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("Key of the Client"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def action_drop_keys(self):
        """End all keys of these clients at once. Callable by administrators.

        :raises AccessError: for everybody else
        """
        self._check_administrator()
        # technical users and their keys are closed to everybody
        self.sudo().user_id._hotel_drop_keys(SCOPE)
        self.write({"key_made_at": False, "key_until": False})

    def _make_key(self):
        """Return a new key; those before are void.

        :rtype: str
        """
        self._check_administrator()
        # as above
        client, now = self.sudo(), fields.Datetime.now()
        until = now + timedelta(days=self.key_days) if self.key_days > 0 else None
        user = client._get_technical_user()
        user._hotel_drop_keys(SCOPE)
        client.write({"key_made_at": now, "key_until": until})
        return self.env["res.users.apikeys"].sudo().with_user(user).sudo()._generate(SCOPE, self.name, until)

    def _check_administrator(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("Keys are made and ended by administrators."))

    # ---- the technical user -------------------------------------------------------------------

    def _get_technical_user(self):
        """Return the user as whom this client's requests run, who is no staff."""
        self.ensure_one()
        if not self.user_id:
            users = self.env["res.users"].with_context(no_reset_password=True)
            self.user_id = users.create({"login": f"hotel_api_{self.id}", **self._prepare_user_vals()})
        return self.user_id

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

    def _touch(self):
        """Note that the client is there, once a minute at most: not each request writes here."""
        now = fields.Datetime.now()
        # who comes second lets it be
        if (not self.seen_at or self.seen_at < now - timedelta(seconds=60)) and self.try_lock_for_update():
            self.seen_at = now

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
