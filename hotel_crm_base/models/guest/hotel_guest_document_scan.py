"""Scans of identity documents: encrypted in the database, shown for a reason, never a plain attachment."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.hotel_crm_base import vault
from odoo.addons.hotel_crm_base.fields import ENCRYPTED_COLUMN

from .hotel_document_disclosure import REASON_LENGTH

#: what the picture is encrypted for: a cipher text moved elsewhere is refused
CONTEXT = "hotel.guest.document.scan.content"
SIZE_LIMIT = 8_000_000  # bytes
PER_DOCUMENT = 6
KINDS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


class HotelGuestDocumentScan(models.Model):
    """One picture of an identity document; its bytes are encrypted."""

    _name = "hotel.guest.document.scan"
    _description = "Scan of an Identity Document"
    _order = "document_id, id"
    _rec_name = "side"

    document_id = fields.Many2one("hotel.guest.document", required=True, index=True, ondelete="cascade")
    side = fields.Selection(
        [("front", "Front"), ("back", "Back"), ("page", "Page")], required=True, default="front"
    )
    content_input = fields.Binary(
        string="File",
        compute="_compute_content_input",
        readonly=False,
        exportable=False,
        help="JPEG, PNG, WebP or PDF, 8 MB at most. It is stored encrypted.",
    )
    content_enc = fields.Binary(attachment=False, **ENCRYPTED_COLUMN)
    key_version = fields.Integer(readonly=True, index=True, aggregator=None)
    mimetype = fields.Char(string="Kind", readonly=True)
    size = fields.Integer(readonly=True, aggregator=None)

    def _compute_content_input(self):
        self.content_input = False

    @api.model_create_multi
    def create(self, vals_list):
        if any(not vals.get("content_input") for vals in vals_list):
            raise UserError(self.env._("Choose a file."))
        parts = [self._seal(vals) for vals in vals_list]
        scans = super().create([vals for vals, _sealed in parts])
        for scan, (_vals, sealed) in zip(scans, parts, strict=True):
            scan._write_sealed(sealed)
        scans._check_count()
        scans._log("create")
        return scans

    def write(self, vals):
        rest, sealed = self._seal(vals)
        result = super().write(rest)
        self._write_sealed(sealed)
        if {"content_input", "document_id", "side"} & set(vals):
            self._log("write")
        return result

    def unlink(self):
        self._log("unlink")
        return super().unlink()

    @api.model
    def _has_field_access(self, field, operation):
        """The bytes leave by one method only: see hotel_show_scan."""
        if field.name == "content_enc" and operation == "read" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _seal(self, vals):
        """Return values without the file that came, and what of it is kept, encrypted.

        :rtype: tuple[dict, dict]
        :raises UserError: no such kind of file, too large, or the key is missing
        """
        vals = dict(vals)
        for name in ("content_enc", "key_version", "mimetype", "size"):
            if name in vals and not self.env.su:
                raise AccessError(self.env._("Scans are written as files only."))
        content = self._read_file(vals.pop("content_input", None))
        if content is None:
            return vals, {}
        keys = self.env["hotel.data.key"]
        with keys._user_errors():
            sealed = keys._get_keyring().encrypt_bytes(content, CONTEXT)
        facts = {"mimetype": guess_mimetype(content), "size": len(content)}
        return vals, {**self._prepare_sealed_vals(sealed), **facts}

    def _write_sealed(self, sealed):
        """Keep what ``_seal`` made of a file; who may write the scan was checked before."""
        if sealed:
            # the columns are closed to users
            models.Model.write(self.sudo(), sealed)
            self.flush_recordset()
        self.invalidate_recordset(["content_input", "content_enc"], flush=False)

    @api.model
    def _prepare_sealed_vals(self, sealed):
        version = int(sealed.partition(b":")[0][1:])
        return {"content_enc": base64.b64encode(sealed), "key_version": version}

    @api.model
    def _read_file(self, text):
        """Return the bytes of an upload; None where nothing was chosen.

        :param text: base64, as the web client sends it
        :raises UserError: no such kind of file, or too large
        """
        if not text:
            return None
        if len(text) > SIZE_LIMIT * 4 // 3 + 4:
            raise UserError(self.env._("The file is larger than %(size)s MB.", size=SIZE_LIMIT // 1_000_000))
        try:
            content = base64.b64decode(text, validate=True)
        except (TypeError, ValueError, binascii.Error):
            content = b""
        if guess_mimetype(content) not in KINDS:
            raise UserError(self.env._("A scan is a picture (JPEG, PNG, WebP) or a PDF."))
        return content

    def _check_count(self):
        for document in self.document_id:
            if self.search_count([("document_id", "=", document.id)]) > PER_DOCUMENT:
                raise UserError(self.env._("A document has %(count)s scans at most.", count=PER_DOCUMENT))

    def _log(self, action, reason=None):
        self.document_id._log(action, ["scan"], reason=reason)

    # ---- showing ------------------------------------------------------------------------------

    def _check_may_show(self, reason):
        """Refuse to show scans to others than the identity group, without a reason, or too often.

        :param str reason: why it is needed
        :returns: the reason as it is noted
        :rtype: str
        :raises AccessError: not in the identity group, or the document is not seen
        :raises UserError: no reason, or too many in an hour
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_identity"):
            self.env["hotel.access.log"]._log_refused(self.document_id.partner_id.ids, ["document.scan"])
            raise AccessError(self.env._("Scans are seen by members of the identity group only."))
        reason = " ".join(reason.split()) if isinstance(reason, str) else ""
        if len(reason) < REASON_LENGTH:
            raise UserError(self.env._("Please say why you need the scan."))
        self.env["hotel.identity.use"]._spend("reveal", f"scan {self.id}")
        return reason[:500]

    def _show(self, reason):
        """Return the bytes for a reason, which is noted.

        :param str reason: why it is needed
        :rtype: bytes
        :raises AccessError: see _check_may_show
        :raises UserError: see _check_may_show; or the key is missing
        """
        reason = self._check_may_show(reason)
        with self.env["hotel.data.key"]._user_errors():
            content = self._open_sealed()
        self._log("identity", reason=reason)
        return content

    def _open_sealed(self):
        """Return the bytes in clear, past every right: the caller has asked and logged.

        :raise vault.VaultError: the key is missing or wrong, or the bytes are damaged
        """
        # the column is closed to users
        try:
            sealed = base64.b64decode(self.sudo().with_context(bin_size=False).content_enc or b"", validate=True)
        except binascii.Error:
            sealed = b""
        return self.env["hotel.data.key"]._get_keyring().decrypt_bytes(sealed, CONTEXT)

    def _reseal(self, ring):
        """Encrypt with the key in use; damaged scans stay as they are.

        :param vault.Keyring ring: of this database
        :returns: whether all of them could be read
        :rtype: bool
        """
        for scan in self.sudo():
            try:
                content = scan._open_sealed()
            except vault.Damaged:
                return False
            scan._write_sealed(self._prepare_sealed_vals(ring.encrypt_bytes(content, CONTEXT)))
        return True
