"""The programme that a hotel begins with, and leaving nothing behind."""

from odoo.addons.hotel_crm_base.hooks import query_forget_reflections


def post_init_hook(env):
    """Load the example programme, in the company's currency, so that guests can join at once."""
    program = env["loyalty.program"].search([("hotel_managed", "=", True)], limit=1)
    if not program:
        env["loyalty.program"]._hotel_load("hotel_club", currency=env.company.currency_id)


def uninstall_hook(env):
    """Drop the guards of append-only tables, which would keep Odoo from removing them."""
    env.cr.execute("DROP FUNCTION IF EXISTS hotel_loyalty_guard() CASCADE")
    query_forget_reflections(env.cr, "hotel_crm_loyalty")
    _query_forget_programmes(env.cr)


def _query_forget_programmes(cr):
    """Forget the programmes of hotels that nobody has joined; SQL because their rules refuse to be deleted."""
    cr.execute(
        """SELECT array_agg(id) FROM loyalty_program program WHERE hotel_managed
              AND NOT EXISTS (SELECT FROM loyalty_card card WHERE card.program_id = program.id)"""
    )
    ids = cr.fetchone()[0] or []
    cr.execute("UPDATE loyalty_program SET hotel_revision_id = NULL WHERE id = ANY(%s)", [ids])
    for table in ("hotel_loyalty_limit", "hotel_loyalty_tier", "hotel_loyalty_revision"):
        cr.execute(f"DELETE FROM {table} WHERE program_id = ANY(%s)", [ids])  # pylint: disable=sql-injection
    cr.execute("DELETE FROM loyalty_program WHERE id = ANY(%s)", [ids])
