"""The ledger written: what is booked compared with what the rules say, and the difference added."""

import json
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import changes, results
from .. import bulk
from .hotel_loyalty_row_mixin import find_origin, to_plain

LOT_COLUMNS = {
    "id": "integer",
    "card_id": "integer",
    "key": "text",
    "kind": "text",
    "granted": "integer",
    "remaining": "integer",
    "earned_date": "date",
    "available_date": "date",
    "expiry_date": "date",
    "is_available": "boolean",
    "property_id": "integer",
    "version_code": "text",
}
MOVE_COLUMNS = {
    "card_id": "integer",
    "lot_id": "integer",
    "key": "text",
    "kind": "text",
    "date": "date",
    "available_date": "date",
    "expiry_date": "date",
    "points": "integer",
    "revision_id": "integer",
    "version_code": "text",
    "origin": "text",
    "origin_model": "text",
    "origin_id": "integer",
    "property_id": "integer",
    "reason_code": "text",
    "reason_params": "jsonb",
    "inputs": "jsonb",
    "booked_at": "timestamp",
}


class Booked(NamedTuple):
    """What a batch of one programme's members had booked; cards by id."""

    program: object  #: loyalty.program
    outcomes: dict  #: card's id -> rules.results.Outcome
    moves: list  #: pairs (card's id, rules.results.Move) that were added
    decisions: list  #: pairs (card's id, rules.results.Decision) that were added
    voided: list  #: ids of decisions that hold no more


class LotRow(NamedTuple):
    """A lot as it is booked."""

    id: int
    remaining: int
    granted: int
    available: object
    expires: object
    is_available: bool


