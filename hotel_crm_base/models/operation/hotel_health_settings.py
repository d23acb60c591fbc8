from urllib.parse import urlsplit

from odoo import api, models
from odoo.tools import SQL, config
from odoo.tools.translate import LazyTranslate

from .health_parts import Check, Finding

_lt = LazyTranslate(__name__)

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "password": Check(
                "settings", _lt("Password of the first account"), "_find_default_password", is_costly=True),
            "server": Check("settings", _lt("Settings of the server"), "_find_weak_settings"),
            "address": Check("settings", _lt("Address of the hotel"), "_find_weak_address"),
        }

    @api.model
    def _find_default_password(self):
        """Try the password that everybody knows on the first account; a slow digest: the job does it."""
        rows = self.env.execute_query(
            SQL("SELECT id, password FROM res_users WHERE login = 'admin' AND active AND password IS NOT NULL"))
        users = self.env["res.users"]
        is_default = any(users._crypt_context().verify("admin", digest) for _id, digest in rows)
        return [Finding("password_default")] if is_default else []

    @api.model
    def _find_weak_settings(self):
        found = []
        if config["list_db"]:
            is_known = config.verify_admin_password("admin")
            found.append(Finding("master_password" if is_known else "database_list"))
        if not (config["dbfilter"] or config["db_name"]):
            found.append(Finding("no_dbfilter", {"database": self.env.cr.dbname}))
        developing = [name for name in ("dev_mode", "test_enable") if config.get(name)]
        if developing:
            found.append(Finding("debug_on", {"names": developing}))
        if self.env["ir.module.module"].search_count([("demo", "=", True), ("name", "=", "base")]):
            found.append(Finding("demo_data"))
        return found

    @api.model
    def _find_weak_address(self):
        address = urlsplit(self.env["ir.config_parameter"].get_param("web.base.url", ""))
        if address.scheme == "https":
            return [] if config["proxy_mode"] else [Finding("no_proxy")]
        is_alone = not address.hostname or address.hostname in LOOPBACK
        return [] if is_alone else [Finding("no_tls", {"scheme": address.scheme})]
