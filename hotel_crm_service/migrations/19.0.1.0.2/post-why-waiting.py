"""Why amends wait was a text in the language of whoever asked; it is reckoned anew for those that wait still."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Reckon as whoever asked, whose limit counts, and drop the texts."""
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    for amend in env["hotel.amend"].search([("state", "=", "waiting")]):
        amend.write(amend.with_user(amend.user_id or env.user)._get_reasons_to_wait())
    env.flush_all()
    cr.execute("ALTER TABLE hotel_amend DROP COLUMN IF EXISTS why_waiting")
