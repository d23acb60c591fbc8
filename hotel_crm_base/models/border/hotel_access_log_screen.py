"""Screens that load again by themselves: who was shown today already is not noted again."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..guest import callers


class HotelAccessLog(models.Model):
    _inherit = "hotel.access.log"

    @api.model
    def _log_screen(self, screen, partner_ids, model):
        """Note the guests that a screen lists, each once a day for one user at one address.

        :param str screen: front_desk, room_rack or outlet
        :param Iterable[int] partner_ids: the guests
        :param str model: kind of record that is listed
        """
        shown = set(partner_ids) - {False}
        if shown:
            known = {guest for (guest,) in self.env.execute_query(self._query_shown_today(screen, model))}
            self._log("list", shown - known, [screen], model=model)

    @api.model
    def _query_shown_today(self, screen, model):
        """Return which guests this user was shown on a screen since his or her midnight."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return SQL(
            """SELECT DISTINCT unnest(COALESCE(guest_ids, ARRAY[guest_id])) FROM hotel_access_log
                WHERE user_id = %(user)s AND logged_at >= %(midnight)s::timestamptz AT TIME ZONE 'UTC'
                  AND action = 'list' AND model = %(model)s AND field_names = %(screen)s
                  AND origin = %(origin)s AND address IS NOT DISTINCT FROM %(address)s""",
            user=self.env.uid,
            midnight=midnight,
            model=model,
            screen=screen,
            origin=callers.get_origin(self.env),
            address=callers.get_address(),
        )
