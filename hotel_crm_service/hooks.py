"""Leaving nothing behind."""

from odoo.addons.hotel_crm_base.hooks import query_forget_reflections


def uninstall_hook(env):
    """Delete the pictures of guests, which Odoo would keep, and what others have noted about our models."""
    env["ir.attachment"].search([("res_model", "in", ("hotel.case", "hotel.amend", "hotel.follow.up"))]).unlink()
    query_forget_reflections(env.cr, "hotel_crm_service")
