"""What is left of a guest who was erased: a number with a country, of no use to anybody but the books."""

from odoo import api, models
from odoo.tools import SQL

from .erasure_rules import CLEARED_FIELDS, KEPT_COLUMNS, NAME


class HotelErasure(models.AbstractModel):
    _inherit = "hotel.erasure"

    @api.model
    def _clear_guests(self, guests):
        """Empty the guests themselves and close their logins.

        :param res.partner guests: with sudo, all that are erased
        """
        self._query_close_logins()
        self.env.flush_all()
        self._query_clear_partners(guests)
        self._query_close_users()
        self.env.invalidate_all(flush=False)
        self.env["hotel.guest.token"].sudo()._refresh_partners(guests.ids)
        # who may log in is remembered by the server
        self.env.registry.clear_cache()

    @api.model
    def _query_clear_partners(self, guests):
        """Empty all columns of contacts that may tell who somebody is: every text, whoever added it.

        SQL because the ORM would track what it empties, and for volume.
        """
        fields, required = guests._fields, self._query_required("res_partner")
        names = [
            name
            for name, field in fields.items()
            if field.store and not field.inherited and field.column_type and name not in required | KEPT_COLUMNS
            and (field.type in ("char", "text", "html") or name in CLEARED_FIELDS)
        ]  # fmt: skip
        values = {
            **dict.fromkeys(names, SQL("NULL")),
            "name": SQL("%s", NAME),
            "complete_name": SQL("%s", NAME),
            "commercial_partner_id": SQL("x.id"),
            "active": SQL("FALSE"),
            "hotel_birth_mmdd": SQL("0"),
            "hotel_erased_at": SQL("%s", self.env.cr.now()),
            "signup_type": SQL("NULL"),
            "write_uid": SQL("%s", self.env.uid),
        }
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner x SET %s FROM hotel_erasure_tmp g WHERE g.id = x.id",
                SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()),
            )
        )

    @api.model
    def _query_close_logins(self):
        """Delete what lets the guests' accounts in, and where from they came; SQL because part of it has no ORM."""
        for table in ("res_users_apikeys", "res_device_log", "res_users_log", "auth_totp_device"):
            column = "create_uid" if table == "res_users_log" else "user_id"
            self.env.cr.execute("SELECT to_regclass(%s)", [table])
            if self.env.cr.fetchone()[0]:
                self.env.cr.execute(
                    SQL(
                        """DELETE FROM %s x USING res_users u JOIN hotel_erasure_tmp g ON g.id = u.partner_id
                            WHERE %s = u.id""",
                        SQL.identifier(table), SQL.identifier("x", column),
                    )
                )  # fmt: skip

    @api.model
    def _query_close_users(self):
        """Close the accounts; SQL because the ORM would send a farewell and track it."""
        self.env.cr.execute(
            """UPDATE res_users u SET active = FALSE, login = 'erased-' || u.id, password = NULL, signature = NULL,
                      totp_secret = NULL
                 FROM hotel_erasure_tmp g WHERE g.id = u.partner_id"""
        )
        self.env.cr.execute(
            """DELETE FROM bus_bus b USING hotel_erasure_tmp g
                WHERE b.channel LIKE '%"res.partner"%' AND b.channel LIKE '%' || g.id || '%'"""
        )
