"""What tests of privacy share: a guest of whom everything is known, and a look for strings in all tables."""

# what people write needs no translation
# pylint: disable=translation-required

from datetime import date

from odoo import Command
from odoo.tools import SQL

from ..security_common import PIXEL

TEXT_TYPES = ("text", "character varying", "jsonb", "json", "character", "text[]", "character varying[]")
NUMBER = "X7654321Q"


class PrivacyLooks:
    """Mix-in for test cases."""

    @classmethod
    def _find_in_all_tables(cls, strings):
        """Return where any of these strings stands, in any letter case, in any column of texts of any table.

        :param list[str] strings: what to look for
        :rtype: list[tuple[str, str, str]]: table, column, and what stands there
        """
        cls.env.flush_all()
        columns = cls.env.execute_query(
            SQL(
                """SELECT c.table_name, array_agg(c.column_name) FROM (
                     SELECT t.relname AS table_name, a.attname::text AS column_name
                       FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
                      WHERE t.relkind = 'r' AND t.relpersistence = 'p' AND a.attnum > 0 AND NOT a.attisdropped
                        AND t.relnamespace = current_schema::regnamespace
                        AND format_type(a.atttypid, NULL) = ANY(%s)) c GROUP BY 1 ORDER BY 1""",
                list(TEXT_TYPES),
            )
        )
        found = []
        for table, names in columns:
            rows = cls.env.execute_query(
                SQL(
                    """SELECT n.name, n.value FROM %s t, LATERAL (VALUES %s) n (name, value), unnest(%s::text[]) s
                        WHERE strpos(lower(n.value), lower(s)) > 0""",
                    SQL.identifier(table),
                    SQL(", ").join(SQL("(%s, %s::text)", name, SQL.identifier("t", name)) for name in names),
                    strings,
                )
            )
            found += [(table, name, value[:200]) for name, value in rows]
        return found

    @classmethod
    def _make_known_guest(cls, name, tag):
        """Make a guest with something in every table that the base knows; ``tag`` is in every string.

        :returns: the guest, and all strings that tell who it is
        """
        guest = cls._make_guest(
            name, email=f"{tag}@example.com", phone="+351 917 736 529", street=f"Rua {tag} 12", street2=f"Door {tag}",
            city="Porto", zip="4000-123", vat="PT501964843", website=f"http://{tag}.example.com",
            comment=f"Likes {tag}",
            function=f"Painter {tag}", ref=f"ref-{tag}",
            hotel_birth_date=date(1980, 2, 3), hotel_desk_note=f"Desk {tag}",
            country_id=cls.env.ref("base.pt").id,
        )  # fmt: skip
        child = cls.env["res.partner"].create({"name": f"Home {tag}", "parent_id": guest.id, "type": "delivery"})
        user = cls.env["res.users"].with_context(no_reset_password=True).create(
            {"name": name, "login": f"{tag}@example.com", "partner_id": guest.id, "signature": f"Yours {tag}",
             "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)]}
        )  # fmt: skip
        about = {"partner_id": guest.id}
        kind = cls.env["hotel.service.kind"].search([], limit=1)
        stay = cls._make_stay(
            guest, state="departed", note=f"Note {tag}", registration_signed_by=name, source_system="pms",
            source_ref=f"S-{guest.id}",
        )  # fmt: skip
        cls._make_consumption(guest, stay_id=stay.id, description=f"Dinner for {name}")
        cls.env["hotel.service.record"].create(
            {**about, "property_id": cls.hotel.id, "kind_id": kind.id, "note": f"Called {tag}",
             "outcome_note": f"ok {tag}"}  # fmt: skip
        )
        cls.env["hotel.guest.preference"].create(
            {**about, "preference_id": cls.env["hotel.preference"].search([], limit=1).id, "note": f"Soft {tag}"}
        )
        cls._make_ties(guest, name, tag)
        cls._make_papers(guest, name, tag)
        cls._make_letters(guest, name, tag, child)
        strings = [name, tag, "917 736 529", "917736529", "PT501964843", NUMBER, user.login, guest.hotel_guest_code]
        return guest, strings

    @classmethod
    def _make_ties(cls, guest, name, tag):
        """Make a relation, a number of another system, a consent, a document and a likely duplicate."""
        about = {"partner_id": guest.id}
        friend = cls._make_guest("Friend")
        cls.env["hotel.guest.relation"].create(
            {**about, "related_partner_id": friend.id, "kind": "family", "note": f"Sister {tag}"}
        )
        cls.env["hotel.guest.reference"].create({**about, "source_system": "pms", "source_ref": f"G-{tag}"})
        guest.hotel_record_consent("offer", "email", "given", proof=f"Paper {tag}")
        document = cls._make_document(guest, NUMBER, "passport", name_on_document=f"{name} {tag}")
        cls.env["hotel.guest.document.scan"].create({"document_id": document.id, "content_input": PIXEL})
        cls.env["hotel.duplicate.pair"].create(
            {"partner_a_id": guest.id, "partner_b_id": friend.id, "probability": 0.9}
        )

    @classmethod
    def _make_papers(cls, guest, name, tag):
        """Make a reservation, a folio and a paid invoice of a guest."""
        order = cls.env["sale.order"].create(
            {"partner_id": guest.id, "note": f"For {tag}", "client_order_ref": name, "signed_by": name,
             "order_line": [Command.create({"name": f"Room for {name}", "display_type": "line_note"})]}
        )  # fmt: skip
        order.message_post(body=f"{name} wants {tag}")
        reservation = cls.env["hotel.reservation"].create(
            {"partner_id": guest.id, "property_id": cls.hotel.id, "note": f"Booked by {tag}"}
        )
        reservation.message_post(body=f"{tag} called")
        cls.env["hotel.reservation"].flush_model()
        cls.env.cr.execute("UPDATE hotel_reservation SET is_dropped = TRUE WHERE id = %s", [reservation.id])
        reservation.invalidate_recordset()

    @classmethod
    def _make_letters(cls, guest, name, tag, child):
        """Make messages, files, activities, entries of the log and rows that wait to be mended."""
        guest.message_post(body=f"Hello {tag}", author_id=guest.id)
        child.message_post(body=f"Ring twice {tag}")
        guest.with_context(tracking_disable=False).message_notify(
            body=f"Secret {tag}", subject=name, partner_ids=guest.ids
        )
        cls.env["ir.attachment"].create(
            {"name": f"{tag}.txt", "res_model": "res.partner", "res_id": guest.id, "raw": f"File {tag}".encode()}
        )
        guest.activity_schedule("mail.mail_activity_data_todo", summary=f"Ask {tag}", user_id=cls.env.uid)
        cls.env["hotel.message"]._send(guest, "transaction", "email", f"k/{guest.id}", f"Dear {name}", f"Hi {tag}")
        cls.env["hotel.access.log"]._log("open", guest.ids, reason=f"because {tag}")
        cls.env["mail.blacklist"].sudo().create({"email": guest.email})
        job = cls.env["hotel.import.job"].create({"name": "Guests", "kind": "guests", "source_system": "pms"})
        cls.env["hotel.import.row"].create(
            {"job_id": job.id, "number": 1, "cells": ["7", name, guest.email], "source_ref": "7"}
        )
        cls.env["ir.model.data"].create(
            {"module": "__import__", "name": f"partner_{tag}", "model": "res.partner", "res_id": guest.id}
        )
