"""Guests who showed the same identity document are in the list of likely duplicates; they had a list of their own."""

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import table_exists

HINTS = "hotel_guest_duplicate_hint"


def migrate(cr, _version):
    """Carry over the pairs with what managers said of them, and drop the old list, which Odoo would leave behind."""
    if not table_exists(cr, HINTS):
        return
    pairs = api.Environment(cr, SUPERUSER_ID, {})["hotel.duplicate.pair"]
    cr.execute(f"SELECT partner_a_id, partner_b_id FROM {HINTS} WHERE reason = 'document'")
    for first, second in cr.fetchall():  # few: guests with one document
        pairs._query_note_document(first, second)
    cr.execute(
        f"""UPDATE hotel_duplicate_pair pair SET state = hint.state FROM {HINTS} hint
             WHERE (hint.partner_a_id, hint.partner_b_id) = (pair.partner_a_id, pair.partner_b_id)
               AND hint.reason = 'document' AND hint.state <> 'open' AND pair.state = 'open'"""
    )
    cr.execute(f"DROP TABLE {HINTS}")
