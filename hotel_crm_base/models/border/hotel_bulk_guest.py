from psycopg2.extras import Json

from odoo import models
from odoo.tools import SQL, email_normalize, plaintext2html

from ... import guards
from ...intake.layouts import GUEST

TABLE = "hotel_bulk_guest_tmp"
#: nothing per record that the loader does set-based: followers, messages, tokens, log entries
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "hotel_bulk": guards.BULK,
}
#: how guests may be matched: column of res_partner that must equal the row's
MATCHES = {
    # the number of a guest who was merged is that of the one who stays
    "code": "p.id = (SELECT COALESCE(g.hotel_merged_into_id, g.id) FROM res_partner g"
    " WHERE g.hotel_guest_code = t.guest_code)",
    "email": "p.email_normalized = t.email_normalized",
    "phone": "p.phone_sanitized = t.phone",
}
#: columns that a later load fills where they are empty
FILLED = {
    "hotel_gender": "gender",
    "hotel_nationality_id": "nationality_id",
    "street": "street",
    "street2": "street2",
    "zip": "zip",
    "city": "city",
    "hotel_vip_code_id": "vip_code_id",
}
_MMDD = "(EXTRACT(MONTH FROM {0}) * 100 + EXTRACT(DAY FROM {0}))::integer"


class HotelBulkGuest(models.AbstractModel):
    """Bulk loading of guests."""

    _name = "hotel.bulk.guest"
    _inherit = ["hotel.bulk.mixin"]
    _description = "Bulk Loading of Guests"

    def _load(self, rows, source_system, match=()):
        """Load guests; see hotel.bulk.loader._load_guests."""
        required = ("source_ref",) if match else ("source_ref", "name")
        tuples, refused = self._prepare_rows(GUEST, rows, required)
        refused += self.env["hotel.erased.mark"].sudo()._refuse_rows(GUEST, tuples, source_system)  # nobody's rights
        self.env["res.partner"].flush_model()
        kept = self._query_copy_rows(tuples)
        self._query_find(source_system)
        for how in match:
            refused += self._query_match(kept, how)
        refused += self._query_refuse(TABLE, kept, "name", "required", SQL("t.partner_id IS NULL AND t.name IS NULL"))
        new = self._query_insert()
        self._query_insert_references(source_system)
        changed = self._query_fill()
        self.env["hotel.bulk.document"]._insert(tuples, kept, TABLE)
        self._after_load(new, changed)
        result = [
            (position, partner_id, "new" if partner_id in new else "changed" if partner_id in changed else "same")
            for position, partner_id in self.env.execute_query(
                SQL("SELECT ord, partner_id FROM %s", SQL.identifier(TABLE))
            )
        ]
        return self._make_result(len(rows), kept, refused, result)

    def _query_copy_rows(self, tuples):
        """Fill the temporary table; SQL because of volume."""
        layout = (*GUEST, "email_normalized")
        email_at, comment_at = GUEST.index("email"), GUEST.index("comment")
        secret_at, comment = GUEST.index("document_number"), self.env["res.partner"]._fields["comment"]
        rows = []
        for row in tuples:
            if row is not None:
                email = row[email_at]
                row = list(row)
                row[secret_at] = None  # never in a table, not even a temporary one
                if row[comment_at]:
                    html = plaintext2html(row[comment_at])
                    row[comment_at] = comment.convert_to_column_insert(html, self.env["res.partner"])
                row.append(email and (email.lower() if email.isascii() else email_normalize(email)) or None)
            rows.append(row)
        return self._query_copy_good(
            TABLE, layout, rows, "partner_id integer, code text, is_new boolean, is_known boolean"
        )

    def _query_find(self, source_system):
        """Find the guests whose reference is known; SQL because of volume."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET partner_id = r.partner_id, is_known = TRUE
                     FROM hotel_guest_reference r
                    WHERE r.source_system = %s AND r.source_ref = t.source_ref RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )

    def _query_match(self, kept, how):
        """Match the remaining rows with guests in one way; refuse where several guests match."""
        # guests only: contacts who are none are not drawn in; and nobody who is of another company alone
        condition = SQL(
            f"p.is_hotel_guest AND p.active AND (p.company_id IS NULL OR p.company_id = ANY(%s)) AND {MATCHES[how]}",
            self.env.companies.ids,
        )  # pylint: disable=sql-injection
        column = {"code": "guest_code"}.get(how, how)
        found = SQL("SELECT min(p.id), count(*) FROM res_partner p WHERE %s", condition)
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET partner_id = CASE WHEN f.count = 1 THEN f.id ELSE -1 END
                     FROM (SELECT t.ord, m.min AS id, m.count FROM %s t, LATERAL (%s) m
                            WHERE t.partner_id IS NULL AND m.count > 0) f
                    WHERE f.ord = t.ord RETURNING 1""",
                SQL.identifier(TABLE),
                SQL.identifier(TABLE),
                found,
            )
        )
        return self._query_refuse(TABLE, kept, column, "ambiguous", SQL("t.partner_id = -1"))

    # ---- new guests -------------------------------------------------------------------------

    def _query_insert(self):
        """Insert the guests that are new; return their ids. SQL because of volume.

        What a row does not say is taken from a guest that the ORM made and that was rolled back,
        one per country: so defaults and computed columns of any addon are as ``create`` has them.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT ord, nextval('res_partner_id_seq') FROM %s WHERE partner_id IS NULL ORDER BY ord""",
                SQL.identifier(TABLE),
            )
        )
        if not rows:
            return set()
        orders, ids = map(list, zip(*rows, strict=True))
        codes = self.env["res.partner"]._next_hotel_guest_codes(len(rows))
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET partner_id = n.id, code = n.code, is_new = TRUE
                     FROM unnest(%s::integer[], %s::integer[], %s::text[]) AS n(ord, id, code)
                    WHERE n.ord = t.ord RETURNING 1""",
                SQL.identifier(TABLE),
                orders,
                ids,
                codes,
            )
        )
        templates = self._query_templates()
        values = self._get_column_expressions()
        columns = [name for name in templates[0] if name not in values]
        self.env.execute_query(
            SQL(
                """INSERT INTO res_partner (%s) SELECT %s
                     FROM %s t JOIN jsonb_populate_recordset(NULL::res_partner, %s) m
                       ON m.country_id IS NOT DISTINCT FROM t.country_id
                    WHERE t.is_new RETURNING 1""",
                SQL(", ").join(SQL.identifier(name) for name in (*values, *columns)),
                SQL(", ").join([*values.values(), *(SQL.identifier("m", name) for name in columns)]),
                SQL.identifier(TABLE),
                Json(templates),
            )
        )
        return set(ids)

    def _get_column_expressions(self):
        """Return ``{column of res_partner: SQL on t, the row, and m, the template}``."""
        now = SQL("%s", self.env.cr.now())
        born = _MMDD.format("t.birth_date")
        expressions = {
            "id": "t.partner_id",
            "commercial_partner_id": "t.partner_id",
            "complete_name": "t.name",
            **dict.fromkeys(["name", "email", "email_normalized", "phone"]),
            **dict.fromkeys(["street", "street2", "zip", "city", "state_id", "country_id", "comment"]),
            "phone_sanitized": "t.phone",
            "lang": "COALESCE(t.lang, m.lang)",
            "hotel_guest_code": "t.code",
            "hotel_registered_at": "COALESCE(t.registered_at, m.hotel_registered_at)",
            "hotel_gender": "t.gender",
            "hotel_birth_date": "t.birth_date",
            "hotel_birth_mmdd": born,
            "hotel_nationality_id": "t.nationality_id",
            "hotel_vip_code_id": "t.vip_code_id",
        }
        # constant texts only
        values = {name: SQL(text or f"t.{name}") for name, text in expressions.items()}  # pylint: disable=sql-injection
        return {**values, "create_date": now, "write_date": now}

    def _query_templates(self):
        """Return one row of res_partner, as the ORM makes it, per country among the new guests."""
        countries = [
            row[0]
            for row in self.env.execute_query(
                SQL("SELECT DISTINCT country_id FROM %s WHERE is_new", SQL.identifier(TABLE))
            )
        ]
        cr = self.env.cr
        self.env.flush_all()  # what waits to be written must not be undone with the templates
        cr.execute(SQL("SAVEPOINT hotel_bulk_template"))
        # who may load guests may lack rights that other addons ask for on create
        partners = (
            self.env["res.partner"]
            .sudo()
            .with_context(**QUIET)
            .create([{"name": "-", "is_hotel_guest": True, "country_id": country} for country in countries])
        )
        self.env.flush_all()
        rows = self.env.execute_query(SQL("SELECT to_jsonb(p) FROM res_partner p WHERE id IN %s", tuple(partners.ids)))
        cr.execute(SQL("ROLLBACK TO SAVEPOINT hotel_bulk_template"))
        self.env.invalidate_all(flush=False)
        return [row[0] for row in rows]

    def _query_insert_references(self, source_system):
        """Remember the references of guests that are new or were matched."""
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_guest_reference (partner_id, source_system, source_ref)
                   SELECT partner_id, %s, source_ref FROM %s WHERE is_known IS NULL RETURNING 1""",
                source_system,
                SQL.identifier(TABLE),
            )
        )

    # ---- guests that are there --------------------------------------------------------------

    def _query_fill(self):
        """Fill empty fields of known guests; return the ids of those changed. SQL because of volume.

        E-mail and phone go with what is computed from them; a guest who has none of an address
        takes the whole address.
        """
        pairs = {
            **{column: f"t.{name}" for column, name in FILLED.items()},
            "email": "t.email",
            "phone": "t.phone",
            "hotel_birth_date": "t.birth_date",
            "country_id": "t.country_id",
        }
        derived = {"email_normalized": ("email", "t.email_normalized"), "phone_sanitized": ("phone", "t.phone")}
        sets = [f"{column} = COALESCE(p.{column}, {value})" for column, value in pairs.items()]
        sets += [
            f"{column} = CASE WHEN p.{base} IS NULL THEN {value} ELSE p.{column} END"
            for column, (base, value) in derived.items()
        ]
        sets.append(
            "hotel_birth_mmdd = CASE WHEN p.hotel_birth_date IS NULL AND t.birth_date IS NOT NULL"
            f" THEN {_MMDD.format('t.birth_date')} ELSE p.hotel_birth_mmdd END"
        )
        gaps = " OR ".join(f"(p.{column} IS NULL AND {value} IS NOT NULL)" for column, value in pairs.items())
        rows = self.env.execute_query(
            SQL(
                """UPDATE res_partner p SET write_date = %s, write_uid = %s, %s
                     FROM %s t WHERE t.is_new IS NULL AND t.partner_id = p.id AND (%s) RETURNING p.id""",
                self.env.cr.now(),
                self.env.uid,
                SQL(", ".join(sets)),  # pylint: disable=sql-injection
                SQL.identifier(TABLE),
                SQL(gaps),  # pylint: disable=sql-injection
            )
        )
        return {row[0] for row in rows}

    # ---- what hangs on a guest --------------------------------------------------------------

    def _after_load(self, new, changed):
        """Bring look-up keys and the access log up to date; forget what was cached."""
        self.env["res.partner"].invalidate_model()
        log = self.env["hotel.access.log"].with_context(hotel_log_source=guards.Source("import"))
        tokens = self.env["hotel.guest.token"]
        if new:
            tokens._copy_tokens(self._query_token_rows())
            log._log("create", sorted(new))
        if changed:
            tokens._refresh_partners(sorted(changed))
            self.env["hotel.figure.queue"].sudo()._query_add_guests(sorted(changed))  # the program's own
            log._log("write", sorted(changed), sorted(FILLED))

    def _query_token_rows(self):
        """Return what the look-up keys of the new guests are made of; SQL because of volume."""
        return self.env.execute_query(
            SQL(
                """SELECT partner_id, COALESCE(registered_at, %s)::date - DATE '1970-01-01',
                          name, phone, email_normalized, code FROM %s WHERE is_new""",
                self.env.cr.now(),
                SQL.identifier(TABLE),
            )
        )
