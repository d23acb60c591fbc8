from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestMergeAtOnce(ConcurrencyCase):
    """Two connections: whoever comes second sees what the first one did."""

    def setUp(self):
        super().setUp()
        self.guests = [self._make_guest(f"Guest {letter}") for letter in "ABC"]
        self._make_stay(self.guests[0], arrival=date(2026, 5, 1))
        self.cr.commit()

    def _merge(self, gone, kept):
        def merge(env):
            guests = env["res.partner"]
            done = env["hotel.merge"]._merge_guests(guests.browse(kept.id), guests.browse(gone.id))
            env.cr.commit()
            return done.id

        return merge

    def _start(self, gone, kept):
        """The same without its commit."""

        def merge(env):
            guests = env["res.partner"]
            return env["hotel.merge"]._merge_guests(guests.browse(kept.id), guests.browse(gone.id)).id

        return merge

    def _get_merges(self):
        self.cr.rollback()
        self.env.invalidate_all()
        return self.env["hotel.merge"].search([("gone_id", "in", [guest.id for guest in self.guests])])

    def test_the_same_two_are_merged_once(self):
        one, two, _three = self.guests
        first, second = self._at_once(self._merge(one, two), self._merge(one, two))
        self.assertEqual(len(self._get_merges()), 1)
        self.assertEqual(sum(isinstance(result, UserError) for result in (first, second)), 1)

    def test_the_same_two_the_other_way_round_are_merged_once(self):
        one, two, _three = self.guests
        results = self._overlap(self._start(one, two), self._merge(two, one))
        self.assertIsInstance(results[1], UserError)
        self.assertEqual(self._get_merges().gone_id, one)

    def test_a_guest_is_not_merged_into_one_who_goes_at_that_moment(self):
        one, two, three = self.guests
        results = self._overlap(self._start(two, three), self._merge(one, two))
        self.assertIsInstance(results[1], UserError)
        self.assertEqual(self._get_merges().gone_id, two)
        self.assertEqual(self.env["hotel.stay"].search([("partner_id", "=", one.id)]).partner_id, one)

    def test_an_undo_at_the_same_moment_happens_once(self):
        one, two, _three = self.guests
        self._merge(one, two)(self.env)

        def undo(env):
            env["hotel.merge"].search([("gone_id", "=", one.id)])._undo()
            env.cr.commit()

        results = self._at_once(undo, undo)
        self.assertEqual(sum(isinstance(result, UserError) for result in results), 1)
        self.assertEqual(self._get_merges().state, "undone")
