"""The telephone exchange of a company, and the technical user whose key its bridge carries."""

from datetime import timedelta

from odoo import Command, api, fields, models

#: scope of the bridge's keys: they open the contract's routes, and no other door of Odoo
SCOPE = "hotel_telephony"
#: seconds without a request after which a bridge is taken for away
AWAY_AFTER = 180


class HotelCallExchange(models.Model):
    """One telephone exchange (PBX or provider) that a bridge connects to Odoo."""

    _name = "hotel.call.exchange"
    _inherit = ["hotel.key.holder.mixin"]
    _description = "Telephone Exchange"
    _order = "name, id"
    _check_company_auto = True
    _key_scope = SCOPE

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
    seen_at = fields.Datetime(string="Last Seen at")
    is_away = fields.Boolean(string="Bridge Away", compute="_compute_is_away")

    _code_unique = models.Constraint("UNIQUE (code)", "There is another exchange with this code.")

    @api.depends("seen_at")
    def _compute_is_away(self):
        limit = fields.Datetime.now() - timedelta(seconds=AWAY_AFTER)
        for exchange in self:
            exchange.is_away = not exchange.seen_at or exchange.seen_at < limit

    def _get_user_login(self):
        return f"telephony_bridge_{self.code}"

    def _prepare_user_vals(self):
        return {
            "name": f"Telephony bridge {self.code}",
            "company_id": self.company_id.id,
            "company_ids": [Command.set(self.company_id.ids)],
            "group_ids": [Command.set(self.env.ref("hotel_crm_callcenter.group_telephony_bridge").ids)],
        }

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
