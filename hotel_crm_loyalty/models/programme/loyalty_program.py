"""A loyalty programme of hotels: Odoo's own record, with rules that are data and versions of them."""

from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ...rules import loader
from .. import guards

#: what follows from the rules, or what makes it a programme of hotels
RULED = frozenset(
    {"hotel_managed", "hotel_code", "hotel_revision_id", "hotel_revision_ids", "program_type", "applies_on",
     "trigger", "currency_id", "rule_ids"}
)  # fmt: skip


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_managed = fields.Boolean(
        string="Hotel Programme", copy=False, help="Points and tiers come from stays and consumption, by its rules."
    )
    hotel_code = fields.Char(string="Programme Code", copy=False)
    hotel_property_ids = fields.Many2many(
        "hotel.property",
        string="Hotels",
        help="Where it counts. Empty: all hotels of the company; without a company, of the chain.",
    )
    hotel_tz = fields.Selection(
        _tz_get,
        string="Programme Time Zone",
        default=lambda self: self.env.company.partner_id.tz or "UTC",
        help="Whose calendar says when a tier ends and points expire.",
    )
    hotel_revision_ids = fields.One2many("hotel.loyalty.revision", "program_id", string="Revisions of the Rules")
    hotel_revision_id = fields.Many2one(
        "hotel.loyalty.revision", string="Rules in Force", readonly=True, copy=False, ondelete="restrict"
    )
    hotel_tier_ids = fields.One2many("hotel.loyalty.tier", "program_id", string="Tiers")

    _hotel_code_unique = models.UniqueIndex(
        "(hotel_code) WHERE hotel_managed", "This programme code is in use already."
    )

    @api.constrains("hotel_managed", "program_type", "applies_on", "rule_ids", "hotel_code")
    def _check_hotel_managed(self):
        for program in self.filtered("hotel_managed"):
            if program.program_type != "loyalty" or program.applies_on != "both" or not program.hotel_code:
                raise ValidationError(self.env._("A hotel programme has loyalty cards and a code."))
            if program.rule_ids:
                raise ValidationError(self.env._("A hotel programme earns by its own rules, not by those of orders."))

    # core's name; super() has the decorator
    def _constrains_reward_ids(self):
        """A hotel programme may give its rewards elsewhere."""
        return super(LoyaltyProgram, self.filtered(lambda program: not program.hotel_managed))._constrains_reward_ids()

    def write(self, vals):
        """What the rules say, and who the members are, is not changed by hand.

        :raises AccessError: somebody writes what follows from the rules
        """
        kept = RULED & set(vals)
        if kept and not guards.is_given(self.env.context, guards.RULES) and any(self.mapped("hotel_managed")):
            raise AccessError(self.env._("This follows from the rules of the programme: %s", ", ".join(sorted(kept))))
        result = super().write(vals)
        if {"hotel_property_ids", "company_id"} & set(vals):
            # where it counts is a question of facts: all members are looked at again
            for program in self.filtered("hotel_managed"):
                self.env["hotel.loyalty.queue"]._query_add_program(program)
        return result

    @api.model
    def _hotel_load(self, code, currency=None):
        """Create a programme from one that comes with the addon, with its rules applied.

        :param str code: file in data/programmes, such as hotel_club
        :param res.currency currency: count in this one instead of the file's
        :rtype: loyalty.program
        :raises UserError: a programme of this code is there already, or its currency is not
        """
        content = loader.to_plain(loader.load_fixture(code))
        if currency:
            content["currency"] = currency.name
        program = self._hotel_create(content)
        revision = self.env["hotel.loyalty.revision"].create({"program_id": program.id, "content": content})
        revision._apply()
        return program

    @api.model
    def _hotel_create(self, content):
        """Create a programme that has no rules in force yet.

        :param dict content: its rules, without problems
        :rtype: loyalty.program
        :raises UserError: a programme of this code is there already, or its currency is not
        """
        code = content["code"]
        if self.search_count([("hotel_code", "=", code), ("hotel_managed", "=", True)], limit=1):
            raise UserError(self.env._("There is a programme with the code %s already.", code))
        program = self.create(self._prepare_hotel_vals(content))
        program._sync_hotel_name(content["name"])
        for lang, _name in self.env["res.lang"].get_installed():
            translated = program.with_context(lang=lang)
            translated.portal_point_name = translated.env._("points")
        return program

    def _sync_hotel_name(self, names):
        """Call the programme in each language what its rules call it.

        :param dict names: key of a language to name
        """
        self.ensure_one()
        for lang, _name in self.env["res.lang"].get_installed():
            key = self.env["hotel.loyalty.revision"]._get_rules_language(lang)
            self.with_context(lang=lang).name = names.get(key, names["en"])

    @api.model
    def _find_hotel_currency(self, name):
        """Return a currency by its code, in use from now on: rates and amounts of it are looked up.

        :rtype: res.currency
        :raises UserError: there is none
        """
        currencies = self.env["res.currency"].sudo().with_context(active_test=False)
        currency = currencies.search([("name", "=", name)], limit=1)
        if not currency:
            raise UserError(self.env._("There is no currency %s.", name))
        if not currency.active:
            currency.active = True
        return currency

    @api.model
    def _prepare_hotel_vals(self, content):
        """Return values of a programme from the content of its rules."""
        return {
            "name": content["name"]["en"],
            "hotel_managed": True,
            "hotel_code": content["code"],
            "company_id": False,
            "currency_id": self._find_hotel_currency(content["currency"]).id,
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "portal_visible": True,
            "portal_point_name": self.env._("points"),
            "rule_ids": [(5, 0, 0)],
            "reward_ids": [(5, 0, 0)],
            "communication_plan_ids": [(5, 0, 0)],
        }

    def _get_hotel_plan(self):
        """Return the rules in force, ready to be evaluated; cached by revision.

        :rtype: rules.plan.Plan
        :raises UserError: no rules were applied yet
        """
        self.ensure_one()
        # who asks what a stay earns need not read the rules
        revision = self.sudo().hotel_revision_id
        if not revision:
            raise UserError(self.env._("%s has no rules in force yet.", self.name))
        return revision._get_plan()

    def _get_hotel_today(self):
        """Return the date by the programme's clock.

        :rtype: date
        """
        self.ensure_one()
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(pytz.timezone(self.sudo().hotel_tz or "UTC")).date()

    def _get_hotel_properties(self):
        """Return where the programme counts; with sudo, because a member earns wherever he or she stays.

        :rtype: hotel.property
        """
        self.ensure_one()
        program = self.sudo()
        if program.hotel_property_ids:
            return program.hotel_property_ids
        domain = [("company_id", "child_of", program.company_id.id)] if program.company_id else []
        return self.env["hotel.property"].sudo().with_context(active_test=False).search(domain)

    def _to_hotel_date(self, moment):
        """Return the date by the programme's clock of a moment in UTC.

        :param datetime moment: naive UTC
        :rtype: date
        """
        zone = pytz.timezone(self.sudo().hotel_tz or "UTC")
        return datetime.astimezone(pytz.utc.localize(moment), zone).date()
