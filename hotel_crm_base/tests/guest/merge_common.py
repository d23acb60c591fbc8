"""What tests of merges share: a guest with a bit of everything, and a look at all tables of the database."""

# what people write needs no translation
# pylint: disable=translation-required

import hashlib
import json
from datetime import date

from odoo.tools import SQL

from ..booking.folio_common import FolioCase

#: what a merge may leave behind: journal, log, and queues of what is to be computed anew
LEFT_OUT = {
    "hotel_merge", "hotel_merge_line", "hotel_access_log", "hotel_guest_metric_queue", "hotel_figure_queue",
    "hotel_figure_day", "hotel_figure_night", "hotel_loyalty_queue", "hotel_loyalty_figure_queue",
    "hotel_loyalty_figure_member_queue", "ir_cron_trigger",
}  # fmt: skip
#: rows that are made anew from others: their number and time say nothing
MADE_ANEW = {
    "hotel_guest_token": {"id"},
    "hotel_guest_line": {"id"},
    "hotel_guest_metric_month": {"id", "refreshed_at"},
    "hotel_guest_metric": {"id", "computed_at", "refreshed_at", "create_date", "write_date"},
}
MOST_ROWS = 3000


class MergeLooks:
    """Mix-in for test cases."""

    @classmethod
    def _look_at_all_tables(cls, but=()):
        """Return what every table of the database holds.

        :param but: tables left out beside those that a merge may change for good
        :rtype: dict[str, list[str] | str]: the rows of a table; of a big one only their hash
        """
        cls.env.flush_all()
        tables = cls.env.execute_query(
            SQL("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema::regnamespace")
        )
        look = {}
        for (table,) in tables:
            if table in LEFT_OUT or table in but or table.startswith("orm_signaling_"):
                continue
            left_out = sorted(MADE_ANEW.get(table, ()))
            rows = cls.env.execute_query(
                SQL("SELECT (to_jsonb(t) - %s::text[])::text FROM %s t ORDER BY 1", left_out, SQL.identifier(table))
            )
            rows = [text for (text,) in rows]
            look[table] = rows if len(rows) < MOST_ROWS else hashlib.sha256("".join(rows).encode()).hexdigest()
        return look

    def _assert_same_tables(self, before, after):
        """Compare two looks, and name what differs."""
        different = {}
        for table in before.keys() | after.keys():
            old, new = before.get(table), after.get(table)
            if old != new:
                is_big = isinstance(old, str) or isinstance(new, str)
                different[table] = "big" if is_big else self._describe(set(old), set(new))
        self.assertEqual(different, {})

    def _describe(self, old, new):
        """Return the rows that differ; of a row that changed only what is different."""
        gone, come = ([json.loads(row) for row in sorted(rows)] for rows in (old - new, new - old))
        if len(gone) == len(come) == 1:
            return {key: (gone[0][key], come[0].get(key)) for key in gone[0] if gone[0][key] != come[0].get(key)}
        return gone, come


class MergeCase(MergeLooks, FolioCase):
    """Two guests who are one, each with a bit of everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merges = cls.env["hotel.merge"]
        cls.kept = cls._make_guest("Ana Costa", email="ana@example.com", phone="+351 912 345 678")
        cls.gone = cls._make_guest("Ana M. Costa", email="ana.m@example.com", hotel_birth_date=date(1980, 2, 29))
        cls._fill(cls.kept, "1")
        cls._fill(cls.gone, "2")

    @classmethod
    def _fill(cls, guest, mark):
        """Give a guest a bit of everything."""
        cls._make_stay(guest, arrival=date(2026, 5, int(mark)), state="departed")
        cls._make_consumption(guest)
        reservation = cls._make_in_house(guest=guest, nights=1)
        cls._sleep(cls, cls.hotel)
        cls._pay(cls, reservation)
        reservation.stay_ids.action_check_out()
        guest.hotel_record_consent("offer", "email", "given" if mark == "1" else "withdrawn")
        guest.hotel_record_consent("survey", "sms", "withdrawn" if mark == "1" else "given")
        guest.hotel_record_consent("greeting", "any", "given")
        cls._make_document(guest, f"E1234567{mark}", kind="passport", country_id=cls.env.ref("base.pt").id)
        allergy = cls.env.ref("hotel_crm_base.hotel_preference_allergy_nuts")
        cls.env["hotel.guest.preference"].create(
            {"partner_id": guest.id, "preference_id": allergy.id, "note": f"note {mark}"}
        )
        cls.env["hotel.guest.reference"].create(
            {"partner_id": guest.id, "source_system": "pms", "source_ref": f"P-{mark}"}
        )
        guest.category_id = cls.env["res.partner.category"].create({"name": f"Both {mark}"}) | cls._get_common_tag()
        guest.message_post(body=f"Note {mark}")
        guest.message_subscribe(cls.env.user.partner_id.ids)
        cls.env["ir.attachment"].create(
            {"name": f"paper {mark}", "res_model": "res.partner", "res_id": guest.id, "raw": b"paper"}
        )
        guest.activity_schedule("mail.mail_activity_data_todo", summary=f"Call {mark}")
        cls.env["res.partner"].create({"name": f"Office {mark}", "type": "invoice", "parent_id": guest.id})

    @classmethod
    def _get_common_tag(cls):
        tags = cls.env["res.partner.category"]
        return tags.search([("name", "=", "Tag of both")]) or tags.create({"name": "Tag of both"})

    def _merge(self, values=None, **options):
        return self.merges._merge_guests(self.kept, self.gone, values, **options)
