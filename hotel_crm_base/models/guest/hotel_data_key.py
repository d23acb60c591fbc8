"""Keys of the vault: kept wrapped in the database, opened with the key file outside it."""

import contextlib
import logging
import os
import threading

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import config

from odoo.addons.hotel_crm_base import vault

_logger = logging.getLogger(__name__)

KEY_FILE_VARIABLE = "HOTEL_CRM_KEY_FILE"
KEY_FILE_OPTION = "hotel_crm_key_file"

# Opened keyrings of this process: database name -> ((file stamp, wrapped keys), keyring).
# Clear keys live here and nowhere else.
_KEYRINGS = {}
_KEYRINGS_LOCK = threading.Lock()


def _get_key_file_path():
    """Path of the key file, by environment or configuration file; None where neither says."""
    return os.environ.get(KEY_FILE_VARIABLE) or config.get(KEY_FILE_OPTION) or None


class HotelDataKey(models.Model):
    """One version of a key that encrypts values or makes their blind index."""

    _name = "hotel.data.key"
    _description = "Encryption Key"
    _order = "purpose, version desc"
    _rec_name = "version"

    purpose = fields.Selection(
        [("data", "Data (Encrypts)"), ("index", "Index (Finds)")], required=True, readonly=True
    )
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    state = fields.Selection(
        [("active", "In Use"), ("retiring", "Being Replaced"), ("retired", "Retired")],
        required=True,
        readonly=True,
        help="Retired keys are kept, so that older backups can be read.",
    )
    wrapped = fields.Char(required=True, groups=NO_ACCESS, copy=False, exportable=False)
    fingerprint = fields.Char(
        string="RSA Key", required=True, readonly=True, help="RSA key of the key file that opens it."
    )
    retired_at = fields.Datetime(readonly=True)
    pending_count = fields.Integer(
        string="Values", compute="_compute_pending_count", help="Stored values that need this key."
    )
    problem = fields.Char(compute="_compute_problem")

    _version_unique = models.UniqueIndex("(purpose, version)", "This version exists.")
    _active_unique = models.UniqueIndex(
        "(purpose) WHERE state = 'active'", "Somebody replaced the key at the same moment."
    )

    def _compute_pending_count(self):
        for key in self:
            key.pending_count = self.env["hotel.reencryption"]._query_count(key.purpose, key.version)

    def _compute_problem(self):
        for key in self:
            key.problem = False
            try:
                vault.KeyFile.load(self._get_path_or_raise()).unwrap(key.sudo()._as_wrapped())
            except vault.VaultError as error:
                key.problem = self._explain(error)

    # ---- keyring ----------------------------------------------------------------------------

    @api.model
    def _get_keyring(self):
        """Return the keyring of this database, making the first keys where there are none.

        :rtype: vault.Keyring
        :raise vault.VaultError: no key file, an unsafe one, or not the right one
        """
        path = self._get_path_or_raise()
        try:
            status = os.stat(path)
        except OSError as error:
            _KEYRINGS.pop(self.env.cr.dbname, None)
            raise vault.KeyMissing(f"The key file {path} cannot be read: {error.strerror}.") from error
        stamp = (path, status.st_mtime_ns, status.st_ino, status.st_mode, self._get_wrapped_keys())
        with _KEYRINGS_LOCK:
            known = _KEYRINGS.get(self.env.cr.dbname)
            if known is None or known[0] != stamp:
                known = (stamp, vault.Keyring(vault.KeyFile.load(path), stamp[-1]))
                _KEYRINGS[self.env.cr.dbname] = known
        return known[1]

    @api.model
    def _get_path_or_raise(self):
        path = _get_key_file_path()
        if not path:
            raise vault.KeyMissing(
                f"Neither {KEY_FILE_VARIABLE} nor the option {KEY_FILE_OPTION} names a key file."
            )
        return path

    @api.model
    @tools.ormcache()
    def _get_wrapped_keys(self):
        """Return all keys as the database keeps them (wrapped: no secret).

        :rtype: tuple[vault.WrappedKey, ...]
        """
        keys = self.sudo().search([])
        return tuple(key._as_wrapped() for key in keys) or self._create_first_keys()

    def _as_wrapped(self):
        self.ensure_one()
        return vault.WrappedKey(
            self.purpose, self.version, self.state, self.wrapped, self.fingerprint
        )

    @api.model
    def _create_first_keys(self):
        """Make version 1 of both keys, once, whoever comes first.

        In a transaction of its own: keys must outlast a caller who rolls back, since
        others may have encrypted with them by then. The table lock comes first, so that
        the second one to come reads the keys of the first.

        :rtype: tuple[vault.WrappedKey, ...]
        """
        key_file = vault.KeyFile.load(self._get_path_or_raise())
        # while the addon is being installed, nobody else sees the table yet
        cursor = self.env.registry.cursor() if self.env.registry.ready else None
        with cursor or contextlib.nullcontext(self.env.cr) as cr:
            cr.execute("SET LOCAL lock_timeout = '20s'")
            cr.execute("LOCK TABLE hotel_data_key IN SHARE ROW EXCLUSIVE MODE")
            # the model is closed to users
            own = self.with_env(self.env(cr=cr, su=True))
            keys = own.search([])
            if not keys:
                keys = own.create(
                    [own._prepare_vals(key_file.new_key(name, 1)) for name in ("data", "index")]
                )
                _logger.info("made the first encryption keys, for RSA key %s", key_file.fingerprint)
            return tuple(key._as_wrapped() for key in keys)

    @api.model
    def _prepare_vals(self, wrapped):
        """Values of a record from a vault.WrappedKey."""
        vals = wrapped._asdict()
        vals["wrapped"] = vals.pop("blob")
        return vals

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # ---- errors -----------------------------------------------------------------------------

    @api.model
    @contextlib.contextmanager
    def _user_errors(self):
        """Turn errors of the vault into sentences for the user, and log them for the administrator."""
        try:
            yield
        except vault.VaultError as error:
            _logger.error("vault: %s", error)
            raise UserError(self._explain(error)) from None

    @api.model
    def _explain(self, error):
        """Say what is wrong with the keys and what the administrator must do.

        :param vault.VaultError error: what happened
        :rtype: str
        """
        if isinstance(error, vault.KeyFileUnsafe):
            return self.env._(
                "Identity numbers are out of reach: other users of the server may read the key"
                " file. The administrator must close it (chmod 600) and replace the keys."
            )
        if isinstance(error, vault.WrongKey):
            return self.env._(
                "Identity numbers are out of reach: the key file of the server is not the one"
                " that this database was encrypted with. The administrator must put the right"
                " file back (RSA key %(fingerprints)s).",
                fingerprints=", ".join(self._get_fingerprints()),
            )
        if isinstance(error, vault.Damaged):
            return self.env._(
                "This identity number cannot be read: it, its key or the key file is damaged."
                " The administrator must restore it from a backup; the log of the server says"
                " what is damaged. Writing the number again replaces a damaged one."
            )
        return self.env._(
            "Identity numbers are out of reach: the server has no key file. The administrator"
            " must set %(variable)s (or %(option)s in the configuration) to the path of the"
            " key file, and restore the file where it is lost. Everything else works.",
            variable=KEY_FILE_VARIABLE,
            option=KEY_FILE_OPTION,
        )

    @api.model
    def _get_fingerprints(self):
        """Fingerprints of the RSA keys that the live keys are wrapped for."""
        keys = self.sudo().search([("state", "!=", "retired")])
        return sorted(set(keys.mapped("fingerprint")))

    # ---- replacing keys ---------------------------------------------------------------------

    def _check_may_manage(self):
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("Keys are replaced by administrators only."))

    def action_replace_data_key(self):
        """Make a new key for encrypting; administrators. Stored values follow in the background."""
        return self._replace("data")

    def action_replace_index_key(self):
        """Make a new key for finding; administrators. Stored values follow in the background."""
        return self._replace("index")

    @api.model
    def _replace(self, purpose):
        """Make version N + 1 of a key and let the old one retire.

        :raise AccessError: the caller is no administrator
        :raise UserError: the key file or the present key cannot be opened
        """
        self._check_may_manage()
        with self._user_errors():
            wrapped_keys = self._get_wrapped_keys()
            key_file = vault.KeyFile.load(self._get_path_or_raise())
            for wrapped in wrapped_keys:
                if wrapped.state != "retired":
                    key_file.unwrap(wrapped)
        # the model is closed to users: this method is the way
        keys = self.sudo().search([("purpose", "=", purpose)])
        keys.filtered(lambda key: key.state == "active").state = "retiring"
        keys.flush_recordset()
        version = max(keys.mapped("version"), default=0) + 1
        new = self.sudo().create(self._prepare_vals(key_file.new_key(purpose, version)))
        _logger.info("user %s made %s key version %s", self.env.uid, purpose, version)
        self.env.ref("hotel_crm_base.ir_cron_reencrypt")._trigger()
        return new._notify(
            self.env._("Version %s is in use. Stored values follow in the background.", version)
        )

    def action_rewrap(self):
        """Wrap all keys for the first RSA key of the key file; administrators.

        The way to exchange the RSA pair: ``vault.py addkey``, this, ``vault.py dropold``.

        :raise UserError: the key file cannot open one of them; then none is changed
        """
        self._check_may_manage()
        with self._user_errors():
            key_file = vault.KeyFile.load(self._get_path_or_raise())
            # the model is closed to users: this method is the way
            keys = self.sudo().search([("fingerprint", "!=", key_file.fingerprint)])
            fresh = [key_file.rewrap(key._as_wrapped()) for key in keys]
        for key, wrapped in zip(keys, fresh, strict=True):
            key.write(self._prepare_vals(wrapped))
        _logger.info("user %s wrapped %s keys for %s", self.env.uid, len(keys), key_file.fingerprint)
        return self._notify(
            self.env._(
                "%(count)s keys were wrapped for the RSA key %(fingerprint)s.",
                count=len(keys),
                fingerprint=key_file.fingerprint,
            )
        )

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
