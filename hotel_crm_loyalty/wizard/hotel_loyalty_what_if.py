"""What would a stay earn? Reckoned by the rules in force, nothing is written."""

from datetime import timedelta
from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import facts
from ..rules.summary_speech import say_number
from ..rules.summary_words import PHRASES

ROW = Markup('<tr><td class="text-end">%s</td><td>%s</td></tr>')
TABLE = Markup('<table class="table table-sm"><tbody>%s</tbody></table>')


class HotelLoyaltyWhatIf(models.TransientModel):
    """A stay that is supposed, and what it would earn."""

    _name = "hotel.loyalty.what.if"
    _description = "What Would a Stay Earn"

    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, default=lambda self: self._default_program_id(),
        domain=[("hotel_managed", "=", True), ("hotel_revision_id", "!=", False)],
    )  # fmt: skip
    card_id = fields.Many2one(
        "loyalty.card", string="Member", domain="[('program_id', '=', program_id)]",
        help="Empty: somebody of a tier who has nothing else.",
    )  # fmt: skip
    tier_id = fields.Many2one("hotel.loyalty.tier", domain="[('program_id', '=', program_id)]")
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", required=True, default=lambda self: self.env.user._get_hotel_property()
    )
    arrival_date = fields.Date(string="Arrival", required=True, default=lambda self: fields.Date.context_today(self))
    departure_date = fields.Date(
        string="Departure", required=True, default=lambda self: fields.Date.context_today(self) + timedelta(days=1)
    )
    booked_date = fields.Date(string="Booked On", default=lambda self: fields.Date.context_today(self))
    channel_id = fields.Many2one("hotel.channel")
    market_segment_id = fields.Many2one("hotel.market.segment")
    rate_plan_id = fields.Many2one("hotel.rate.plan")
    rooms = fields.Integer(default=1)
    is_award = fields.Boolean(string="Nights Paid with Points")
    currency_id = fields.Many2one(related="property_id.currency_id")
    line_ids = fields.One2many(
        "hotel.loyalty.what.if.line", "what_if_id", string="Amounts", default=lambda self: [(0, 0, {"kind": "room"})]
    )
    points = fields.Integer(compute="_compute_answer")
    answer_html = fields.Html(compute="_compute_answer", sanitize=False)

    @api.model
    def _default_program_id(self):
        return self.env["loyalty.program"].search(
            [("hotel_managed", "=", True), ("hotel_revision_id", "!=", False)], limit=1
        )

    @api.onchange("program_id")
    def _onchange_program_id(self):
        if self.card_id.program_id != self.program_id:
            self.card_id = False
        if self.tier_id.program_id != self.program_id:
            self.tier_id = False

    @api.depends(
        "program_id", "card_id", "tier_id", "property_id", "arrival_date", "departure_date", "booked_date",
        "channel_id", "market_segment_id", "rate_plan_id", "rooms", "is_award", "line_ids.kind", "line_ids.amount",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_answer(self):
        for wizard in self:
            try:
                found = wizard._ask()
            except UserError as error:
                wizard.points, wizard.answer_html = 0, Markup("<p>%s</p>") % str(error)
                continue
            wizard.points = found.points if found else 0
            wizard.answer_html = wizard._render(found) if found else False

    def _ask(self):
        """Return what the rules say, or None where something is not filled in yet.

        :rtype: loyalty_program_what_if.WhatIf
        :raises UserError: the departure is before the arrival, or the user may not see the member
        """
        self.ensure_one()
        for record in (self.program_id, self.card_id, self.tier_id, self.property_id):
            # ids come from the client, and the rules are asked with more rights
            record.check_access("read")
        if not (self.program_id and self.property_id and self.arrival_date and self.departure_date):
            return None
        if self.departure_date < self.arrival_date:
            raise UserError(self.env._("The departure is before the arrival."))
        return self.program_id._hotel_what_if(self._prepare_stay(), self.card_id, self.tier_id.code)

    def _prepare_stay(self):
        """Return the stay as a fact; amounts in the programme's currency at today's rate."""
        place = self.property_id
        return facts.Stay(
            "stay:0", self.arrival_date, self.departure_date,
            tuple((line.kind, self._convert(line.amount)) for line in self.line_ids if line.amount),
            place.code or "", place.hotel_brand or "", self.rate_plan_id.code or "", self.channel_id.code or "",
            self.market_segment_id.code or "", max(self.rooms, 1), self.booked_date or None, is_award=self.is_award,
        )  # fmt: skip

    def _convert(self, amount):
        # the program's currency is needed of whoever may ask
        target = self.program_id.sudo().currency_id
        today = fields.Date.context_today(self)
        found = self.currency_id._convert(amount, target, self.property_id.company_id, today)
        return Decimal(str(found)).quantize(Decimal(1).scaleb(-target.decimal_places))

    def _render(self, found):
        """Return the answer as HTML."""
        program, names = self.program_id, self._get_names()
        lines = program._explain_what_if(found)
        rows = [ROW % (f"{points:+,d}" if points is not None else "", text) for points, text in lines]
        notes = [self.env._("Tier after the stay: %s", names.get(found.tier_after, found.tier_after))]
        if found.tier_from:
            notes[0] = self.env._(
                "Tier from %(day)s on: %(tier)s",
                day=fields.Date.to_string(found.tier_from), tier=names.get(found.tier_after, found.tier_after),
            )  # fmt: skip
        if found.available:
            notes.append(self.env._("Points can be spent from %s on.", fields.Date.to_string(found.available)))
        if found.missing:
            ways = (" + ".join(f"{say_number(amount)} {names.get(metric, metric)}" for metric, amount in way)
                    for way in found.missing)  # fmt: skip
            tier = names.get(found.next_tier, found.next_tier)
            phrases = PHRASES.get(self.env["hotel.loyalty.revision"]._get_rules_language(), PHRASES["en"])
            notes.append(self.env._("Missing for %(tier)s: %(ways)s", tier=tier, ways=phrases["or"].join(ways)))
        return (TABLE % Markup("").join(rows)) + Markup("").join(Markup("<p>%s</p>") % note for note in notes)

    def _get_names(self):
        language = self.env["hotel.loyalty.revision"]._get_rules_language()
        return self.program_id._get_hotel_names(language)
