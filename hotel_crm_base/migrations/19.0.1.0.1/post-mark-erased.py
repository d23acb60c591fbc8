"""Guests who were erased are known again by marks; before, the numbers that other systems gave them were flagged."""

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists


def migrate(cr, _version):
    """Make marks of the flags, which Odoo drops after this: an import could bring back who asked to be forgotten."""
    if not column_exists(cr, "hotel_guest_reference", "is_erased"):
        return
    marks = api.Environment(cr, SUPERUSER_ID, {})["hotel.erased.mark"]
    secret = marks._get_secret()
    cr.execute("SELECT concat_ws('|', source_system, source_ref) FROM hotel_guest_reference WHERE is_erased")
    marks._query_insert(sorted(marks._get_digest("reference", text, secret) for (text,) in cr.fetchall()))
