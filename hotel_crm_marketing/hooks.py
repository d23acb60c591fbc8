"""Leaving nothing behind."""

from odoo.addons.hotel_crm_base.hooks import query_forget_reflections


def uninstall_hook(env):
    """Forget what Odoo's other addons have noted about the models of this one."""
    query_forget_reflections(env.cr, "hotel_crm_marketing")
