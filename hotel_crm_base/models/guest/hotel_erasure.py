"""Erasing guests: what tells who somebody was goes from all tables, in as many statements for a thousand as for one."""

from odoo import api, models
from odoo.tools import SQL

from .erasure_rules import (
    DELETED,
    DESCRIPTIONS,
    EMPTIED,
    LEFT_OUT,
    MASK,
    NOTHING,
    PERSONAL,
    REPLACED,
    SEALED,
    make_pattern,
)  # fmt: skip
from .merge_pointers import raw

TABLE = "hotel_erasure_tmp"
#: what a guest is called by; names of companies are no guest's
TEXTS = ("name", "email", "email_normalized", "street", "street2", "website", "vat", "hotel_guest_code")


class HotelErasure(models.AbstractModel):
    """Takes what is personal out of rows that stay, and deletes those that need not stay."""

    _name = "hotel.erasure"
    _description = "Erasure of Guests"

    @api.model
    def _prepare(self, families):
        """Note by which strings the guests are known, for the statements that follow.

        :param list[res.partner] families: a guest with those merged into him and their addresses, with sudo
        """
        rows, strings = [], set()
        for family in families:
            texts = [family_member[name] for family_member in family for name in TEXTS]
            texts += family.hotel_document_ids.mapped("name_on_document")
            texts += [user.login for user in family.with_context(active_test=False).user_ids]
            phones = [*family.mapped("phone"), *family.mapped("phone_sanitized")]
            pattern = make_pattern(texts, phones) or NOTHING
            rows += [(member.id, pattern) for member in family]
            strings |= {text for member in family for text in (member.name, member.email, member.phone_sanitized)}
        self._query_prepare(rows, sorted({text.strip().lower() for text in strings if text}))

    @api.model
    def _query_prepare(self, rows, strings):
        """Make the tables of guests and patterns, and of whole strings; SQL because they are temporary."""
        ids, patterns = zip(*rows, strict=True)
        self.env.flush_all()
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(TABLE)))
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE %s ON COMMIT DROP AS
                   SELECT DISTINCT ON (id) id, pattern FROM unnest(%s::int[], %s::text[]) r (id, pattern)""",
                SQL.identifier(TABLE), list(ids), list(patterns),
            )
        )  # fmt: skip
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(TABLE)))
        self.env.cr.execute("DROP TABLE IF EXISTS hotel_erasure_strings")
        self.env.cr.execute(
            SQL("CREATE TEMP TABLE hotel_erasure_strings ON COMMIT DROP AS SELECT unnest(%s::text[]) AS text", strings)
        )

    # ---- rows about the guests --------------------------------------------------------------

    @api.model
    def _sweep(self):
        """Erase from every table that names a guest, and from what hangs on its rows."""
        self.env.flush_all()
        models_by_table = {model._table: model for model in self.env.registry.models.values() if model._auto}
        pointers = [
            (pointer.table, pointer.column, models_by_table.get(pointer.table))
            for pointer in self.env["hotel.merge.map"]._query_columns([])
            if pointer.table not in LEFT_OUT and pointer.column != "commercial_partner_id"
        ]
        owners = [(table, column, model) for table, column, model in pointers if model is not None]
        self._query_sweep_messages([owner for owner in owners if "message_ids" in owner[2]._fields])
        self._query_drop_contents()
        self._query_drop_import_rows()
        for table, column, _model in pointers:
            if table in DELETED:
                self._query_delete(table, column)
        for table, column, model in owners:
            if table not in DELETED:
                self._query_sweep_table(table, column, model)
        self._query_sweep_rest()
        self.env.invalidate_all(flush=False)

    @api.model
    def _query_delete(self, table, column):
        """Delete a guest's rows; SQL because of volume, and for append-only ones, which nobody else may delete."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s x USING %s g WHERE %s = g.id",
                SQL.identifier(table), SQL.identifier(TABLE), SQL.identifier("x", column),
            )
        )  # fmt: skip

    @api.model
    def _query_sweep_table(self, table, column, model):
        """Empty the free texts of a guest's rows and mask what is left of him; SQL because of volume."""
        empty, masked = self._get_columns(table, model)
        sets = [SQL("%s = NULL", SQL.identifier(name)) for name in empty]
        sets += [SQL("%s = %s", SQL.identifier(name), self._mask(name)) for name in masked]
        sets += [
            SQL("%s = %s", SQL.identifier(name), raw(value)) for name, value in REPLACED.get(table, {}).items()
        ]
        if not sets:
            return
        changed = [SQL("%s IS NOT NULL", SQL.identifier("x", name)) for name in empty]
        changed += [SQL("%s ~* g.pattern", SQL.identifier("x", name)) for name in masked]
        changed += [SQL("TRUE")] * bool(REPLACED.get(table))
        self.env.cr.execute(
            SQL(
                "UPDATE %s x SET %s FROM %s g WHERE %s = g.id AND (%s) AND (%s)",
                SQL.identifier(table), SQL(", ").join(sets), SQL.identifier(TABLE), SQL.identifier("x", column),
                raw(SEALED.get(table, "TRUE")), SQL(" OR ").join(changed),
            )
        )  # fmt: skip

    @api.model
    def _mask(self, name):
        return SQL("regexp_replace(%s, g.pattern, %s, 'gi')", SQL.identifier("x", name), MASK)

    @api.model
    def _get_columns(self, table, model):
        """Return the columns of a table that are emptied, and those in which strings of the guest are masked.

        :rtype: tuple[list[str], list[str]]
        """
        empty, masked = list(EMPTIED.get(table, ())), []
        required = self._query_required(table)
        for name, field in model._fields.items():
            if not field.store or field.inherited or field.type not in ("char", "text", "html") or field.translate:
                continue
            if name in REPLACED.get(table, ()) or not field.column_type or field.company_dependent:
                continue
            is_free = field.type != "char" or PERSONAL.search(name)
            if is_free and name not in required and (table, name) not in DESCRIPTIONS:
                empty.append(name)
            else:
                masked.append(name)
        return empty, masked

    @api.model
    def _query_required(self, table):
        """Return the columns of a table that may not be empty; SQL because the catalogue is no model."""
        rows = self.env.execute_query(
            SQL(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnotnull AND attnum > 0", table
            )
        )
        return {name for (name,) in rows}

    # ---- messages, files, and what names nobody by number -----------------------------------

    @api.model
    def _query_sweep_messages(self, owners):
        """Delete what was written on the guest and on what is his, by him and to him; on invoices it is masked.

        Files go with what they hang on, but those of invoices, which the law keeps. SQL because of volume.

        :param list owners: table, column and model of what has messages
        """
        places = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s AS model, x.id, g.pattern FROM %s x JOIN %s g ON %s = g.id",
                model._name, SQL.identifier(table), SQL.identifier(TABLE), SQL.identifier("x", column),
            )
            for table, column, model in owners
        )  # fmt: skip
        cr = self.env.cr
        cr.execute(SQL("DROP TABLE IF EXISTS hotel_erasure_places"))
        cr.execute(
            SQL(
                """CREATE TEMP TABLE hotel_erasure_places ON COMMIT DROP AS
                   SELECT DISTINCT ON (model, id) * FROM (
                     SELECT 'res.partner' AS model, id, pattern FROM %s UNION ALL %s) p""",
                SQL.identifier(TABLE), places,
            )
        )  # fmt: skip
        cr.execute("ANALYZE hotel_erasure_places")
        cr.execute(
            """DELETE FROM mail_message m WHERE m.model IS DISTINCT FROM 'account.move' AND m.id IN (
                   SELECT o.id FROM mail_message o JOIN hotel_erasure_places p ON o.model = p.model AND o.res_id = p.id
                    UNION SELECT o.id FROM mail_message o JOIN hotel_erasure_tmp g ON o.author_id = g.id
                    UNION SELECT r.mail_message_id FROM mail_message_res_partner_rel r
                            JOIN hotel_erasure_tmp g ON r.res_partner_id = g.id
                            JOIN mail_message o ON o.id = r.mail_message_id
                           WHERE o.model IS NULL OR o.model = 'res.partner')"""
        )
        self._query_mask_messages()
        self._query_drop_files()

    @api.model
    def _query_mask_messages(self):
        """Take the guest out of messages that stay, of what they track, and of activities."""
        cr = self.env.cr
        masked = "regexp_replace({0}, p.pattern, '" + MASK + "', 'gi')"
        cr.execute(  # pylint: disable=sql-injection
            f"""UPDATE mail_message m SET body = {masked.format("m.body")}, subject = {masked.format("m.subject")},
                       email_from = NULL, reply_to = NULL, incoming_email_to = NULL, incoming_email_cc = NULL,
                       outgoing_email_to = NULL
                  FROM hotel_erasure_places p WHERE m.model = p.model AND m.res_id = p.id"""
        )
        for name in ("old_value_char", "new_value_char", "old_value_text", "new_value_text"):
            cr.execute(  # pylint: disable=sql-injection
                f"""UPDATE mail_tracking_value v SET {name} = {masked.format("v." + name)}
                      FROM mail_message m JOIN hotel_erasure_places p ON m.model = p.model AND m.res_id = p.id
                     WHERE v.mail_message_id = m.id AND v.{name} ~* p.pattern"""
            )
        cr.execute(
            """DELETE FROM mail_activity a USING hotel_erasure_tmp g
                WHERE a.res_model = 'res.partner' AND a.res_id = g.id"""
        )
        cr.execute(
            """UPDATE mail_activity a SET res_name = NULL, note = NULL, feedback = NULL, summary = NULL
                 FROM hotel_erasure_places p WHERE a.res_model = p.model AND a.res_id = p.id"""
        )

    @api.model
    def _query_drop_files(self):
        """Delete the files of the guests, and what a search engine has read in those that stay."""
        cr = self.env.cr
        cr.execute(
            """SELECT a.id FROM ir_attachment a JOIN hotel_erasure_places p ON a.res_model = p.model AND a.res_id = p.id
                WHERE a.res_model NOT IN ('account.move', 'account.payment')"""
        )
        self.env["ir.attachment"].sudo().browse([number for (number,) in cr.fetchall()]).unlink()
        self.env.flush_all()
        cr.execute(
            """UPDATE ir_attachment a SET index_content = NULL, description = NULL, access_token = NULL,
                      name = regexp_replace(a.name, p.pattern, '***', 'gi')
                 FROM hotel_erasure_places p WHERE a.res_model = p.model AND a.res_id = p.id"""
        )

    @api.model
    def _query_drop_contents(self):
        """Empty what was said to nobody but erased guests."""
        self.env.cr.execute(
            """UPDATE hotel_message_content c SET subject = NULL, body = NULL
                 FROM hotel_message m JOIN hotel_erasure_tmp g ON g.id = m.partner_id
                WHERE m.content_id = c.id AND NOT EXISTS (
                      SELECT FROM hotel_message o WHERE o.content_id = c.id
                         AND o.partner_id NOT IN (SELECT id FROM hotel_erasure_tmp))"""
        )

    @api.model
    def _query_drop_import_rows(self):
        """Delete rows of files that wait to be mended, known by a number, a name or an address; SQL for cells."""
        self.env.cr.execute(
            """DELETE FROM hotel_import_row WHERE id IN (
                 SELECT r.id FROM hotel_import_row r, jsonb_array_elements(r.cells) c
                   JOIN hotel_erasure_strings s ON jsonb_typeof(c) = 'string' AND lower(c #>> '{}') = s.text
                 UNION
                 SELECT r.id FROM hotel_import_row r JOIN hotel_import_job j ON j.id = r.job_id AND j.kind = 'guests'
                   JOIN hotel_guest_reference f ON f.source_system = j.source_system AND f.source_ref = r.source_ref
                   JOIN hotel_erasure_tmp g ON g.id = f.partner_id)"""
        )
        self.env.cr.execute(
            """DELETE FROM hotel_feed_row WHERE id IN (
                 SELECT r.id FROM hotel_feed_row r, jsonb_each_text(r.data) c
                   JOIN hotel_erasure_strings s ON lower(c.value) = s.text WHERE r.data IS NOT NULL
                 UNION
                 SELECT r.id FROM hotel_feed_row r JOIN hotel_api_client a ON a.id = r.client_id
                   JOIN hotel_guest_reference f ON f.source_system = a.source_system
                    AND f.source_ref IN (r.data ->> 'guest_ref', CASE r.kind WHEN 'guests' THEN r.source_ref END)
                   JOIN hotel_erasure_tmp g ON g.id = f.partner_id)"""
        )
        self.env.cr.execute(
            """UPDATE hotel_import_column SET sample = NULL WHERE sample IS NOT NULL AND EXISTS (
                   SELECT FROM hotel_erasure_strings s WHERE strpos(lower(sample), s.text) > 0)"""
        )

    @api.model
    def _query_sweep_rest(self):
        """Erase what names a guest in words only: entries of the log, block lists; SQL because of volume."""
        cr = self.env.cr
        cr.execute("SELECT set_config('hotel_crm.erasure', 'on', true)")
        cr.execute(
            """UPDATE hotel_access_log l SET reason = NULL FROM hotel_erasure_tmp g
                WHERE l.guest_id = g.id AND l.reason IS NOT NULL"""
        )
        cr.execute(
            """UPDATE hotel_access_log l SET address = NULL
                 FROM res_users u JOIN hotel_erasure_tmp g ON g.id = u.partner_id
                WHERE l.user_id = u.id AND l.address IS NOT NULL"""
        )
        cr.execute("SELECT set_config('hotel_crm.erasure', 'off', true)")
        cr.execute("DELETE FROM mail_blacklist b USING hotel_erasure_strings s WHERE lower(b.email) = s.text")
        cr.execute("DELETE FROM phone_blacklist b USING hotel_erasure_strings s WHERE b.number = s.text")
        cr.execute(
            """DELETE FROM ir_model_data d USING hotel_erasure_tmp g
                WHERE d.model = 'res.partner' AND d.res_id = g.id AND d.module IN ('__import__', '__export__')"""
        )
