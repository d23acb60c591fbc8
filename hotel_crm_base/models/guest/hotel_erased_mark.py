"""What is remembered of those who were erased: enough to know them again, too little to know them."""

import hashlib
import hmac

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...identity import normalise
from ...intake.problems import Bad

#: by what an erased guest is known again: column of a row of guests to the kind of mark
KINDS = {"source_ref": "reference", "email": "email", "phone": "phone", "document_number": "document"}


class HotelErasedMark(models.Model):
    """A keyed digest of something by which an erased guest was known."""

    _name = "hotel.erased.mark"
    _description = "Mark of an Erased Guest"
    _log_access = False
    _rec_name = "digest"

    digest = fields.Char(required=True)
    erased_date = fields.Date(required=True)

    _once = models.UniqueIndex("(digest)", "This mark exists.")

    @api.model
    def _get_digest(self, kind, value, secret=None):
        """Return the digest of an e-mail, phone, document or reference, False of nothing.

        :param str kind: email, phone, document or reference
        :param str value: as typed; of a reference ``system|number``
        """
        forms = {"email": email_normalize, "phone": lambda text: text.strip(), "document": normalise}
        form = forms.get(kind, str)(value) if value else ""
        if not form:
            return False
        secret = secret or self._get_secret()
        return hmac.new(secret, f"{kind}|{form}".encode(), hashlib.sha256).hexdigest()

    @api.model
    def _get_secret(self):
        # parameters are closed to users
        text = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return hashlib.sha256(f"hotel.erased.mark|{text}".encode()).digest()

    @api.model
    def _is_any(self):
        """Return whether anybody was erased: else nobody needs to be looked for."""
        return bool(self.env.execute_query(SQL("SELECT 1 FROM hotel_erased_mark LIMIT 1")))

    @api.model
    def _query_known(self, digests):
        """Return those of some digests that are marked; SQL because imports ask for many thousands.

        :rtype: set[str]
        """
        rows = self.env.execute_query(
            SQL("SELECT digest FROM hotel_erased_mark WHERE digest = ANY(%s)", list(digests))
        )
        return {digest for (digest,) in rows}

    @api.model
    def _find_erased(self, rows):
        """Return which rows are about somebody who was erased.

        :param list[list[tuple[str, str, str]]] rows: of each row its column, kind and value
        :returns: number of the row to the column by which it was found
        :rtype: dict[int, str]
        """
        if not self._is_any():
            return {}
        secret, asked = self._get_secret(), {}
        for number, row in enumerate(rows):
            for column, kind, value in row:
                digest = self._get_digest(kind, value, secret)
                if digest:
                    asked.setdefault(digest, []).append((number, column))
        return {
            number: column for digest in self._query_known(asked) for number, column in asked[digest]
        }

    @api.model
    def _refuse_rows(self, layout, tuples, source_system):
        """Take out rows of guests about somebody who was erased, known by number, e-mail, phone or document.

        :param tuple layout: names of the columns
        :param list tuples: rows, None where a row is out already; changed in place
        :returns: index, column and reason of those that are taken out
        """
        ways = [(name, kind, layout.index(name)) for name, kind in KINDS.items()]
        asked = [
            [
                (name, kind, f"{source_system}|{row[at]}" if kind == "reference" else row[at])
                for name, kind, at in ways
                if row and row[at]
            ]
            for row in tuples
        ]
        found = self._find_erased(asked)
        for index in found:
            tuples[index] = None
        return [(index, column, Bad("reference_blocked")) for index, column in found.items()]

    @api.model
    def _mark(self, guests):
        """Remember some guests before they are erased.

        Documents are marked only where their numbers can be read: without the key file nobody can import one either.

        :param res.partner guests: with sudo, merged ones among them
        """
        secret = self._get_secret()
        known = [("email", guest.email) for guest in guests]
        known += [("phone", text) for guest in guests for text in (guest.phone_sanitized, guest.phone)]
        known += [("reference", f"{ref.source_system}|{ref.source_ref}") for ref in guests.hotel_reference_ids]
        documents = guests.hotel_document_ids
        if documents:
            field = documents._fields["number"]
            with self.env["hotel.data.key"]._user_errors():
                known += [("document", field.reveal(document)) for document in documents]
        digests = {self._get_digest(kind, value, secret) for kind, value in known} - {False}
        self._query_insert(sorted(digests))

    @api.model
    def _query_insert(self, digests):
        """Add marks that are not there; SQL because two guests may share a number."""
        if digests:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO hotel_erased_mark (digest, erased_date)
                       SELECT unnest(%s), %s ON CONFLICT DO NOTHING""",
                    digests,
                    fields.Date.today(),
                )
            )
