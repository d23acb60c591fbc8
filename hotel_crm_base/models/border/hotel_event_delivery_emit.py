"""Facts become events: in the transaction of the fact, so that neither is there without the other."""

import json
import uuid

from odoo import api, fields, models
from odoo.tools import SQL

NAMESPACE = uuid.UUID("7a0d1f7e-6d6b-4c1e-9a55-3f1f0b8c2a11")
AT_ONCE = 10_000
PING = "ping"


class HotelEventDelivery(models.Model):
    _inherit = "hotel.event.delivery"

    @api.model
    def _hotel_emit(self, kind, records):
        """Tell whoever listens of a fact about each of some records, once per transaction.

        The records answer ``_prepare_hotel_event``: numbers and states, nothing personal.

        :param str kind: code of a hotel.event.kind
        :param records: a recordset, of any size
        """
        if records and kind in self.env["hotel.event.subscription"]._query_listened_kinds():
            self._emit_rows(kind, records)

    @api.model
    def _emit_ping(self, subscriptions):
        """Tell some receivers that they are reached.

        :param hotel.event.subscription subscriptions: whom
        """
        self._emit_rows(PING, subscriptions, to=subscriptions)

    @api.model
    def _emit_rows(self, kind, records, to=None):
        # whoever causes a fact need not be allowed to read all of it, nor to write events
        records = records.sudo()
        self.env["hotel.event.subscription"].sudo().flush_model()
        moment = self._query_moment()
        found = 0
        for start in range(0, len(records), AT_ONCE):
            rows = [self._prepare_row(kind, record, moment) for record in records[start : start + AT_ONCE]]
            found += self._query_insert(kind, rows, to)
        if found:
            self._wake()

    @api.model
    def _query_moment(self):
        """Return what tells this transaction from every other one; SQL because only the database knows.

        :rtype: str
        """
        return ":".join(self.env.execute_query(SQL("SELECT now()::text, pg_current_xact_id()::text"))[0])

    @api.model
    def _prepare_row(self, kind, record, moment):
        """Return number, event, payload, property and company of one record.

        :rtype: tuple
        """
        data, hotel, company = record._prepare_hotel_event()
        event_id = str(uuid.uuid5(NAMESPACE, f"{self.env.cr.dbname}:{kind}:{record.id}:{moment}"))
        payload = {
            "id": event_id,
            "kind": kind,
            "at": fields.Datetime.now().isoformat() + "Z",
            "property": hotel.code or None,
            "data": data,
        }
        text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
        return record.id, event_id, text, hotel.id or None, (company or hotel.company_id).id or None

    @api.model
    def _query_insert(self, kind, rows, to=None):
        """Insert events for all who listen and return how many; SQL because a night file brings thousands.

        :param list[tuple] rows: as `_prepare_row` gives them
        :param hotel.event.subscription to: only these, whatever they listen to
        """
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_event_delivery (subscription_id, company_id, kind_id, property_id, record_number,
                        event_id, payload, state, attempts, next_try_at,
                        create_uid, write_uid, create_date, write_date)
                   SELECT subscription.id, subscription.company_id, kind.id, row.property_id, row.number, row.event_id,
                          row.payload, 'queued', 0, %(now)s, %(uid)s, %(uid)s, %(now)s, %(now)s
                     FROM unnest(%(numbers)s::int[], %(events)s::text[], %(payloads)s::text[],
                                 %(properties)s::int[], %(companies)s::int[])
                            AS row(number, event_id, payload, property_id, company_id)
                     JOIN hotel_event_kind kind ON kind.code = %(kind)s
                     JOIN hotel_event_subscription subscription ON %(listens)s
                    WHERE (row.company_id IS NULL OR row.company_id = subscription.company_id)
                      AND (row.property_id IS NULL
                           OR NOT EXISTS (SELECT FROM hotel_event_subscription_property_rel rel
                                           WHERE rel.subscription_id = subscription.id)
                           OR EXISTS (SELECT FROM hotel_event_subscription_property_rel rel
                                       WHERE rel.subscription_id = subscription.id
                                         AND rel.property_id = row.property_id))
                   ON CONFLICT (subscription_id, event_id) DO NOTHING""",
                now=fields.Datetime.now(),
                uid=self.env.uid,
                kind=kind,
                listens=self._get_listening_sql(to),
                numbers=columns[0],
                events=columns[1],
                payloads=columns[2],
                properties=columns[3],
                companies=columns[4],
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model()
        return count

    @api.model
    def _get_listening_sql(self, to=None):
        """Return the condition of those receivers who are to be told of a kind.

        :param hotel.event.subscription to: as above
        """
        if to:
            return SQL("subscription.id = ANY(%s)", to.ids)
        return SQL(
            """subscription.active
               AND EXISTS (SELECT FROM hotel_event_subscription_kind_rel rel
                            WHERE rel.subscription_id = subscription.id AND rel.kind_id = kind.id)"""
        )
