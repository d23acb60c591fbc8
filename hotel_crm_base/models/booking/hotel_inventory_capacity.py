"""How many rooms are for sale each night: rooms, closures, allotments, and how far ahead."""

import logging
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .hotel_inventory_sold import TAKING_STATES

_logger = logging.getLogger(__name__)


class HotelInventory(models.Model):
    _inherit = "hotel.inventory"

    @api.model
    def _cron_open_horizon(self):
        """Open the nights that have come within the horizon, and count those ahead anew.

        Counting anew changes nothing unless rows were written behind the program's back.
        """
        hotels = self.env["hotel.property"].search([])
        self.env["ir.cron"]._commit_progress(remaining=len(hotels))
        for hotel in hotels:
            self._open_horizon(hotel)
            self._refresh(hotel.room_type_ids)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _open_horizon(self, hotels):
        """Make the rows that miss for types that have rooms, from the business date to the horizon.

        :param hotel.property hotels: the properties
        :returns: number of rows made
        :rtype: int
        """
        return sum(self._query_open(hotel, hotel.room_type_ids) for hotel in hotels)

    def _refresh(self, room_types, first=None, last=None):
        """Count rooms, closures and stays of nights from the business date on anew.

        Where the hotel lost rooms that are sold already, the shortfall rises and somebody is told.

        :param hotel.room.type room_types: of one property or more
        :param date first: first night; default the business date
        :param date last: day after the last night; default all
        """
        worse = []
        self.env.flush_all()
        for hotel, types in room_types.sudo().grouped("property_id").items():
            start = max(first or hotel.business_date, hotel.business_date)
            worse += self._query_refresh(types.ids, start, last)
        self.invalidate_model()
        if worse:
            self.browse(worse)._after_shortfall()

    def _set_nights(self, room_types, days, vals):
        """Set allotment or overbooking of nights, and count what is for sale anew.

        :param list[date] days: the nights
        :param dict vals: values of limit, is_limited, overbooking, is_overbooking_set
        :returns: number of rows set
        :rtype: int
        """
        domain = [("room_type_id", "in", room_types.ids), ("date", "in", days)]
        rows = self.search(domain, order="room_type_id, date")
        if rows and vals:
            self._query_lock({(row.room_type_id.id, row.date): 0 for row in rows})
            if vals.get("overbooking") is not None or vals.get("is_overbooking_set") is False:
                # the row's CHECK compares with what is sold: the shortfall follows below
                rows._make_room_for_less()
            rows.write(vals)
            self._refresh(room_types, min(days), max(days) + timedelta(days=1))
        return len(rows)

    def _make_room_for_less(self):
        """Let nothing stand against a smaller number until the shortfall is counted; SQL as in _query_add_sold."""
        self.env.cr.execute(SQL("UPDATE hotel_inventory SET shortfall = sold WHERE id = ANY(%s)", self.ids))
        self.invalidate_recordset(["shortfall"])

    def _recount(self, spans):
        """Count the stays of some nights anew, such as after a bulk load; facts are never refused.

        :param list[tuple] spans: id of a room type, first night, day after the last night
        """
        worse = []
        for type_id, first, last in sorted(spans):
            worse += self._query_recount(type_id, first, last)
        self.invalidate_model()
        if worse:
            self.browse(worse)._after_shortfall()

    def _query_recount(self, type_id, first, last):
        """Lock the nights of a type in order and count their stays; SQL because of volume.

        :returns: ids of rows whose shortfall has risen
        :rtype: list[int]
        """
        span = SQL("i.room_type_id = %s AND i.date >= %s AND i.date < %s", type_id, first, last)
        known = self.env.execute_query(
            SQL("SELECT i.id FROM hotel_inventory i WHERE %s ORDER BY i.room_type_id, i.date FOR UPDATE", span)
        )
        if not known:
            return []
        rows = self.env.execute_query(
            SQL(
                """WITH old AS (SELECT i.id, i.shortfall, COALESCE(n.number, 0)::integer AS sold FROM hotel_inventory i
                     LEFT JOIN (SELECT n.date, COUNT(*) AS number FROM hotel_stay_night n
                                  JOIN hotel_stay s ON s.id = n.stay_id
                                 WHERE s.room_type_id = %(type_id)s AND s.state IN %(states)s
                                   AND n.property_id = (SELECT property_id FROM hotel_room_type WHERE id = %(type_id)s)
                                   AND n.date >= %(first)s AND n.date < %(last)s GROUP BY n.date) n ON n.date = i.date
                    WHERE %(span)s)
                   UPDATE hotel_inventory i SET sold = old.sold,
                          shortfall = GREATEST(0, old.sold - i.allotment - i.overbooking)
                     FROM old WHERE old.id = i.id AND i.sold <> old.sold
                RETURNING i.id, i.shortfall > old.shortfall""",
                type_id=type_id,
                states=TAKING_STATES,
                first=first,
                last=last,
                span=span,
            )
        )
        return [row_id for row_id, is_worse in rows if is_worse]

    def _query_open(self, hotel, room_types):
        """Insert rows that miss, with what is there and sold; SQL because they are thousands.

        A row that another transaction inserts meanwhile makes PostgreSQL ask for a retry.

        :returns: number of rows made
        :rtype: int
        """
        first, last = hotel._get_horizon()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL(
                """INSERT INTO hotel_inventory (room_type_id, property_id, date, rooms, out_of_order, "limit",
                          is_limited, allotment, overbooking, is_overbooking_set, shortfall, sold)
                   SELECT wanted.id, wanted.property_id, wanted.night, 0, 0, 0, FALSE, 0, 0, FALSE, 0, 0
                     FROM (SELECT t.id, t.property_id, night::date AS night FROM hotel_room_type t,
                                  generate_series(%(first)s::date, %(last)s::date - 1, '1 day') night
                            WHERE t.id = ANY(%(type_ids)s) AND EXISTS (
                                  SELECT FROM hotel_room r WHERE r.room_type_id = t.id AND r.active)) wanted
                    WHERE NOT EXISTS (SELECT FROM hotel_inventory i
                           WHERE i.room_type_id = wanted.id AND i.date = wanted.night)
                    ORDER BY wanted.id, wanted.night
                   ON CONFLICT (room_type_id, date) DO NOTHING""",
                first=first,
                last=last,
                type_ids=room_types.ids,
            )
        )
        made = cr.rowcount
        if made:
            self._refresh(room_types)
        return made

    def _query_refresh(self, type_ids, first, last):
        """Lock rows in order, then write what they should say where it differs; SQL because of volume.

        :returns: ids of rows whose shortfall has risen
        :rtype: list[int]
        """
        span = SQL("i.room_type_id = ANY(%s) AND i.date >= %s", type_ids, first)
        if last:
            span = SQL("%s AND i.date < %s", span, last)
        self.env.execute_query(
            SQL("SELECT i.id FROM hotel_inventory i WHERE %s ORDER BY i.room_type_id, i.date FOR UPDATE", span)
        )
        rows = self.env.execute_query(
            SQL(
                """UPDATE hotel_inventory i SET rooms = new.rooms, out_of_order = new.closed, sold = new.sold,
                          overbooking = new.overbooking, allotment = new.allotment,
                          shortfall = GREATEST(0, new.sold - new.allotment - new.overbooking)
                     FROM (%s) new WHERE i.id = new.id
                      AND (i.rooms, i.out_of_order, i.sold, i.overbooking, i.allotment, i.shortfall)
                          IS DISTINCT FROM (new.rooms, new.closed, new.sold, new.overbooking, new.allotment,
                                            GREATEST(0, new.sold - new.allotment - new.overbooking))
                RETURNING i.id, i.shortfall > new.shortfall""",
                self._get_state_query(type_ids, span),
            )
        )
        return [row_id for row_id, is_worse in rows if is_worse]

    def _get_state_query(self, type_ids, span):
        """Return the query of what rows should say, counted from rooms, closures and stays.

        :param list[int] type_ids: room types
        :param SQL span: condition on ``i``, the rows meant
        :rtype: SQL
        """
        return SQL(
            """SELECT f.id, f.rooms, f.closed, f.sold, f.overbooking, f.shortfall, GREATEST(0, CASE WHEN f.is_limited
                        THEN LEAST(f."limit", f.rooms - f.closed) ELSE f.rooms - f.closed END) AS allotment
                 FROM (
               SELECT i.id, i.is_limited, i."limit", i.shortfall, COALESCE(room.number, 0)::integer AS rooms,
                      COALESCE(closure.number, 0)::integer AS closed, COALESCE(night.number, 0)::integer AS sold,
                      CASE WHEN i.is_overbooking_set THEN i.overbooking
                           ELSE COALESCE(t.overbooking, 0) END AS overbooking
                 FROM hotel_inventory i JOIN hotel_room_type t ON t.id = i.room_type_id
                 LEFT JOIN (SELECT room_type_id, COUNT(*) AS number FROM hotel_room
                             WHERE active AND room_type_id = ANY(%(type_ids)s) GROUP BY room_type_id) room
                   ON room.room_type_id = i.room_type_id
                 LEFT JOIN (SELECT r.room_type_id, day::date AS date, COUNT(*) AS number
                              FROM hotel_room_closure c JOIN hotel_room r ON r.id = c.room_id AND r.active,
                                   generate_series(c.start_date, c.end_date - 1, '1 day') day
                             WHERE r.room_type_id = ANY(%(type_ids)s) GROUP BY 1, 2) closure
                   ON closure.room_type_id = i.room_type_id AND closure.date = i.date
                 LEFT JOIN (SELECT s.room_type_id, n.date, COUNT(*) AS number
                              FROM hotel_stay_night n JOIN hotel_stay s ON s.id = n.stay_id
                             WHERE s.room_type_id = ANY(%(type_ids)s) AND s.state IN %(states)s
                               AND n.property_id IN (SELECT property_id FROM hotel_room_type
                                                      WHERE id = ANY(%(type_ids)s))
                               AND n.date >= (SELECT MIN(i.date) FROM hotel_inventory i WHERE %(span)s)
                             GROUP BY 1, 2) night
                   ON night.room_type_id = i.room_type_id AND night.date = i.date
                WHERE %(span)s) f""",
            type_ids=type_ids,
            states=TAKING_STATES,
            span=span,
        )

    def _after_shortfall(self):
        """Hook: on these nights more rooms are sold than there are; tell the managers of the hotels."""
        for hotel, rows in self.sudo().grouped("property_id").items():
            _logger.info("Property %s lacks rooms on %s nights", hotel.code, len(rows))
            rows._notify_shortfall(hotel)

    def _notify_shortfall(self, hotel):
        """Leave a message in the inbox of the property's managers."""
        managers = self.env.ref("hotel_crm_base.group_manager").all_user_ids.filtered(
            lambda user: hotel in user.hotel_visible_property_ids and user.active
        )
        if managers:
            nights = ", ".join(f"{row.date} ({row.room_type_id.name}: {row.shortfall})" for row in self[:10])
            self.env["mail.thread"].message_notify(
                partner_ids=managers.partner_id.ids,
                subject=self.env._("%(hotel)s has sold more rooms than it has", hotel=hotel.name),
                body=self.env._("Rooms that miss, by night and type: %(nights)s.", nights=nights),
            )
