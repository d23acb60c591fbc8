from odoo import api, models
from odoo.tools import SQL

from .merge_pointers import QUERY, Pointer

#: tables whose rows follow from others, or are no guest's
LEFT_OUT = {"res_company", "hotel_property", "hotel_duplicate_pair", "discuss_channel_rtc_session"}
#: which rows move of tables where not all do; ``x`` is the row
CONDITIONS = {
    "res_partner": "x.id NOT IN ({kept}, {gone})",
    "hotel_guest_relation": "x.partner_id <> {kept} AND x.related_partner_id <> {kept}",
    # nobody travels with himself
    "hotel_stay_res_partner_rel": "NOT EXISTS (SELECT FROM hotel_stay s WHERE s.id = x.hotel_stay_id"
    " AND s.partner_id IN ({kept}, {gone}))",
    # sealed entries are proof against changes: their hash holds the partner
    "account_move": "x.inalterable_hash IS NULL",
    "account_move_line": "NOT EXISTS (SELECT FROM account_move m WHERE m.id = x.move_id"
    " AND m.inalterable_hash IS NOT NULL)",
}
#: columns that say again what another one of the row says
UNCOUNTED = {"commercial_partner_id", "partner_invoice_id", "partner_shipping_id", "order_partner_id", "author_id"}


class HotelMergeMap(models.AbstractModel):
    """Knows all columns of the database that point to a guest."""

    _name = "hotel.merge.map"
    _description = "What Points to a Guest"

    @api.model
    def _get_pointers(self):
        """Return what moves when two guests are merged: foreign keys, and references without one.

        :rtype: list[Pointer]
        """
        mapped = self.env["res.partner"]._hotel_merge_map()
        left_out = LEFT_OUT | {self.env[name]._table for name, field in mapped.items() if not field}
        tables, references = self._get_tables() - left_out, self._get_references()
        return [
            pointer._replace(**references.get((pointer.table, pointer.column), {}))
            for pointer in self._query_columns(list(references))
            if pointer.table in tables
        ]

    @api.model
    def _get_tables(self):
        """Return the tables of lasting records, and of links between them.

        :rtype: set[str]
        """
        tables = set()
        for model in self.env.registry.models.values():
            if model._abstract or model._transient or not model._auto or model._name.startswith("hotel.merge"):
                continue
            tables.add(model._table)
            tables |= {
                field.relation
                for field in model._fields.values()
                if field.type == "many2many" and field.store and not self.env[field.comodel_name]._transient
            }
        return tables

    @api.model
    def _query_columns(self, others):
        """Return the columns with a foreign key on contacts, and others; SQL because the catalogue is no model.

        :param list[tuple[str, str]] others: tables and columns
        """
        rows = self.env.execute_query(SQL(QUERY, [table for table, _name in others], [name for _table, name in others]))
        return [
            Pointer(
                table, column, key, tuple(names), has_company, has_date, tuple(checks or ()),
                tuple((keys, where) for keys, where in uniques or ()),
                CONDITIONS.get(table, ""),
                is_counted=column not in UNCOUNTED and key == "id",
            )
            for table, column, key, names, has_company, has_date, checks, uniques in rows
        ]  # fmt: skip

    @api.model
    def _get_references(self):
        """Return the columns that name a contact by its number and ``res.partner``, without a foreign key.

        :rtype: dict[tuple[str, str], dict]: table and column to what is known of the pointer
        """
        found = {}
        for model in self.env.registry.models.values():
            if model._abstract or model._transient or not model._auto or model._name == "ir.model.data":
                continue
            for field in model._fields.values():
                if not field.store or field.inherited:
                    continue
                place = (model._table, field.name)
                if field.type == "reference":
                    found[place] = {"is_text": True, "is_counted": False}
                elif field.type == "many2one_reference" and model._fields[field.model_field].store:
                    condition = f"x.{field.model_field} = 'res.partner'"
                    if model._name == "ir.attachment":
                        condition += " AND x.res_field IS NULL"
                    is_counted = model._name not in ("mail.followers", "mailing.trace")
                    found[place] = {"condition": condition, "is_counted": is_counted}
        return found

    @api.model
    def _query_counts(self, pointers, gone_id, kept_id, is_movable=True):
        """Return how many rows of each pointer name the guest who goes; one query because of their number.

        :rtype: list[tuple[Pointer, int]]: those with any
        """
        parts = [
            SQL(
                "SELECT %s AS number, count(*) AS rows FROM %s x WHERE %s",
                number,
                SQL.identifier(pointer.table),
                pointer.movable(gone_id, kept_id) if is_movable else pointer.rows(gone_id, kept_id),
            )
            for number, pointer in enumerate(pointers)
        ]
        rows = self.env.execute_query(
            SQL("SELECT number, rows FROM (%s) found WHERE rows > 0 ORDER BY 1", SQL(" UNION ALL ").join(parts))
        )
        return [(pointers[number], count) for number, count in rows]