class HotelLoyaltyBooking(models.AbstractModel):
    """Books evaluations: one statement per table and batch."""

    _name = "hotel.loyalty.booking"
    _description = "Booking of Loyalty Evaluations"

    @api.model
    def _book(self, program, outcomes, facts):
        """Add what is missing so that the ledger says what the evaluations say.

        :param loyalty.program program: whose members, with sudo
        :param dict outcomes: card's id to rules.results.Outcome; the cards are locked
        :param facts.Facts facts: what the outcomes follow from
        :rtype: Booked
        """
        card_ids = list(outcomes)
        lots = self._query_lots(card_ids)
        moves = self._find_moves(outcomes, self._query_sums(card_ids))
        lot_ids = self._write_lots(outcomes, lots, facts)
        self._add_moves(program, moves, lot_ids, facts)
        decisions, voided = self.env["hotel.loyalty.booking.decision"]._record(program, outcomes)
        self.env["hotel.loyalty.booking.history"]._record(program, outcomes, lots, moves, facts)
        self.env["hotel.loyalty.booking.card"]._record(program, outcomes, facts)
        for name in ("lot", "move", "decision"):
            self.env[f"hotel.loyalty.{name}"].invalidate_model()
        return Booked(program, outcomes, moves, decisions, voided)

    @api.model
    def _query_add(self, table, columns, rows):
        """Insert rows; SQL because of volume, and COPY because it is the fastest way in.

        :param str table: its name
        :param dict columns: name to type
        :param list rows: tuples of the columns, see `bulk.encode`
        """
        if rows:
            # the names are written down in this file and in those that inherit from it, none comes from users
            names = ", ".join(f'"{name}"' for name in columns)
            content = bulk.encode(columns.values(), rows)
            self.env.cr.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', content)  # pylint: disable=sql-injection

    @api.model
    def _query_reserve(self, table, count):
        """Return ids for rows that are to be added; SQL because the ORM reserves none.

        :rtype: list[int]
        """
        if not count:
            return []
        rows = self.env.execute_query(
            SQL("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", table, count)
        )
        return [row_id for (row_id,) in rows]

    # ---- moves -------------------------------------------------------------------------------

    @api.model
    def _query_sums(self, card_ids):
        """Return what is booked; SQL because of volume.

        :returns: card's id -> {key of the rules: [points, how many rows]}
        :rtype: dict[int, dict[str, list]]
        """
        found = {card_id: {} for card_id in card_ids}
        rows = self.env.execute_query(
            SQL("SELECT card_id, key, points FROM hotel_loyalty_move WHERE card_id = ANY(%s)", bulk.make_ids(card_ids))
        )
        for card_id, key, points in rows:
            booked = found[card_id].setdefault(key.split("~")[0], [0, 0])
            booked[0] += points
            booked[1] += 1
        return found

    @api.model
    def _find_moves(self, outcomes, sums):
        """Return the moves to be added, as pairs (card's id, move) in the order of days."""
        found, wrong = [], {}
        for card_id, outcome in outcomes.items():
            due, have = {move.key: move.points for move in outcome.moves}, sums[card_id]
            if not have:
                found += [(card_id, move) for move in sorted(outcome.moves, key=lambda move: move.on)]
                continue
            odd = [key for key, (points, _count) in have.items() if due.get(key, 0) != points]
            if odd or len(due.keys() - have.keys()):
                wrong[card_id] = odd
        first = self._query_first(wrong)
        for card_id in wrong:
            booked = {
                key: changes.Booked(first.get((card_id, key)), points, count)
                for key, (points, count) in sums[card_id].items()
            }
            found += [(card_id, move) for move in changes.find_bookings(booked, outcomes[card_id])]
        return found

    @api.model
    def _query_first(self, wrong):
        """Return moves that are to be corrected as they were first booked; SQL because of volume.

        :param dict wrong: card's id to keys
        :rtype: dict[tuple[int, str], rules.results.Move]
        """
        pairs = [(card_id, key) for card_id, keys in wrong.items() for key in keys]
        if not pairs:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT move.card_id, move.key, move.kind, move.date, move.available_date, lot.key, move.points,
                          move.expiry_date, move.version_code, move.origin
                     FROM unnest(%s, %s) AS wanted (card_id, key)
                     JOIN hotel_loyalty_move move ON move.card_id = wanted.card_id AND move.key = wanted.key
                LEFT JOIN hotel_loyalty_lot lot ON lot.id = move.lot_id""",
                [card_id for card_id, _key in pairs],
                [key for _card_id, key in pairs],
            )
        )
        return {
            (card_id, key): results.Move(
                key, str(card_id), kind, day, available, lot, points, expires, version, origin, None
            )  # fmt: skip
            for card_id, key, kind, day, available, lot, points, expires, version, origin in rows
        }

    @api.model
    def _add_moves(self, program, moves, lot_ids, facts):
        """Write moves down."""
        revision, now, rows = program.hotel_revision_id.id, fields.Datetime.now(), []
        for card_id, move in moves:
            lot = move.lot and lot_ids[card_id, move.lot]
            place = facts.places.get(move.origin) or facts.places.get(self._get_lot_fact(move.lot))
            rows.append(
                (
                    *(card_id, lot, move.key, move.kind, move.on, move.available, move.expires, move.points),
                    *(revision, move.version, move.origin, *find_origin(move.origin), place, move.reason.code),
                    *(json.dumps(to_plain(move.reason.params)), json.dumps(to_plain(move.inputs)), now),
                )
            )
        self._query_add("hotel_loyalty_move", MOVE_COLUMNS, rows)

    @api.model
    def _get_lot_fact(self, key):
        """Return the key of the fact that a lot came from, of the lot's own key; see rules.happenings.

        :rtype: str
        """
        parts = (key or "").split("/")
        return parts[1] if len(parts) > 1 else ""

    # ---- lots --------------------------------------------------------------------------------

    @api.model
    def _query_lots(self, card_ids):
        """Return lots as they are booked; SQL because of volume.

        :returns: card's id -> {key: lot}
        :rtype: dict[int, dict[str, LotRow]]
        """
        found = {card_id: {} for card_id in card_ids}
        rows = self.env.execute_query(
            SQL(
                """SELECT card_id, key, id, remaining, granted, available_date, expiry_date, is_available
                     FROM hotel_loyalty_lot WHERE card_id = ANY(%s)""",
                bulk.make_ids(card_ids),
            )
        )
        for card_id, key, *row in rows:
            found[card_id][key] = LotRow(*row)
        return found

    @api.model
    def _write_lots(self, outcomes, lots, facts):
        """Add and change lots.

        :returns: (card's id, key) -> id of the lot
        :rtype: dict[tuple[int, str], int]
        """
        new, changed, ids = [], [], {}
        for card_id, outcome in outcomes.items():
            known = lots[card_id]
            ids.update(((card_id, key), row.id) for key, row in known.items())
            due = {lot.key: lot for lot in outcome.lots}
            opening = {move.key: move for move in outcome.moves} if due.keys() - known.keys() else {}
            for key, lot in due.items():
                usable = lot.available <= outcome.as_of
                if key not in known:
                    new.append(self._make_lot(card_id, lot, opening[key], usable, facts))
                elif known[key][1:] != (lot.remaining, lot.granted, lot.available, lot.expires, usable):
                    changed.append((known[key].id, lot.remaining, lot.granted, lot.available, lot.expires, usable))
            for key, row in known.items():
                if key not in due and row.remaining:
                    changed.append((row.id, 0, row.granted, row.available, row.expires, row.is_available))
        reserved = self._query_reserve("hotel_loyalty_lot", len(new))
        rows = [(lot_id, *row) for lot_id, row in zip(reserved, new, strict=True)]
        self._query_add("hotel_loyalty_lot", LOT_COLUMNS, rows)
        ids.update((row[1:3], row[0]) for row in rows)
        self._query_change_lots(changed)
        return ids

    @api.model
    def _make_lot(self, card_id, lot, opening, usable, facts):
        place = facts.places.get(opening.origin)
        return (
            *(card_id, lot.key, opening.kind, lot.granted, lot.remaining, lot.on, lot.available, lot.expires),
            *(usable, place, opening.version),
        )

    @api.model
    def _query_change_lots(self, rows):
        """Change lots by one statement; SQL because of volume."""
        if rows:
            ids, *cells = ([*column] for column in zip(*rows, strict=True))
            self.env.execute_query(
                SQL(
                    """UPDATE hotel_loyalty_lot lot SET remaining = new.remaining, granted = new.granted,
                              available_date = new.available, expiry_date = new.expires, is_available = new.usable
                         FROM unnest(%s::integer[], %s::integer[], %s::integer[], %s::date[], %s::date[], %s::boolean[])
                              AS new (id, remaining, granted, available, expires, usable)
                        WHERE lot.id = new.id RETURNING 1""",
                    ids,
                    *cells,
                )
            )
