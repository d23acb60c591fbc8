"""Verifying identity documents: one number is verified for one guest only."""

import logging

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class HotelDocumentVerification(models.AbstractModel):
    """Part of hotel.guest.document: somebody held the document in hand.

    The database refuses a second verified document with the same kind, issuer and
    number. A clash is no error: the document is kept in state clash, and the two
    guests are noted as a possible duplicate.
    """

    _name = "hotel.document.verification"
    _description = "Verification of Documents"

    def action_verify(self):
        """Mark documents as seen and checked; whoever may write them.

        :return: a notification where something needs attention, else True
        :rtype: dict | bool
        :raise UserError: there is no number, no issuer of a passport, or it has expired
        """
        self.check_access("write")
        self._check_complete()
        keys = self.env["hotel.data.key"]
        with keys._user_errors():
            ring = keys._get_keyring()
            # in one order everywhere, so that two calls never wait for each other
            for document in self.sudo().sorted("number_bidx"):
                document._verify(ring)
        self._log("write", ["state"])
        return self._prepare_verify_answer()

    def action_unverify(self):
        """Take a verification back; whoever may write the document."""
        self.check_access("write")
        # the outcome of a verification is closed to users
        self.sudo().write(
            {
                "state": "unverified",
                "verified_by_id": False,
                "verified_at": False,
                "clash_document_id": False,
            }
        )
        self._log("write", ["state"])
        return True

    def _check_complete(self):
        today = fields.Date.context_today(self)
        for document in self:
            if not document.number_hint:
                raise UserError(self.env._("A document without a number cannot be verified."))
            if document.document_type == "passport" and not document.country_id:
                raise UserError(self.env._("Please say which country issued the passport."))
            if document.valid_until and document.valid_until < today:
                raise UserError(self.env._("This document is no longer valid."))

    def _verify(self, ring):
        """Verify one document, or set it to clash. Runs as superuser.

        :param vault.Keyring ring: of this database
        """
        self.ensure_one()
        if self.state == "verified":
            return
        if not ring.is_current_index(self.number_bidx or ""):
            # uniqueness holds among indexes of one key only
            field = self._fields["number"]
            clear = ring.decrypt(self.number_enc, field.context_name)
            models.BaseModel.write(self, field.prepare_columns(self, ring, clear))
        holder = self._find_holder()
        if holder:
            self._set_clash(holder)
            return
        self.flush_recordset()
        try:
            with self.env.cr.savepoint():
                self._query_verify()
        except UniqueViolation:
            # verified by somebody else in this moment: invisible to us before we commit
            self._set_clash(self.browse())
            self._settle_after_commit()

    def _find_holder(self):
        """Return the verified document with the same kind, issuer and number.

        :rtype: hotel.guest.document
        """
        self.ensure_one()
        # the blind index is closed to users
        return self.sudo().search(
            [
                ("id", "!=", self.id),
                ("state", "=", "verified"),
                ("document_type", "=", self.document_type),
                ("country_id", "=", self.country_id.id),
                ("number_bidx", "in", self._get_blinds()),
            ],
            limit=1,
        )

    def _get_blinds(self):
        """All blind indexes that this number has under the live keys."""
        field = self._fields["number"]
        ring = self.env["hotel.data.key"]._get_keyring()
        return ring.blinds(field.reveal(self), field.context_name)

    def _query_verify(self):
        """Verify in SQL: a refusal by the unique index is expected and no error for the log."""
        query = SQL(
            """UPDATE hotel_guest_document
               SET state = 'verified', verified_by_id = %(uid)s, verified_at = %(now)s,
                   clash_document_id = NULL, write_uid = %(uid)s, write_date = %(now)s
               WHERE id = %(id)s""",
            uid=self.env.uid,
            now=fields.Datetime.now(),
            id=self.id,
        )
        self.env.cr.execute(query, log_exceptions=False)
        self.invalidate_recordset()

    def _set_clash(self, holder):
        """Keep a document as unverified, with the one that has its number already."""
        self.write(
            {
                "state": "clash",
                "clash_document_id": holder.id,
                "verified_by_id": False,
                "verified_at": False,
            }
        )
        if holder:
            self._register_possible_duplicate(holder.partner_id, self.partner_id)

    @api.model
    def _register_possible_duplicate(self, partner_a, partner_b):
        """Note that two guests may be one person.

        :param partner_a: one guest
        :param partner_b: the other one
        """
        self.env["hotel.duplicate.pair"]._note_document(partner_a, partner_b)

    def _settle_after_commit(self):
        """Look for the other document once it can be seen, in a transaction of its own."""
        registry, name, ids = self.env.registry, self._name, self.ids

        def settle():
            try:
                with registry.cursor() as cr:
                    api.Environment(cr, SUPERUSER_ID, {})[name].browse(ids)._settle_clashes()
            except Exception:  # pylint: disable=broad-except
                # the work is committed; the daily job settles what is left
                _logger.exception("clash of documents %s is not settled yet", ids)

        self.env.cr.postcommit.add(settle)

    def _settle_clashes(self):
        """Fill in the other document of clashes that did not see it."""
        for document in self.exists().filtered(lambda document: document.state == "clash"):
            holder = document._find_holder()
            if holder and not document.clash_document_id:
                document._set_clash(holder)

    @api.autovacuum
    def _gc_unsettled_clashes(self):
        """Settle clashes whose transaction ended before they could be."""
        if self._abstract:
            return
        left = self.sudo().search(
            [("state", "=", "clash"), ("clash_document_id", "=", False)], limit=1000
        )
        left._settle_clashes()

    def _before_index_clash(self, field):
        """Under the new index key, another document turned out to be verified with this number."""
        self.write({"state": "clash", "verified_by_id": False, "verified_at": False})
        self._settle_after_commit()

    def _prepare_verify_answer(self):
        """Tell the user what needs attention.

        :rtype: dict | bool
        """
        texts = [text for text in self.mapped("number_warning") if text]
        if any(document.state == "clash" for document in self):
            texts.append(
                self.env._(
                    "The document is verified for another guest already. It is kept as not"
                    " verified, and a manager will look into whether they are one person."
                )
            )
        if not texts:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(texts),
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
