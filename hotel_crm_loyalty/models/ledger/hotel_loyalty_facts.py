"""What happened to members, read for the rules: one query per kind of fact and batch, none per member."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...rules import facts as rules
from .. import bulk

ZERO = Decimal(0)
#: what staff do for a member is no activity of his or hers
PASSIVE = frozenset({"Grant", "Extension", "Refund"})


class Facts(NamedTuple):
    """Facts of a batch of members."""


    of: dict  #: card's id -> list of facts
    places: dict  #: key of a fact -> id of the property where it happened
    links: dict  #: key of a fact -> (model, id) of what Odoo's portal can show of it
    joined: dict  #: card's id -> day of joining
    prints: dict  #: card's id -> fingerprint of these facts

    def get_last_activity(self, card_id, outcome):
        """Return the day on which a member last did something, the day of joining at least.

        :param int card_id: of the card
        :param rules.results.Outcome outcome: what the rules say about it; nothing after its day counts
        :rtype: date
        """
        return max(
            (fact.on for fact in self.of.get(card_id, ()) if fact.on <= outcome.as_of and _is_activity(fact)),
            default=self.joined[card_id],
        )


def _is_activity(fact):
    """Return whether a fact is something that the member did."""
    name = type(fact).__name__
    if name == "Redemption":
        return fact.cancelled is None
    return name not in PASSIVE and not (name == "Posting" and fact.kind in ("adjust", "opening"))


class HotelLoyaltyFacts(models.AbstractModel):
    """Reads the facts of members."""

    _name = "hotel.loyalty.facts"
    _description = "Facts of Loyalty Members"

    @api.model
    def _read(self, program, card_ids):
        """Return what happened to some members, from their joining on.

        Facts of cards that were united with one of these are its own.

        :param loyalty.program program: whose members, with sudo
        :param list card_ids: ids of their cards
        :rtype: Facts
        """
        self.env.flush_all()
        found = Facts(defaultdict(list), {}, {}, {}, {})
        scope = self._get_scope(program, card_ids)
        stays = self._read_stays(scope, found)
        self._read_charges(scope, found, stays)
        self._read_purchases(scope, found)
        for name in ("posting", "redemption", "grant", "extension", "choice"):
            for card_id, fact in getattr(self, f"_read_{name}s")(scope, found):
                found.of[card_id].append(fact)
        return found

    @api.model
    def _get_scope(self, program, card_ids):
        """Return what the queries have in common, as a mapping of SQL."""
        properties = program._get_hotel_properties()
        scope = {
            "cards": bulk.make_ids(card_ids),
            "owners": self._query_owners(card_ids),
            "properties": SQL("%s::integer[]", properties.ids),
            "currency": SQL("%s", program.currency_id.id),
            "decimals": SQL("%s", program.currency_id.decimal_places),
            "owner": SQL("COALESCE(card.hotel_merged_into_id, card.id)"),
        }
        # the programme's currency stands where the company's would: see _get_day_amount
        scope["amount"] = self.env["res.currency"]._get_day_amount(
            SQL("line.amount_net"), SQL("line.currency_id"), SQL("target"), SQL("line.business_date")
        )
        scope["target"] = SQL(
            """JOIN res_company company ON company.id = line.company_id
               CROSS JOIN LATERAL (SELECT %s AS currency_id, company.parent_path) target""",
            scope["currency"],
        )
        return scope

    @api.model
    def _query_owners(self, card_ids):
        """Return whose facts are whose: cards, those that were united with them too, to the card that counts them.

        :rtype: dict[int, int]
        """
        rows = self.env.execute_query(
            SQL("SELECT id, hotel_merged_into_id FROM loyalty_card WHERE hotel_merged_into_id = ANY(%s)",
                bulk.make_ids(card_ids))  # fmt: skip
        )
        return {**dict(zip(card_ids, card_ids, strict=True)), **dict(rows)}

    # ---- stays and what was charged to them --------------------------------------------------

    @api.model
    def _read_stays(self, scope, found):
        """Read stays; rooms that one guest had at once in one reservation are one stay.

        :returns: id of a stay -> (card's id, the stay as a list of its own, or that of its first room)
        :rtype: dict
        """
        rooms, stays = {}, {}
        for row in self._query_stays(scope):
            card_id, stay_id, group, place, arrival, departure, no_show, *codes, booked, award = row
            key = (card_id, group, place, arrival, departure, no_show)
            if group is not None and key in rooms:
                rooms[key]["count"] += 1
            else:
                rooms[key if group is not None else stay_id] = {
                    "card": card_id, "id": stay_id, "count": 1, "spend": {}, "late": [], "place": place,
                    "values": (arrival, departure), "codes": codes, "booked": booked, "award": award,
                    "no_show": no_show,
                }  # fmt: skip
            stays[stay_id] = rooms[key if group is not None else stay_id]
        for room in rooms.values():
            found.places[f"stay:{room['id']}"] = room["place"]
            found.links[f"stay:{room['id']}"] = ("hotel.stay", room["id"])
        return stays

    @api.model
    def _query_stays(self, scope):
        """Return stays of members that count, the earliest first; SQL because of volume."""
        return self.env.execute_query(
            SQL(
                """SELECT %(owner)s, stay.id, stay.reservation_id, stay.property_id, stay.arrival_date,
                          stay.departure_date, stay.state = 'no_show',
                          property.code, COALESCE(property.hotel_brand, ''), COALESCE(plan.code, ''),
                          COALESCE(channel.code, ''), COALESCE(segment.code, ''),
                          (stay.booked_at AT TIME ZONE 'UTC' AT TIME ZONE property.tz)::date,
                          EXISTS (SELECT FROM hotel_loyalty_redemption redemption
                                   WHERE redemption.reservation_id = stay.reservation_id
                                     AND redemption.is_award_night AND redemption.state <> 'cancelled')
                     FROM loyalty_card card
                     JOIN hotel_stay stay ON stay.partner_id = card.partner_id
                      AND stay.state IN ('departed', 'no_show') AND stay.property_id = ANY(%(properties)s)
                      AND stay.is_loyalty_history IS NOT TRUE
                      AND CASE WHEN stay.state = 'no_show' THEN stay.arrival_date ELSE stay.departure_date END
                          >= card.hotel_joined_date
                     JOIN hotel_property property ON property.id = stay.property_id
                LEFT JOIN hotel_rate_plan plan ON plan.id = stay.rate_plan_id
                LEFT JOIN hotel_channel channel ON channel.id = stay.channel_id
                LEFT JOIN hotel_market_segment segment ON segment.id = stay.market_segment_id
                    WHERE card.id = ANY(%(cards)s) ORDER BY stay.id""",
                **scope,
            )
        )

    @api.model
    def _read_charges(self, scope, found, stays):
        """Add what was charged to stays, and make facts of them and of what was given back later."""
        for stay_id, kind, amount, late_id, late_date in self._query_charges(scope, list(stays)):
            room, amount = stays[stay_id], Decimal(amount)
            if late_id is None:
                room["spend"][kind] = room["spend"].get(kind, ZERO) + amount
            else:
                room["late"].append((late_date, late_id, kind, -amount))
        for stay_id, room in stays.items():
            if stay_id == room["id"]:
                found.of[room["card"]] += self._make_stay(room, found)

    @api.model
    def _query_charges(self, scope, stay_ids):
        """Return what was charged to stays; SQL because of volume.

        Reversals that came after the departure are rows of their own, with id and day; those before it lower
        the sum.
        """
        if not stay_ids:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT line.stay_id, line.kind, round(SUM(%(amount)s), %(decimals)s)::text,
                          late.id, GREATEST(late.date, MIN(stay.departure_date))
                     FROM hotel_consumption line JOIN hotel_stay stay ON stay.id = line.stay_id %(target)s
                     CROSS JOIN LATERAL (
                          SELECT CASE WHEN line.reversal_of_id IS NOT NULL AND
                                 (line.business_date > stay.departure_date OR line.posted_at > stay.checked_out_at)
                                 THEN line.id END AS id, line.business_date AS date) is_late
                     CROSS JOIN LATERAL (SELECT is_late.id, CASE WHEN is_late.id IS NOT NULL
                                                                THEN is_late.date END AS date) late
                    WHERE line.stay_id = ANY(%(stays)s) AND line.accrues_points
                    GROUP BY line.stay_id, line.kind, late.id, late.date
                    ORDER BY line.stay_id, late.id NULLS FIRST, line.kind""",
                stays=bulk.make_ids(stay_ids),
                **scope,
            )
        )

    @api.model
    def _make_stay(self, room, found):
        """Return a stay as a fact, and what was given back of it as others.

        Where no charge for the room is left, the nights are given back too; where none at all, all of it.
        """
        arrival, departure = room["values"]
        code, brand, rate, channel, segment = room["codes"]
        key = f"stay:{room['id']}"
        spend = tuple(sorted((kind, amount) for kind, amount in room["spend"].items() if amount))
        stay = rules.Stay(
            key, arrival, departure, spend, code, brand, rate, channel, segment, room["count"],
            room["booked"], is_award=room["award"], is_no_show=room["no_show"],
        )  # fmt: skip
        left, made = dict(spend), [stay]
        for day, line_id, kind, amount in sorted(room["late"]):
            had_room = left.get("room", ZERO) > 0
            left[kind] = left.get(kind, ZERO) - amount
            is_all = not any(left.values())
            nights = stay.nights if had_room and not left.get("room") else 0
            refund = f"refund:{line_id}"
            found.places[refund] = room["place"]
            made.append(
                rules.Refund(refund, day, key) if is_all else rules.Refund(refund, day, key, ((kind, amount),), nights)
            )
        return made

    # ---- what was paid without a stay --------------------------------------------------------

    @api.model
    def _read_purchases(self, scope, found):
        """Add what members paid without staying, and what of it was taken back."""
        for row in self._query_purchases(scope):
            card_id, line_id, day, kind, amount, reversed_id, place, code, brand, outlet, event = row
            if reversed_id:
                fact = rules.Refund(f"refund:{line_id}", day, f"bill:{reversed_id}")
            else:
                fact = rules.Purchase(
                    f"bill:{line_id}", day, ((kind, Decimal(amount)),), code, brand, outlet, event=event
                )  # fmt: skip
            found.of[card_id].append(fact)
            found.places[fact.key] = place

    @api.model
    def _query_purchases(self, scope):
        """Return charges without a stay, and their reversals; SQL because of volume."""
        return self.env.execute_query(
            SQL(
                """SELECT %(owner)s, line.id, line.business_date, line.kind, round(%(amount)s, %(decimals)s)::text,
                          line.reversal_of_id, line.property_id, property.code, COALESCE(property.hotel_brand, ''),
                          COALESCE(outlet.code, ''),
                          CASE WHEN line.kind = 'event' THEN COALESCE(line.bill_ref, '') ELSE '' END
                     FROM loyalty_card card
                     JOIN hotel_consumption line ON line.partner_id = card.partner_id AND line.stay_id IS NULL
                      AND line.accrues_points AND line.property_id = ANY(%(properties)s)
                      AND line.business_date >= card.hotel_joined_date
                     JOIN hotel_property property ON property.id = line.property_id
                LEFT JOIN hotel_outlet outlet ON outlet.id = line.outlet_id %(target)s
                    WHERE card.id = ANY(%(cards)s) ORDER BY line.id""",
                **scope,
            )
        )
