"""What was answered to requests with an idempotency key, so that a repeated one is answered the same."""

from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ... import booking_request
from ...rest.errors import ApiError

#: days that answers are kept; the parameter may say another number
DAYS = 7
DAYS_PARAMETER = "hotel_crm_base.api_idempotency_days"


def read_key(text):
    """Return an idempotency key.

    :raises ApiError: it is none
    """
    try:
        return booking_request.read_key(text)
    except booking_request.RequestError as error:
        raise ApiError(error.message, field="Idempotency-Key") from None


class HotelApiAnswer(models.Model):
    """The answer to one request of a client that came with an idempotency key."""

    _name = "hotel.api.answer"
    _description = "Kept Answer of the API"
    _rec_name = "key"
    _log_access = False

    client_id = fields.Many2one("hotel.api.client", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    digest = fields.Char(required=True, help="Of the request, to know it again.")
    answer = fields.Json()
    answered_at = fields.Datetime(required=True)

    _once = models.UniqueIndex("(client_id, key)", "This key was used already.")
    _answered_idx = models.Index("(answered_at)")

    @api.model
    def _find(self, client, key, digest):
        """Return what was answered to the same request before, None where it is new.

        :raises ApiError: the key was used for another request
        """
        known = self.search([("client_id", "=", client.id), ("key", "=", key)], limit=1)
        if not known:
            return None
        if known.digest != digest:
            raise ApiError("The Idempotency-Key was used for another request.", "idempotency_conflict")
        return known.answer

    @api.model
    def _query_keep(self, client, key, digest, answer):
        """Keep an answer; of two requests that meet, PostgreSQL lets the second be tried again."""
        self.env.cr.execute(
            SQL(
                # of two that commit at once the second fails to serialise, is tried again, and finds it
                """INSERT INTO hotel_api_answer (client_id, key, digest, answer, answered_at)
                   VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
                client.id,
                key,
                digest,
                Json(answer),
                fields.Datetime.now(),
            )
        )

    @api.autovacuum
    def _gc_answers(self, batch=10_000):
        """Forget answers past their time."""
        text = self.env["ir.config_parameter"].sudo().get_param(DAYS_PARAMETER) or ""
        days = int(text) if text.isdecimal() else DAYS
        before = fields.Datetime.now() - timedelta(days=days)
        self.env.cr.execute(
            SQL(
                """DELETE FROM hotel_api_answer WHERE id IN (
                       SELECT id FROM hotel_api_answer WHERE answered_at < %s LIMIT %s)""",
                before,
                batch,
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model()
        return count, count == batch
