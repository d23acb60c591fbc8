"""Where a member stands: points by the day on which they expire, and the way to the next tier."""

from odoo import api, models

from ... import progress

#: rows of the table of points by expiry; what comes later is one row
MOST_LOTS = 12


class HotelMemberPage(models.AbstractModel):
    _inherit = "hotel.member.page"

    @api.model
    def _get_standing(self, card):
        """Return everything that the page of a card says beside the card's own fields.

        :param loyalty.card card: the guest's own, with sudo
        :returns: available (int), lots and pending (see there), goal (see `_get_goal`), benefits (lines),
            inactive_months and activities (what the whole balance depends on), cycle_lines
        :rtype: dict
        """
        program = card.program_id
        return {
            "available": int(card.points),
            "lots": self._get_lots(card),
            "pending": self._get_pending(card),
            "goal": self._get_goal(card),
            "benefits": self._get_benefits(program, card.hotel_tier_id),
            "inactivity": self._get_inactivity(card),
        }

    @api.model
    def _get_lots(self, card):
        """Return the points that can be spent, by the day on which they expire; those that never do come last.

        :returns: date (False: never), points, is_rest (all later ones in one)
        :rtype: list[dict]
        """
        rows = self._read_lots(card, "available_date", "<=", "expiry_date")
        shown = [{"date": day, "points": points, "is_rest": False} for day, points in rows[:MOST_LOTS]]
        rest = sum(points for _day, points in rows[MOST_LOTS:])
        return shown + ([{"date": False, "points": rest, "is_rest": True}] if rest else [])

    @api.model
    def _get_pending(self, card):
        """Return the points that cannot be spent yet, by the day on which they can.

        :rtype: list[tuple[date, int]]
        """
        return self._read_lots(card, "available_date", ">", "available_date")

    @api.model
    def _read_lots(self, card, field, operator, by):
        """Return what remains in lots, summed by a date; in one query."""
        today = card.program_id._get_hotel_today()
        domain = [("card_id", "=", card.id), ("remaining", ">", 0), (field, operator, today)]
        # guests have no rights on the ledger: the card is their own
        rows = self.env["hotel.loyalty.lot"].sudo()._read_group(domain, [f"{by}:day"], ["remaining:sum"])
        dated = sorted((day, int(points)) for day, points in rows if day)
        return dated + [(False, int(points)) for day, points in rows if not day]

    @api.model
    def _get_goal(self, card):
        """Return the next tier that can be reached by collecting, and what is missing.

        :returns: tier, ways (see `_describe_ways`), end (last day on which counts count, or False); None where
            there is none above
        :rtype: dict | None
        """
        program = card.program_id
        terms = self._get_terms(program)
        held = terms.get_tier(card.hotel_tier_id.code or "")
        tiers = {tier.code: tier for tier in program.hotel_tier_ids}
        for one in terms.tiers[held.rank + 1 :]:
            ways = progress.list_ways(one.record.gain, card.hotel_counts or {}, card.hotel_lifetime or {})
            if ways and one.code in tiers:
                shown = self._describe_ways(program, terms, ways)
                return {"tier": tiers[one.code], "ways": shown, "end": card.hotel_cycle_end}
        return None

    @api.model
    def _get_inactivity(self, card):
        """Return what keeps the whole balance alive, where the rules lose it after months of silence.

        :returns: months, activities (names), lost_date; None where only lots expire
        :rtype: dict | None
        """
        rule = self._get_terms(card.program_id).inactivity
        if rule is None or card.hotel_tier_id.code in rule.exempt_tiers:
            return None
        names = self._get_activity_names()
        return {
            "months": rule.months,
            "activities": [names[one] for one in rule.activities],
            "lost_date": card.hotel_lost_date,
        }

    @api.model
    def _get_activity_names(self):
        """Return what the rules call an activity, in words."""
        return {
            "stay": self.env._("a stay"),
            "earn": self.env._("earning points"),
            "redeem": self.env._("redeeming points"),
            "buy": self.env._("buying points"),
            "transfer": self.env._("a transfer of points"),
            "gift": self.env._("a gift of points"),
        }
