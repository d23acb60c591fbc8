"""The telephone exchange of a company, and the technical user whose key its bridge carries."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

#: scope of the bridge's keys: they open the contract's routes, and no other door of Odoo
SCOPE = "hotel_telephony"
#: seconds without a request after which a bridge is taken for away
AWAY_AFTER = 180


class HotelCallExchange(models.Model):
    """One telephone exchange (PBX or provider) that a bridge connects to Odoo."""

    _name = "hotel.call.exchange"
    _description = "Telephone Exchange"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Name of the exchange in the settings of its bridge, such as main.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        index=True,
        check_company=True,
        help="The hotel of calls to numbers that belong to no hotel in particular.",
    )
    queue_id = fields.Many2one(
        "hotel.call.queue", string="Default Queue", help="Who takes calls that nothing else is said about."
    )
    caller_number = fields.Char(help="The number that guests see when the hotel calls, with + and country code.")
    number_ids = fields.One2many("hotel.call.number", "exchange_id", string="Numbers")
    user_id = fields.Many2one(
        "res.users", string="Technical User", copy=False, readonly=True, ondelete="restrict", groups="base.group_system"
    )
    seen_at = fields.Datetime(string="Last Seen at", copy=False, readonly=True)
    is_away = fields.Boolean(string="Bridge Away", compute="_compute_is_away")

    _code_unique = models.Constraint("UNIQUE (code)", "There is another exchange with this code.")

    @api.depends("seen_at")
    def _compute_is_away(self):
        limit = fields.Datetime.now() - timedelta(seconds=AWAY_AFTER)
        for exchange in self:
            exchange.is_away = not exchange.seen_at or exchange.seen_at < limit

    def unlink(self):
        """The key of an exchange that is gone opens nothing any more."""
        # technical users are closed to everybody
        users = self.sudo().user_id
        result = super().unlink()
        users.active = False
        return result

    def action_make_key(self):
        """Make a new key for the bridge and show it once; older keys end. Callable by administrators.

        :rtype: dict: an action
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("Key of the Bridge"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def _make_key(self):
        """Return a new key; those before are void.

        :rtype: str
        """
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("Keys of the bridge are made by administrators."))
        # technical users and their keys are closed to everybody
        user = self.sudo()._get_technical_user()
        keys = self.env["res.users.apikeys"].sudo().with_user(user).sudo()
        keys.search([("user_id", "=", user.id)]).unlink()
        return keys._generate(SCOPE, self.code, None)

    def _get_technical_user(self):
        """Return the user of this exchange's bridge, who is no staff and has one group only."""
        if not self.user_id:
            self.user_id = (
                self.env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    {
                        "name": f"Telephony bridge {self.code}",
                        "login": f"telephony_bridge_{self.code}",
                        "company_id": self.company_id.id,
                        "company_ids": [Command.set(self.company_id.ids)],
                        "group_ids": [Command.set(self.env.ref("hotel_crm_callcenter.group_telephony_bridge").ids)],
                    }
                )
            )
        return self.user_id

    @api.model
    def _find_for(self, hotel):
        """Return the exchange by which a hotel calls.

        :rtype: hotel.call.exchange, may be empty
        """
        own = self.search([("property_id", "=", hotel.id)], limit=1)
        return own or self.search([("company_id", "=", hotel.company_id.id)], limit=1)

    def _find_number(self, called):
        """Return the number of this exchange that was dialled.

        :param str called: as the bridge sends it
        :rtype: hotel.call.number, may be empty
        """
        numbers = self.number_ids.filtered("active")
        digits = called.lstrip("+0")
        return numbers.filtered(lambda number: digits and number.number.lstrip("+0") == digits)[:1]

    def _touch(self):
        """Note that the bridge is there, once a minute at most: not each request writes here."""
        now = fields.Datetime.now()
        if not self.seen_at or self.seen_at < now - timedelta(seconds=60):
            # who comes second lets it be
            if self.try_lock_for_update():
                self.seen_at = now
