from odoo import api, models


class HotelBulkLoader(models.AbstractModel):
    """The door to bulk loading: imports and seeding bring validated rows, SQL stores them.

    Layouts of rows are in ``intake/layouts.py``. Rights are the caller's business: this is private
    code that writes by SQL. One call is one set-based step of the running transaction; chunks of
    5,000 to 20,000 rows are best. Loading a row twice changes nothing.
    """

    _name = "hotel.bulk.loader"
    _description = "Bulk Loader"

    @api.model
    def _load_guests(self, rows, source_system, match=()):
        """Load guests; they are left as ``create`` would leave them.

        A guest whose reference is known is the same guest: empty fields are filled from the row,
        what stands there is kept, for people may have corrected it. Others are new, unless
        ``match`` names ways to find them among the guests.

        :param rows: list of layouts.GUEST, as tuples or dicts
        :param str source_system: where the references come from
        :param match: any of 'email', 'phone', 'code'
        :rtype: LoadResult
        """
        return self.env["hotel.bulk.guest"]._load(rows, source_system, match)

    @api.model
    def _load_stays(self, rows, source_system, live=False):
        """Load stays and their nights.

        A stay whose reference is known takes the row's values over, apart from two: a guest it has
        is kept (guests may have been merged), and a stay that has begun is not booked again.

        :param rows: list of layouts.STAY, as tuples or dicts
        :param str source_system: where the references of stays and guests come from
        :param bool live: call the hooks of stays that check in, check out or are cancelled by this
        :rtype: LoadResult
        """
        return self.env["hotel.bulk.stay"]._load(rows, source_system, live)

    @api.model
    def _load_consumption(self, rows, source_system, accrues_points=False):
        """Load charges. Charges are append-only: a known reference with other values is refused.

        :param rows: list of layouts.CONSUMPTION, as tuples or dicts
        :param str source_system: where the references come from
        :param bool accrues_points: whether loyalty programmes count them (history: no)
        :rtype: LoadResult
        """
        return self.env["hotel.bulk.consumption"]._load(rows, source_system, accrues_points)

    @api.model
    def _load_services(self, rows, source_system):
        """Load service records. A known reference takes the row's values over.

        :param rows: list of layouts.SERVICE, as tuples or dicts
        :param str source_system: where the references come from
        :rtype: LoadResult
        """
        return self.env["hotel.bulk.service"]._load(rows, source_system)
