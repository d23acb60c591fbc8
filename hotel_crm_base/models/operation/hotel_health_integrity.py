from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ... import integrity
from .health_parts import Check, Finding, Words

_lt = LazyTranslate(__name__)

WORDS = {
    "inventory_differs": Words(
        "critical",
        _lt("On %(count)s coming nights and room types, more or fewer rooms are counted as sold than stays take."),
        _lt("Until it is mended, a room may be sold twice, or not at all. In odoo shell: "
            "env['hotel.inventory']._refresh(env['hotel.room.type'].search([])); env.cr.commit()"),
    ),
    "nights_differ": Words(
        "critical",
        _lt("%(count)s stays have other nights than their dates say."),
        _lt("Find out who wrote to the database past the program; restore the rows from a backup."),
    ),
    "folio_differs": Words(
        "critical",
        _lt("%(count)s bookings that are over have other consumption than their folios charged."),
        _lt("Points, figures and credit of these guests follow consumption: post or reverse the difference, and find "
            "out how it came about."),
    ),
    "metrics_differ": Words(
        "warning",
        _lt("The figures of %(count)s guests do not say how often they stayed."),
        _lt("Configuration / Data / Computation of Figures: compute all figures."),
    ),
    "nights_kept_differ": Words(
        "warning",
        _lt("Of two hundred days, %(count)s have other nights in reports than in stays."),
        _lt("Configuration / Data / Computation of Figures: compute all figures."),
    ),
}


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "inventory": Check("integrity", _lt("Rooms sold are those of stays"), "_find_inventory", is_costly=True),
            "nights": Check("integrity", _lt("Stays have their nights"), "_find_nights", is_costly=True),
            "folio": Check("integrity", _lt("Consumption is what folios charged"), "_find_folio", is_costly=True),
            "metrics": Check("integrity", _lt("Figures are those of stays"), "_find_metrics", is_costly=True),
            "nights_kept": Check(
                "integrity", _lt("Nights in reports are those of stays"), "_find_nights_kept", is_costly=True
            ),
        }

    @api.model
    def _get_words(self):
        return {**super()._get_words(), **WORDS}

    @api.model
    def _find_inventory(self):
        return self._query_differing(integrity.QUERIES["inventory"], "inventory_differs")

    @api.model
    def _find_nights(self):
        return self._query_differing(integrity.QUERIES["nights"], "nights_differ")

    @api.model
    def _find_folio(self):
        return self._query_differing(integrity.QUERIES["folio"], "folio_differs")

    @api.model
    def _find_metrics(self):
        return self._query_differing(integrity.QUERIES["metrics"], "metrics_differ")

    @api.model
    def _find_nights_kept(self):
        return self._query_differing(integrity.QUERIES["nights_kept"], "nights_kept_differ")

    @api.model
    def _query_differing(self, query, code):
        """Count what a query of an `integrity.py` finds; SQL because backups are compared by the same queries.

        :param tuple query: of QUERIES there
        :param str code: of the finding
        :rtype: list[Finding]
        """
        self.env.flush_all()
        _tables, text = query
        ((count,),) = self.env.execute_query(SQL(text))  # pylint: disable=sql-injection
        return [Finding(code, {"count": count})] if count else []
