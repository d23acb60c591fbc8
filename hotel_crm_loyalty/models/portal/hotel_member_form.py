"""Forms that count once: who presses twice, or goes back and sends again, does nothing twice."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: days for which a form that was sent is known
KEPT = 7


class HotelMemberForm(models.Model):
    """One form of a member's page that was sent; which one, the key does not tell."""

    _name = "hotel.member.form"
    _description = "Form That Was Sent"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, help="A digest of session and form.")
    sent_at = fields.Datetime(required=True, index=True)

    _once = models.UniqueIndex("(key)", "This form was sent already.")

    @api.model
    def _take(self, key):
        """Note that a form is sent and return whether it is the first time.

        It is undone with everything else that the request does: a form that failed may be sent again. Of two at
        the same moment the second waits, is then tried again by Odoo, and finds the first.

        :param str key: names session and form
        :rtype: bool
        """
        return bool(self._query_take(key, fields.Datetime.now()))

    @api.model
    def _query_take(self, key, now):
        """SQL, because an INSERT that finds its row says so without an error that would end the transaction."""
        return self.env.execute_query(
            SQL(
                """INSERT INTO hotel_member_form (key, sent_at) VALUES (%s, %s)
                   ON CONFLICT DO NOTHING RETURNING id""",
                key,
                now,
            )
        )

    @api.autovacuum
    def _gc_forms(self):
        """Forget forms that nobody sends again."""
        old = self.search([("sent_at", "<", fields.Datetime.now() - timedelta(days=KEPT))], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
