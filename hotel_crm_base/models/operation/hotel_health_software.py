import importlib.metadata
import importlib.util

from odoo import api, models
from odoo.modules import Manifest
from odoo.tools import parse_version
from odoo.tools.translate import LazyTranslate

from .health_parts import Check, Finding

_lt = LazyTranslate(__name__)

OURS = "hotel\\_crm%"
#: what Odoo and its parts fall back from without a word
OPTIONAL_IMPORTS = ("email_validator", "magic", "pdfminer", "phonenumbers", "slugify")
#: of which one will do: what draws bar codes and payment codes on papers
DRAWING = ("_rl_renderPM", "rlPyCairo")
#: PostgreSQL's oldest major version that still gets corrections
POSTGRESQL_LEAST = 14


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "addons": Check("software", _lt("Versions of the addons"), "_find_old_addons"),
            "imports": Check("software", _lt("Python packages"), "_find_missing_imports"),
            "postgresql": Check("software", _lt("Version of PostgreSQL"), "_find_old_postgresql"),
        }

    @api.model
    def _find_old_addons(self):
        """Find addons of ours whose program is newer than what the database was upgraded to."""
        installed = self.env["ir.module.module"].search([("name", "=like", OURS), ("state", "=", "installed")])
        old = []
        for addon in installed:
            manifest = Manifest.for_addon(addon.name)
            if manifest and parse_version(manifest["version"]) > parse_version(addon.latest_version or "0"):
                old.append(addon.name)
        waiting = self.env["ir.module.module"].search([("state", "in", ("to upgrade", "to install", "to remove"))])
        names = sorted({*old, *waiting.mapped("name")})
        return [Finding("addon_old", {"names": names, "count": len(names)})] if names else []

    @api.model
    def _find_missing_imports(self):
        """Find packages that our addons name, or that Odoo uses where there are, and that cannot be imported."""
        installed = self.env["ir.module.module"].search([("name", "=like", OURS), ("state", "=", "installed")])
        asked = set()
        for addon in installed:
            manifest = Manifest.for_addon(addon.name) or {}
            asked.update(manifest.get("external_dependencies", {}).get("python", ()))
        missing = {name for name in asked if not _is_there(name)}
        missing |= {name for name in OPTIONAL_IMPORTS if not importlib.util.find_spec(name)}
        if not any(importlib.util.find_spec(name) for name in DRAWING):
            missing.add("rl-renderPM")
        return [Finding("import_missing", {"names": sorted(missing), "count": len(missing)})] if missing else []

    @api.model
    def _find_old_postgresql(self):
        version = self.env.cr._cnx.server_version // 10000
        return [Finding("postgresql_old", {"version": version})] if version < POSTGRESQL_LEAST else []


def _is_there(name):
    """Return whether a package is installed, by the name it is installed or imported by."""
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return importlib.util.find_spec(name.replace("-", "_")) is not None
    return True
