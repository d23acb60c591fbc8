"""Reasons of rows that wait were sentences in one language; they become codes and what fills their sentences."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, sql

from odoo.addons.hotel_crm_base.models.border.import_messages import explain
from odoo.addons.hotel_crm_base.models.guest.identity_messages import MESSAGES

GAP = "\x01"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    readers = [env(context={"lang": code}) for code, _name in env["res.lang"].get_installed()]
    for table in ("hotel_feed_error", "hotel_import_error"):
        if sql.column_exists(cr, table, "reason"):
            keep_details(cr, readers, SQL.identifier(table))
    if sql.column_exists(cr, "hotel_feed_row", "reasons"):
        cr.execute("ALTER TABLE hotel_feed_row DROP COLUMN reasons")


def keep_details(cr, readers, table):
    """Take out of the sentences of a table what fills them, and give the sentences up."""
    cr.execute(SQL("SELECT DISTINCT code, reason FROM %s WHERE code IS NOT NULL AND reason IS NOT NULL", table))
    for code, reason in cr.fetchall():
        detail = find_detail(readers, code, reason)
        if detail:
            cr.execute(SQL("UPDATE %s SET detail = %s WHERE code = %s AND reason = %s", table, detail, code, reason))
    cr.execute(SQL("ALTER TABLE %s DROP COLUMN reason", table))


def find_detail(readers, code, reason):
    """Return what fills a sentence, whatever language it was said in."""
    for reader in readers:
        begin, gap, end = explain(reader, code, GAP).partition(GAP)
        if gap and reason.startswith(begin) and reason.endswith(end) and len(reason) >= len(begin) + len(end):
            detail = reason[len(begin) : len(reason) - len(end)]
            if code != "bad_document":
                return detail
            found = [name for name, text in MESSAGES.items() for each in readers if each._(text) == detail]
            return found[0] if found else detail
    return ""
