"""Members evaluated in batches: facts read, rules asked, differences booked."""

from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import engine
from ...rules import facts as rules
from ...rules.results import Outcome
from .. import bulk

#: members whose facts are in memory at once
BATCH = 1000


class Holder(NamedTuple):
    """What is read of a card when it is locked."""

    id: int
    joined: date
    evaluated: date | None
    is_merged: bool  #: with another card
    closed: date | None


class HotelLoyaltyEvaluation(models.AbstractModel):
    """Asks the rules about members, and has the ledger booked."""

    _name = "hotel.loyalty.evaluation"
    _description = "Evaluation of Loyalty Members"

    @api.model
    def _evaluate(self, cards, as_of=None, only_changed=False):
        """Bring the ledger of some members in line with the rules. Asked twice, it books nothing more.

        The cards are locked, the lowest number first, so that two at once do not book the same.

        :param loyalty.card cards: of hotel programmes; others are left out
        :param date as_of: the day, default today by the programme's clock; a card never goes back in time
        :param bool only_changed: leave out whose facts, rules and lists are those of the last evaluation, and for
            whom no day has come on which something happens by itself: the rules would say the same
        :returns: card's id to what the rules say
        :rtype: dict[int, rules.results.Outcome]
        """
        outcomes = {}
        # members are evaluated on behalf of the program, whoever's action it follows from
        for program, card_ids in self.sudo()._query_batches(cards.ids):
            outcomes |= self.sudo()._evaluate_batch(program, card_ids, as_of, only_changed)
        return outcomes

    @api.model
    def _query_batches(self, card_ids):
        """Yield cards of hotel programmes by programme, a batch at a time; SQL because the ORM reads whole cards.

        :param list card_ids: ids of cards
        :returns: pairs (loyalty.program, ids of its cards)
        """
        self.env["loyalty.card"].flush_model(["program_id", "hotel_managed"])
        rows = self.env.execute_query(
            SQL(
                """SELECT program_id, array_agg(id ORDER BY id) FROM loyalty_card
                    WHERE id = ANY(%s) AND hotel_managed GROUP BY program_id ORDER BY program_id""",
                bulk.make_ids(card_ids),
            )
        )
        for program_id, ids in rows:
            for start in range(0, len(ids), BATCH):
                yield self.env["loyalty.program"].browse(program_id), ids[start : start + BATCH]

    @api.model
    def _evaluate_batch(self, program, card_ids, as_of, only_changed):
        """Evaluate and book a batch of one programme's members."""
        self.env.flush_all()
        # compiling queries of a thousand cards takes longer than running them
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        today = as_of or program._get_hotel_today()
        reader = self.env["hotel.loyalty.facts"]
        prints = reader._query_fingerprints(program, card_ids)
        if only_changed:
            card_ids = reader._query_changed(card_ids, prints, today)
            if not card_ids:
                return {}
        holders = self._query_lock(card_ids)
        facts = reader._read(program, card_ids)
        facts.prints.update(prints)
        facts.joined.update((holder.id, holder.joined) for holder in holders)
        outcomes = dict(self._ask(program, holders, facts, today))
        booked = self.env["hotel.loyalty.booking"]._book(program, outcomes, facts)
        # what the hooks look at, without the rest of the cards
        self.env["loyalty.card"].browse(list(outcomes)).fetch(["partner_id"])
        self._after_booked(booked)
        return outcomes

    @api.model
    def _look(self, cards, as_of=None, more_facts=None, plan=None):
        """Return what the rules say about some members, without booking it.

        :param loyalty.card cards: of hotel programmes
        :param date as_of: the day; default today by the programme's clock, no card goes back in time
        :param dict more_facts: card's id to facts as rules.facts that are supposed beside the real ones
        :param rules.plan.Plan plan: judge by these rules instead of those in force (cards of one programme)
        :rtype: dict[int, rules.results.Outcome]
        """
        outcomes = {}
        for program, card_ids in self.sudo()._query_batches(cards.ids):
            facts = program.env["hotel.loyalty.facts"]._read(program, card_ids)
            for card_id in card_ids:
                facts.of[card_id] += (more_facts or {}).get(card_id, [])
            holders = self.sudo()._query_lock(card_ids, is_locked=False)
            today = as_of or program._get_hotel_today()
            outcomes |= dict(self._ask(program, holders, facts, today, plan))
        return outcomes

    @api.model
    def _ask(self, program, holders, facts, today, plan=None):
        """Yield (card's id, outcome) of some members."""
        plan = plan or program._get_hotel_plan()
        for holder in holders:
            day = holder.closed or max(today, holder.evaluated or today, holder.joined)
            if holder.is_merged:
                yield holder.id, self._make_empty(plan, holder, day)
                continue
            member = rules.Member(str(holder.id), holder.joined, tuple(facts.of.get(holder.id, ())))
            yield holder.id, engine.evaluate_member(plan, member, day)

    @api.model
    def _make_empty(self, plan, holder, day):
        """Return the outcome of a card that was united with another one: nothing is left on it."""
        tier = plan.at(day).tiers[0].code
        return Outcome(str(holder.id), day, (), (), (), 0, tier, holder.joined, None, None, (day, None), {}, {})

    @api.model
    def _query_lock(self, card_ids, is_locked=True):
        """Lock cards against other evaluations, and return what is needed of them; SQL for the lock.

        Whoever only points to a card, such as a new fact, does not wait.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT id, hotel_joined_date, hotel_evaluated_date, hotel_merged_into_id IS NOT NULL,
                          hotel_closed_date
                     FROM loyalty_card WHERE id = ANY(%s) ORDER BY id %s""",
                bulk.make_ids(card_ids),
                SQL("FOR NO KEY UPDATE") if is_locked else SQL(),
            )
        )
        return [Holder(*row) for row in rows]

    # ---- jobs --------------------------------------------------------------------------------

    @api.model
    def _cron_evaluate(self, part=None):
        """Evaluate members whose facts have changed, a batch per transaction.

        :param int part: one half of them, see ``hotel.loyalty.queue._get_share``; default all
        """
        queue, cron = self.env["hotel.loyalty.queue"].sudo(), self.env["ir.cron"]
        share = queue._get_share(part)
        while card_ids := queue._query_take_where(BATCH, share):
            self._evaluate(self.env["loyalty.card"].browse(card_ids), only_changed=True)
            if not cron._commit_progress(len(card_ids), remaining=queue._query_count(10 * BATCH, share)):
                break

    @api.model
    def _cron_nightly(self):
        """Evaluate members for whom something happens by itself today: points expire, a cycle or tier ends ..."""
        cron, last = self.env["ir.cron"], 0
        while card_ids := self._query_due(last):
            last = card_ids[-1]
            self._evaluate(self.env["loyalty.card"].browse(card_ids))
            if not cron._commit_progress(len(card_ids), remaining=len(self._query_due(last))):
                break

    @api.model
    def _query_due(self, last):
        """Return ids of cards that are due by their programme's clock, after a given one; SQL for the clocks."""
        rows = self.env.execute_query(
            SQL(
                """SELECT card.id FROM loyalty_card card JOIN loyalty_program program ON program.id = card.program_id
                    WHERE card.hotel_managed AND card.active AND card.id > %s AND card.hotel_next_date <= %s
                    ORDER BY card.id LIMIT %s""",
                last,
                self._get_today_of_program(),
                BATCH,
            )
        )
        return [card_id for (card_id,) in rows]

    @api.model
    def _get_today_of_program(self):
        """Return the date by the clock of ``program``, as an expression of SQL."""
        return SQL(
            "(%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(program.hotel_tz, 'UTC'))::date",
            fields.Datetime.now(),
        )

    # ---- hooks -------------------------------------------------------------------------------

    @api.model
    def _after_booked(self, booked):
        """Hook: a batch was booked.

        :param booking.Booked booked: what was added
        """

