from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.hotel_crm_base.models.operation.health_parts import Check, Words

from ... import integrity

_lt = LazyTranslate(__name__)

WORDS = {
    "card_differs": Words(
        "critical",
        _lt("%(count)s cards have other points than their lots have left."),
        _lt("Members may spend what they do not have, or not what they have: stop redemptions, find out who wrote past "
            "the ledger, and restore these cards from a backup."),
    ),
    "lot_differs": Words(
        "critical",
        _lt("%(count)s lots of points have other points left than their moves say."),
        _lt("The moves are what happened: find out who wrote past the ledger, and restore these lots from a backup."),
    ),
    "debt_differs": Words(
        "critical",
        _lt("%(count)s cards owe other points than their moves say."),
        _lt("The moves are what happened: find out who wrote past the ledger, and restore these cards from a backup."),
    ),
}


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "card": Check("integrity", _lt("Points of cards are those of their lots"), "_find_card", is_costly=True),
            "lot": Check("integrity", _lt("Lots of points are the sum of their moves"), "_find_lot", is_costly=True),
            "debt": Check("integrity", _lt("Points owed are the sum of their moves"), "_find_debt", is_costly=True),
        }

    @api.model
    def _get_words(self):
        return {**super()._get_words(), **WORDS}

    @api.model
    def _get_guards(self):
        rows = self.env.registry["hotel.loyalty.row.mixin"]
        models_of_ledger = [model for model in self.env.registry.values() if issubclass(model, rows)]
        tables = [model._table for model in models_of_ledger if not model._abstract]
        return [*super()._get_guards(), *(f"{table}_guard{end}" for table in tables for end in ("", "_truncate"))]

    @api.model
    def _find_card(self):
        return self._query_differing(integrity.QUERIES["card"], "card_differs")

    @api.model
    def _find_lot(self):
        return self._query_differing(integrity.QUERIES["lot"], "lot_differs")

    @api.model
    def _find_debt(self):
        return self._query_differing(integrity.QUERIES["debt"], "debt_differs")
