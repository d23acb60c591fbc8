"""The history of a card: points and decisions with their reasons in words, as a page and as a file."""

import csv
import io

from odoo import api, models
from odoo.tools import SQL, format_date

#: what a page may be narrowed to -> kinds of moves, kinds of decisions
FILTERS = {
    "all": (
        ("earn", "bonus", "post", "redeem", "return", "reverse", "expire", "settle"),
        ("gain", "keep", "downgrade", "rollover", "milestone", "choice", "withdraw", "refuse"),
    ),
    "earned": (("earn", "bonus", "post"), ()),
    "used": (("redeem", "return"), ()),
    "lost": (("expire", "reverse", "settle"), ()),
    "tier": ((), ("gain", "keep", "downgrade", "rollover", "withdraw")),
    "other": ((), ("milestone", "choice", "refuse")),
}
PAGE_SIZE = 25
#: lines of a file at most
MOST_LINES = 20000
#: signs with which a sheet takes a text for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class HotelMemberHistory(models.AbstractModel):
    """What happened to a card, for its member; one line for what happened at once, from however many lots."""

    _name = "hotel.member.history"
    _description = "History of a Card"

    @api.model
    def _get_filters(self):
        """Return what the history may be narrowed to, in words.

        :rtype: dict[str, str]
        """
        return {
            "all": self.env._("Everything"),
            "earned": self.env._("Earned"),
            "used": self.env._("Used"),
            "lost": self.env._("Lost or taken back"),
            "tier": self.env._("Tier"),
            "other": self.env._("Other decisions"),
        }

    @api.model
    def _count(self, card, name="all"):
        """Return how many lines there are.

        :param loyalty.card card: the guest's own, with sudo
        :param str name: a key of FILTERS
        :rtype: int
        """
        self._flush_history()
        ((count,),) = self.env.execute_query(SQL("SELECT count(*) FROM (%s) line", self._query_lines(card, name)))
        return count

    @api.model
    def _get_lines(self, card, name="all", offset=0, limit=PAGE_SIZE):
        """Return lines, the latest first; the number of queries does not depend on how many.

        :param loyalty.card card: the guest's own, with sudo
        :param str name: a key of FILTERS
        :returns: date, kind, name (of the kind), points (None for decisions), reason, place, path (of one's own
            booking, or None), stay
        :rtype: list[dict]
        """
        self._flush_history()
        rows = self.env.execute_query(
            SQL(
                "SELECT source, id, points FROM (%s) line ORDER BY date DESC, last DESC, source LIMIT %s OFFSET %s",
                self._query_lines(card, name),
                limit,
                offset,
            )
        )
        # guests have no rights on the ledger: the card is their own
        moves = self.env["hotel.loyalty.move"].sudo().browse(row[1] for row in rows if row[0] == "move")
        decisions = self.env["hotel.loyalty.decision"].sudo().browse(row[1] for row in rows if row[0] == "decision")
        records = {("move", one.id): one for one in moves} | {("decision", one.id): one for one in decisions}
        stays = self._find_stays(moves)
        return [self._prepare_line(records[source, number], points, stays) for source, number, points in rows]

    @api.model
    def _flush_history(self):
        self.env["hotel.loyalty.move"].flush_model()
        self.env["hotel.loyalty.decision"].flush_model()

    @api.model
    def _query_lines(self, card, name):
        """Return the query of the lines: source, id, date, points, last (id). SQL, because two tables are paged as one.

        A debt that is paid stands in the ledger twice, as points that left a lot and as a debt that is less: the
        member sees what left.
        """
        moves, decisions = FILTERS[name]
        return SQL(
            """SELECT 'move' AS source, min(id) AS id, date,
                      CASE kind WHEN 'settle' THEN sum(points) FILTER (WHERE lot_id IS NOT NULL)
                                ELSE sum(points) END AS points,
                      max(booked_at) AS last
                 FROM hotel_loyalty_move
                WHERE card_id = %(card)s AND kind = ANY(%(moves)s)
             GROUP BY date, kind, origin, reason_code, reason_params
               HAVING sum(points) <> 0 OR kind = 'settle'
            UNION ALL
               SELECT 'decision', id, date, NULL, booked_at
                 FROM hotel_loyalty_decision
                WHERE card_id = %(card)s AND kind = ANY(%(decisions)s) AND NOT coalesce(is_void, FALSE)""",
            card=card.id,
            moves=list(moves),
            decisions=list(decisions),
        )

    @api.model
    def _find_stays(self, moves):
        """Return the stays behind moves, by id; read at once."""
        stay_ids = {move.origin_id for move in moves if move.origin_model == "hotel.stay" and move.origin_id}
        # guests have no rights on stays: these are of their own card
        stays = self.env["hotel.stay"].sudo().browse(sorted(stay_ids)).exists()
        return {stay.id: stay for stay in stays}

    @api.model
    def _prepare_line(self, record, points, stays):
        """Return a move or a decision in the form in which pages show it."""
        is_move = record._name == "hotel.loyalty.move"
        stay = is_move and record.origin_model == "hotel.stay" and stays.get(record.origin_id)
        hotel = record.property_id if is_move else self.env["hotel.property"]
        reservation = stay.reservation_id if stay else self.env["hotel.reservation"]
        is_own = bool(reservation) and reservation.partner_id == record.card_id.partner_id
        return {
            "date": record.date,
            "kind": record.kind,
            "name": dict(record._fields["kind"]._description_selection(self.env))[record.kind],
            "points": int(points) if is_move else None,
            "reason": record.reason or "",
            "hotel": hotel.name or "",
            "stay": stay or None,
            "path": reservation.access_url if is_own else None,
        }

    @api.model
    def _write_csv(self, card):
        """Return the whole history as a file for sheets: UTF-8 with a mark that Excel looks for.

        :param loyalty.card card: the guest's own, with sudo
        :rtype: bytes
        """
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(self._get_titles())
        for line in self._get_lines(card, limit=MOST_LINES):
            stay = line["stay"]
            days = (stay.arrival_date.isoformat(), stay.departure_date.isoformat()) if stay else ("", "")
            texts = [self._spare_formula(line[name]) for name in ("name", "reason", "hotel")]
            points = "" if line["points"] is None else line["points"]
            writer.writerow([line["date"].isoformat(), texts[0], points, *texts[1:], *days])
        return file.getvalue().encode("utf-8-sig")

    @api.model
    def _get_titles(self):
        """Return the titles of the columns."""
        return [
            self.env._("Date"),
            self.env._("Kind"),
            self.env._("Points"),
            self.env._("Reason"),
            self.env._("Hotel"),
            self.env._("Arrival"),
            self.env._("Departure"),
        ]

    @api.model
    def _spare_formula(self, text):
        """Return a text that no sheet takes for a formula: notes are written by people."""
        return f"'{text}" if text.startswith(FORMULA) else text

    @api.model
    def _describe_stay(self, stay):
        """Return the days of a stay as the guest writes them.

        :rtype: str
        """
        return f"{format_date(self.env, stay.arrival_date)} – {format_date(self.env, stay.departure_date)}"
