from odoo import api, models
from odoo.tools import SQL


class HotelRatioMixin(models.AbstractModel):
    """Measures that are a ratio of two sums, right in every group and total of graph and pivot.

    The average daily rate of a year is its revenue by its nights, never the mean of the months'.
    """

    _name = "hotel.ratio.mixin"
    _description = "Measures That Are Ratios"

    @api.model
    def _get_ratios(self):
        """Hook: return the measures of this model that are ratios.

        Such a field has ``aggregator="avg"``, so that clients offer it as a measure.

        :rtype: dict[str, tuple[str, str, int]]: field to (field above the line, field below,
            multiplier); both are aggregated as their own aggregator says
        """
        return {}

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, aggregator = aggregate_spec.partition(":")
        ratio = self._get_ratios().get(name) if aggregator in ("avg", "sum") else None
        if not ratio:
            return super()._read_group_select(aggregate_spec, query)
        above, below, factor = ratio
        return SQL(
            "%s::numeric * %s / NULLIF(%s, 0)",
            super()._read_group_select(f"{above}:{self._fields[above].aggregator}", query),
            factor,
            super()._read_group_select(f"{below}:{self._fields[below].aggregator}", query),
        )
