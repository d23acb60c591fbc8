"""Database preparation at install, and leaving nothing behind at uninstall."""

import shutil

import odoo.modules.db
from odoo.tools import SQL


def pre_init_hook(env):
    """Bring the extensions that the guest look-up needs, unaccent usable in indexes."""
    cr = env.cr
    cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cr.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    if odoo.modules.db.has_unaccent(cr) != odoo.modules.db.FunctionStatus.INDEXABLE:
        # Odoo's own way with --unaccent; the dictionary file does not change under a running server
        cr.execute("ALTER FUNCTION unaccent(text) IMMUTABLE")
        _query_drop_plain_trigram_indexes(cr)
    registry = env.registry
    registry.has_trigram = odoo.modules.db.has_trigram(cr)
    if not registry.has_unaccent:
        registry.unaccent = lambda x: SQL("unaccent(%s)", x) if isinstance(x, SQL) else f"unaccent({x})"
        registry.unaccent_python = odoo.tools.misc.remove_accents
    registry.has_unaccent = odoo.modules.db.has_unaccent(cr)


def _query_drop_plain_trigram_indexes(cr):
    """Drop trigram indexes made before unaccent: Odoo builds them anew at the end of the install.

    Raw SQL because indexes have no model.
    """
    cr.execute(
        """SELECT indexname FROM pg_indexes
           WHERE schemaname = current_schema AND indexname LIKE '%\\_\\_%\\_index'
             AND indexdef LIKE '%gin_trgm_ops%' AND indexdef NOT LIKE '%unaccent(%'"""
    )
    for (name,) in cr.fetchall():
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))


def post_init_hook(env):
    """Let the administrator see everything, and make trigram indexes that the hook above dropped."""
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        admin.hotel_all_properties = True
    env.registry.check_indexes(env.cr, env.registry.keys())


def uninstall_hook(env):
    """Drop what Odoo does not know of, and the technical users of API clients."""
    clients = env["hotel.api.client"].with_context(active_test=False).search([])
    users = clients.user_id
    clients.user_id = False
    partners = users.partner_id
    users.unlink()
    partners.unlink()
    env.cr.execute("DROP SEQUENCE IF EXISTS hotel_guest_code_seq")
    # with its triggers, which would keep Odoo from removing what entries point to
    env.cr.execute("DROP FUNCTION IF EXISTS hotel_access_log_guard() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS hotel_merge_guard() CASCADE")
    query_forget_reflections(env.cr, "hotel_crm_base")
    shutil.rmtree(env["ir.mail_server"]._get_hotel_receipts().folder, ignore_errors=True)


def query_forget_reflections(cr, module):
    """Forget what mail and others have noted about their part in an addon's models: core would leave it behind.

    SQL because the notes are of other modules, whose data the ORM protects.
    """
    cr.execute(
        """DELETE FROM ir_model_data note USING ir_model_data own
            WHERE own.module = %s AND own.model = 'ir.model' AND note.module <> own.module
              AND (note.model IN ('ir.model.fields.selection', 'ir.model.inherit')
                       AND split_part(note.name, '__', 2) = substr(own.name, length('model_') + 1)
                   -- constraints that a mixin of another addon brings
                   OR note.model = 'ir.model.constraint'
                       AND starts_with(note.name, 'constraint_' || substr(own.name, length('model_') + 1) || '_'))
              AND own.name LIKE 'model\\_hotel\\_%%'
              -- a model of another addon, which this one extends, stays
              AND NOT EXISTS (SELECT FROM ir_model_data other WHERE other.model = own.model
                                 AND other.name = own.name AND other.module <> own.module)""",
        [module],
    )
