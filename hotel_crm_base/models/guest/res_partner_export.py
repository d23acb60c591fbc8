"""The copy of all that is kept about a guest, for that guest: text that machines read, and the files."""

import io
import json
import re
import zipfile

from odoo import fields, models
from odoo.tools import html2plaintext

from .hotel_guest_document_scan import KINDS

#: what a guest is told in whole, and the field that names him
WHOLE = (
    ("hotel.stay", "partner_id"),
    ("hotel.reservation", "partner_id"),
    ("hotel.consumption", "partner_id"),
    ("hotel.service.record", "partner_id"),
    ("hotel.guest.preference", "partner_id"),
    ("hotel.guest.relation", "partner_id"),
    ("hotel.consent", "partner_id"),
    ("hotel.outlet.bill", "partner_id"),
    ("hotel.message", "partner_id"),
    ("hotel.segment.member", "partner_id"),
    ("hotel.guest.metric", "partner_id"),
    ("hotel.guest.metric.month", "partner_id"),
    ("hotel.guest.value", "partner_id"),
    ("hotel.credit.grade", "partner_id"),
    ("hotel.credit.investigation", "partner_id"),
    ("hotel.privacy.request", "partner_id"),
)
#: and what in part, because the rest is the books' business
PARTS = (
    ("sale.order", "partner_id", ("name", "date_order", "state", "amount_total", "currency_id", "note")),
    ("sale.order.line", "order_partner_id", ("order_id", "name", "product_uom_qty", "price_total", "currency_id")),
    ("account.move", "partner_id", ("name", "invoice_date", "amount_total", "currency_id", "payment_state")),
    ("payment.transaction", "partner_id", ("reference", "amount", "currency_id", "state", "create_date")),
)
TYPES = ("char", "text", "html", "date", "datetime", "integer", "float", "monetary", "boolean", "selection", "many2one")
#: other persons, and what lets somebody in, are not the guest's to have
SECRET = re.compile(r"_enc$|_bidx$|token|digest|_key$|^(id|create_uid|write_uid|write_date|partner_id|password)$")
PERSONS = ("res.partner", "res.users")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_export(self):
        data = super()._hotel_export()
        guest = self.sudo()  # who asks was checked by the privacy desk; all that is kept is told
        about = [name for name in self._get_hotel_told(guest) if guest[name]]
        sections = {self.env._("Person"): self._read_hotel_rows(guest, about)}
        for model, field in WHOLE:
            rows = guest._find_hotel_told(model, field)
            sections[rows._description] = self._read_hotel_rows(rows, self._get_hotel_told(rows))
        for model, field, names in PARTS:
            rows = guest._find_hotel_told(model, field)
            sections[rows._description] = self._read_hotel_rows(rows, names)
        notes = self.env["mail.message"].sudo().search([("model", "=", "res.partner"), ("res_id", "=", self.id)])
        sections[self.env._("Notes")] = [
            {"date": note.date, "text": html2plaintext(note.body)} for note in notes if note.body
        ]
        return {**{heading: rows for heading, rows in sections.items() if rows}, **data}

    def _find_hotel_told(self, model, field):
        records = self.env[model].sudo().with_context(active_test=False)
        return records.search([(field, "=", self.id)], order="id")

    def _get_hotel_told(self, records):
        """Return the fields of a model that a guest is told."""
        return [
            name
            for name, field in records._fields.items()
            if field.store and field.type in TYPES and not field.inherited and not SECRET.search(name)
            and not (field.type == "many2one" and field.comodel_name in PERSONS)
        ]  # fmt: skip

    def _read_hotel_rows(self, records, names):
        """Return rows as JSON takes them; of a record that another one names, its name.

        :rtype: list[dict]
        """
        return [
            {
                name: record[name].display_name if record._fields[name].type == "many2one" else record[name]
                for name in names
                if record[name] or record._fields[name].type in ("integer", "float", "monetary", "boolean")
            }
            for record in records
        ]

    def _hotel_make_copy(self):
        """Return the copy of what is kept about this guest: a ZIP with ``guest.json`` in UTF-8 and the files.

        The guest's own identity numbers and scans are in it, in clear. It is made when it is fetched and kept nowhere.

        :rtype: bytes
        """
        self.ensure_one()
        guest = self.sudo()  # as above
        content = {"made_at": fields.Datetime.now(), "guest": guest.name, **self._hotel_export()}
        for merged in guest._get_hotel_merged_all():
            content[f"{self.env._('Merged Guest')} {merged.hotel_guest_code or merged.id}"] = merged._hotel_export()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("guest.json", json.dumps(content, default=str, ensure_ascii=False, indent=1))
            for name, data in guest._get_hotel_files():
                packed.writestr(name, data)
        return target.getvalue()

    def _get_hotel_files(self):
        """Yield name and content of the files that are kept about a guest: scans of documents and attachments."""
        for scan in self.hotel_document_ids.scan_ids:
            yield f"documents/{scan.id}.{KINDS.get(scan.mimetype, 'bin')}", scan._open_sealed()
        files = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.id), ("type", "=", "binary")]
        )  # fmt: skip
        for attachment in files:
            name = re.sub(r"[^\w.-]", "_", attachment.name)[-100:]
            yield f"files/{attachment.id}_{name}", attachment.raw or b""
