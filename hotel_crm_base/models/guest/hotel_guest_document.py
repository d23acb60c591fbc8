"""Identity documents of guests; their numbers are encrypted (see fields.py)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.hotel_crm_base import guards, identity
from odoo.addons.hotel_crm_base.fields import ENCRYPTED_COLUMN, EncryptedChar

TYPES = [
    ("cn_id", "Resident Identity Card (China)"),
    ("passport", "Passport"),
    ("hk_mo_permit", "Mainland Travel Permit (Hong Kong, Macao)"),
    ("tw_permit", "Mainland Travel Permit (Taiwan)"),
    ("cn_residence", "Residence Permit (Hong Kong, Macao, Taiwan)"),
    ("cn_permanent", "Permanent Resident Card (China)"),
    ("driver_licence", "Driver's Licence"),
    ("other", "Other"),
]

# set by the program only
OUTCOME = {"state", "verified_by_id", "verified_at", "clash_document_id", "number_hint"}
FORM = {"document_type", "country_id"}
IDENTIFYING = FORM | {"number", "partner_id"}

# what _prepare_bulk_rows yields
BULK_COLUMNS = (
    "partner_id",
    "document_type",
    "country_id",
    "number_enc",
    "number_bidx",
    "number_hint",
    "name_on_document",
    "issue_date",
    "valid_until",
    "state",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
)


class HotelGuestDocument(models.Model):
    """One identity document that a guest showed or told."""

    _name = "hotel.guest.document"
    _description = "Identity Document"
    _inherit = [
        "hotel.document.reading",
        "hotel.document.verification",
        "hotel.document.disclosure",
        "hotel.encrypted.mixin",
        "hotel.guest.trace.mixin",
        "hotel.own.scope.mixin",
    ]
    _order = "partner_id, id"
    _rec_name = "number_hint"

    _is_change_traced = False  # notes its changes itself

    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, index=True, ondelete="cascade"
    )
    document_type = fields.Selection(TYPES, string="Kind", required=True, default="passport")
    country_id = fields.Many2one("res.country", string="Issued By")
    number = EncryptedChar(string="Document Number")
    number_enc = fields.Char(**ENCRYPTED_COLUMN)
    number_bidx = fields.Char(index="btree_not_null", **ENCRYPTED_COLUMN)
    number_input = fields.Char(
        string="New Number",
        compute="_compute_number_input",
        readonly=False,
        exportable=False,
        help="Type a number to set or replace it. It is stored encrypted and not shown again.",
    )
    number_hint = fields.Char(
        string="Number", readonly=True, copy=False, help="Only the last characters are shown."
    )
    name_on_document = fields.Char(string="Name on Document")
    issue_date = fields.Date(string="Issued On")
    valid_until = fields.Date()
    state = fields.Selection(
        [
            ("unverified", "Not Verified"),
            ("verified", "Verified"),
            ("clash", "Also Another Guest's"),
        ],
        required=True,
        default="unverified",
        readonly=True,
        copy=False,
    )
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_at = fields.Datetime(readonly=True, copy=False)
    clash_document_id = fields.Many2one(
        "hotel.guest.document",
        string="Same Number",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Verified document with the same number.",
    )

    scan_ids = fields.One2many("hotel.guest.document.scan", "document_id", string="Scans")

    _verified_unique = models.UniqueIndex(
        "(document_type, (COALESCE(country_id, 0)), number_bidx) WHERE state = 'verified'",
        "This document is verified for another guest.",
    )
    _dates_order = models.Constraint(
        "CHECK (valid_until IS NULL OR issue_date IS NULL OR valid_until >= issue_date)",
        "A document is valid from the day of its issue.",
    )

    @api.depends("document_type", "country_id", "number_hint")
    def _compute_display_name(self):
        kinds = dict(self._fields["document_type"]._description_selection(self.env))
        for document in self:
            parts = [kinds.get(document.document_type), document.country_id.code, document.number_hint]
            document.display_name = " ".join(part for part in parts if part)

    def _compute_number_input(self):
        self.number_input = False

    # ---- writing numbers --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        new_vals_list = []
        for vals in vals_list:
            self._check_outcome_rights(vals)
            vals = {**dict.fromkeys(OUTCOME, False), "state": "unverified", **vals}
            self._move_input(vals)
            vals.setdefault("number", False)
            vals = {**self.default_get(list(FORM)), **vals}
            kind = vals["document_type"]
            country = self._get_issuer(kind) or self.country_id.browse(vals.get("country_id"))
            vals["country_id"] = country.id
            if vals["number"]:
                vals.update(self._prepare_number_vals(kind, vals["number"], country))
            new_vals_list.append(vals)
        documents = super().create(new_vals_list)
        documents._after_number_change()
        documents._log("create", IDENTIFYING)
        return documents

    def write(self, vals):
        self._check_outcome_rights(vals)
        vals = dict(vals)
        self._move_input(vals)
        owners = self.partner_id
        if guards.is_given(self.env.context, guards.MERGE) or not IDENTIFYING & set(vals):
            result = super().write(vals)
        else:
            for document in self:
                document._write_identity(vals)
            self._after_number_change()
            result = True
        if not OUTCOME & set(vals):
            self._log("write", vals, owners | self.partner_id)
        return result

    def _write_identity(self, vals):
        """Write what may identify a document; where it changes, it is to be verified again."""
        self.ensure_one()
        known = {"partner_id": self.partner_id.id, **{name: self[name] for name in FORM}}
        kind = vals.get("document_type") or self.document_type
        country = self._get_issuer(kind) or self.country_id.browse(
            vals.get("country_id", self.country_id.id)
        )
        vals = {**vals, "country_id": country.id}
        fresh = {**known, **vals, "country_id": country}
        changed = {name for name in known if fresh[name] != known[name]}
        if "number" not in vals and self.number_hint and changed & FORM:
            with self.env["hotel.data.key"]._user_errors():
                vals["number"] = self._fields["number"].reveal(self)
        if vals.get("number"):
            vals.update(self._prepare_number_vals(kind, vals["number"], country))
        elif "number" in vals:
            vals["number_hint"] = False
        if changed or "number" in vals:
            outcome = {"verified_by_id": False, "verified_at": False, "clash_document_id": False}
            vals.update(outcome, state="unverified")
        return super().write(vals)

    def unlink(self):
        self._log("unlink", IDENTIFYING)
        return super().unlink()

    def _check_outcome_rights(self, vals):
        if not self.env.su and OUTCOME & set(vals):
            raise AccessError(self.env._("Whether a document is verified is not set by hand."))

    @api.model
    def _move_input(self, vals):
        """What was typed becomes the number; nothing typed leaves the number as it is."""
        typed = vals.pop("number_input", None)
        if typed and typed.strip():
            vals["number"] = typed

    def _log(self, action, field_names, guests=None, reason=None):
        """Note in the access log what was done with these documents.

        :param str action: an action of hotel.access.log
        :param Iterable[str] field_names: what was written or read
        :param guests: whose documents they are; default the present guests
        :param str reason: why, where one was asked for
        """
        if self and not guards.is_given(self.env.context, guards.BULK):
            guests = self.partner_id if guests is None else guests
            names = [f"document.{name}" for name in sorted(field_names)]
            self.env["hotel.access.log"]._log(action, guests.ids, names, reason=reason)

    # ---- bulk -------------------------------------------------------------------------------

    @api.model
    def _prepare_bulk_rows(self, rows):
        """Turn documents into rows for COPY, encrypted and with their blind index.

        :param Iterable[dict] rows: partner_id, document_type, country_id (None where the kind
            has one issuer), number (checked), and where known name_on_document, issue_date,
            valid_until
        :return: generator of tuples in the order of BULK_COLUMNS; state is unverified
        :raise vault.VaultError: the key is missing or wrong
        """
        field = self._fields["number"]
        ring = self.env["hotel.data.key"]._get_keyring()
        issuers = {kind: self._get_issuer(kind).id or None for kind, _label in TYPES}
        made = (self.env.uid, self.env.cr.now())
        for row in rows:
            number = identity.normalise(row["number"])
            yield (
                row["partner_id"],
                row["document_type"],
                issuers[row["document_type"]] or row.get("country_id"),
                ring.encrypt(number, field.context_name),
                ring.blind(number, field.context_name),
                identity.mask(number),
                row.get("name_on_document"),
                row.get("issue_date"),
                row.get("valid_until"),
                "unverified",
                *made,
                *made,
            )
