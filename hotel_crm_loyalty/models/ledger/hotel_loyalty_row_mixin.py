"""What moves and decisions have in common: written by the evaluation alone, and explained in words."""

from decimal import Decimal

from odoo import api, fields, models

from ...rules import results, words
from . import hotel_loyalty_guard

#: prefix of a fact's key -> the record behind it
ORIGINS = {
    "stay": "hotel.stay",
    "bill": "hotel.consumption",
    "refund": "hotel.consumption",
    "post": "hotel.loyalty.posting",
    "redeem": "hotel.loyalty.redemption",
    "grant": "hotel.loyalty.grant",
    "extend": "hotel.loyalty.extension",
    "choice": "hotel.loyalty.choice",
}


def find_origin(key):
    """Return model and id of the record behind a fact's key, or (None, None) for an event of the rules.

    >>> find_origin("stay:12"), find_origin("cycle:2026-12-31")
    (('hotel.stay', 12), (None, None))
    """
    prefix, _colon, number = key.partition(":")
    return (ORIGINS[prefix], int(number)) if prefix in ORIGINS and number.isdigit() else (None, None)


def to_plain(pairs):
    """Return pairs of a reason, or inputs, as a mapping that JSON can hold.

    >>> to_plain((("points", Decimal(5)), ("amount", Decimal("4.50"))))
    {'points': 5, 'amount': '4.5'}
    """
    return {name: _to_plain(value) for name, value in pairs}


def _to_plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value:f}".rstrip("0")
    return value if value is None or isinstance(value, (int, str)) else str(value)


class HotelLoyaltyRowMixin(models.AbstractModel):
    """A row of the ledger."""

    _name = "hotel.loyalty.row.mixin"
    _inherit = ["hotel.loyalty.ledger.mixin"]
    _description = "Row of the Loyalty Ledger"
    _log_access = False
    _order = "id desc"
    _rec_name = "key"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="card_id.company_id")
    key = fields.Char(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    revision_id = fields.Many2one("hotel.loyalty.revision", string="Rules", readonly=True, ondelete="restrict")
    version_code = fields.Char(string="Version", readonly=True)
    origin = fields.Char(readonly=True)
    reason_code = fields.Char(required=True, readonly=True)
    reason_params = fields.Json(readonly=True)
    inputs = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    booked_at = fields.Datetime(readonly=True, default=fields.Datetime.now)

    @api.depends("reason_code", "reason_params")
    @api.depends_context("lang")
    def _compute_reason(self):
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        for row in self:
            names = row.sudo().card_id.program_id._get_hotel_names(language)
            reason = results.Reason(row.reason_code or "", tuple((row.reason_params or {}).items()))
            row.reason = words.explain(reason, language, names) if row.reason_code in words.WORDS["en"] else False

    def init(self):
        if not self._abstract:
            hotel_loyalty_guard.protect(self.env.cr, self._table)
