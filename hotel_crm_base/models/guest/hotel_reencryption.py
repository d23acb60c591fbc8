"""Moves stored values to the keys that are in use, in the background."""

import logging

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import vault

_logger = logging.getLogger(__name__)


class HotelReencryption(models.AbstractModel):
    """The work that follows when a key is replaced: idempotent, in batches, to be stopped at any time.

    A value says itself which keys it needs, so the work left is what a query finds.
    """

    _name = "hotel.reencryption"
    _description = "Re-encryption"

    @api.model
    def _cron_reencrypt(self, batch=500):
        """Move every value to the keys in use, then retire the keys that nothing needs.

        :param int batch: values per transaction
        """
        try:
            for model, field in self._get_targets():
                if not self._run(model, field, batch):
                    return  # out of time; the rest is found next time
            if not self._run_files():
                return
        except vault.VaultError as error:
            _logger.error("re-encryption stopped: %s", error)
            return
        self._retire_keys()

    @api.model
    def _get_targets(self):
        """Return every encrypted field of the database with its model.

        :rtype: list[tuple[models.Model, EncryptedChar]]
        """
        mixin = type(self.env["hotel.encrypted.mixin"])
        return [
            # the columns are closed to users
            (self.env[name].sudo(), field)
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
            for field in self.env[name]._get_encrypted_fields()
        ]

    @api.model
    def _run(self, model, field, batch):
        """Move the values of one field.

        :return: whether there was time for all of them
        :rtype: bool
        """
        cron = self.env["ir.cron"]
        keyring = self.env["hotel.data.key"]._get_keyring
        cron._commit_progress(remaining=self._query_count_stale(model, field, keyring()))
        last_id = 0
        while ids := self._query_stale(model, field, keyring(), last_id, batch):
            last_id = ids[-1]
            locked = model.browse(ids).try_lock_for_update()
            self._reencrypt(locked, field, keyring())
            if not cron._commit_progress(len(ids)):
                return False
        cron._commit_progress(remaining=0)  # damaged values stay behind; they are in the log
        return True

    @api.model
    def _run_files(self):
        """Hook: move what is encrypted as bytes to the keys in use.

        :return: whether there was time for all of it
        :rtype: bool
        """
        return True

    @api.model
    def _reencrypt(self, records, field, ring):
        """Encrypt values anew; damaged ones are logged and left as they are."""
        rows = []
        for record in records:
            try:
                value = ring.decrypt(record[field.enc_name], field.context_name)
            except vault.Damaged:
                _logger.error("%s of %s is damaged", field.name, record)
                continue
            rows.append((record.id, field.prepare_columns(records, ring, value)))
        try:
            with self.env.cr.savepoint():
                self._query_update(records, field, rows)
        except UniqueViolation:
            for row in rows:
                self._reencrypt_one(records, field, row)
        records.invalidate_recordset()

    @api.model
    def _reencrypt_one(self, records, field, row):
        """Store one row; where its blind index is taken by now, the model decides what it becomes."""
        record = records.browse(row[0])
        try:
            with self.env.cr.savepoint():
                self._query_update(records, field, [row])
        except UniqueViolation:
            record._before_index_clash(field)
            record.flush_recordset()
            self._query_update(records, field, [row])

    @api.model
    def _retire_keys(self):
        """Retire the keys that no value needs any more."""
        # the model is closed to users
        retiring = self.env["hotel.data.key"].sudo().search([("state", "=", "retiring")])
        free = retiring.filtered(lambda key: not self._query_count(key.purpose, key.version))
        if free:
            free.write({"state": "retired", "retired_at": fields.Datetime.now()})
        self.env["ir.cron"]._commit_progress()

    # ---- SQL: cipher texts in bulk, past the cache and the log of changes -------------------

    @api.model
    def _query_stale(self, model, field, ring, last_id, limit):
        """Ids above ``last_id`` of values under other keys than those in use, in order."""
        model.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id > %s AND %s ORDER BY id LIMIT %s",
                SQL.identifier(model._table),
                last_id,
                self._prepare_stale_condition(model, field, ring),
                limit,
            )
        )
        return [record_id for (record_id,) in rows]

    @api.model
    def _query_count_stale(self, model, field, ring):
        """How many values are under other keys than those in use."""
        model.flush_model()
        condition = self._prepare_stale_condition(model, field, ring)
        query = SQL("SELECT count(*) FROM %s WHERE %s", SQL.identifier(model._table), condition)
        return self.env.execute_query(query)[0][0]

    @api.model
    def _prepare_stale_condition(self, model, field, ring):
        stale = SQL(
            "%s NOT LIKE %s", SQL.identifier(field.enc_name), f"v{ring.active.get('data', 0)}:%"
        )
        if field.bidx_name in model._fields:
            pattern = f"{ring.active.get('index', 0)}:%"
            stale = SQL("(%s OR %s NOT LIKE %s)", stale, SQL.identifier(field.bidx_name), pattern)
        return stale

    @api.model
    def _query_count(self, purpose, version):
        """How many stored values need this key.

        :param str purpose: data or index
        :param int version: of the key
        """
        total = 0
        for model, field in self._get_targets():
            column = field.enc_name if purpose == "data" else field.bidx_name
            if column not in model._fields:
                continue
            model.flush_model()
            pattern = f"v{version}:%" if purpose == "data" else f"{version}:%"
            query = SQL(
                "SELECT count(*) FROM %s WHERE %s LIKE %s",
                SQL.identifier(model._table),
                SQL.identifier(column),
                pattern,
            )
            total += self.env.execute_query(query)[0][0]
        return total

    @api.model
    def _query_update(self, model, field, rows):
        """Write the columns of many values in one statement."""
        if not rows:
            return
        columns = list(rows[0][1])
        values = SQL(", ").join(
            SQL("(%s, %s)", record_id, SQL(", ").join(vals[name] or None for name in columns))
            for record_id, vals in rows
        )
        assignments = SQL(", ").join(
            SQL("%s = fresh.%s::varchar", SQL.identifier(name), SQL.identifier(name))
            for name in columns
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS stale SET %s FROM (VALUES %s) AS fresh (id, %s) WHERE stale.id = fresh.id",
                SQL.identifier(model._table),
                assignments,
                values,
                SQL(", ").join(SQL.identifier(name) for name in columns),
            )
        )
