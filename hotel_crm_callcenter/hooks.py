"""Leaving nothing behind."""

from odoo.addons.hotel_crm_base.hooks import query_forget_reflections


def uninstall_hook(env):
    """Drop the technical users of the exchanges, and what core would leave behind."""
    users = env["hotel.call.exchange"].with_context(active_test=False).search([]).user_id
    env["hotel.call.exchange"].with_context(active_test=False).search([]).user_id = False
    partners = users.partner_id
    users.unlink()
    partners.unlink()
    env["ir.attachment"].search([("res_model", "=", "hotel.call.recording")]).unlink()
    query_forget_reflections(env.cr, "hotel_crm_callcenter")
