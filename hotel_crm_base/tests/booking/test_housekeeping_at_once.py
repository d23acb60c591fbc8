"""Two phones and one room, two pens and one card: the first one counts, the second one is told."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..concurrency import ConcurrencyCase
from ..security_common import PIXEL


@tagged("post_install", "-at_install")
class TestHousekeepingAtOnce(ConcurrencyCase):
    def test_a_change_that_was_not_seen_is_not_overwritten(self):
        room = self._make_room(self.room_type)
        keepers = [self._make_user("housekeeping", login=f"keeper {number}") for number in range(2)]
        self.cr.commit()

        def set_state(state):
            return lambda env: env["hotel.housekeeping"].set_state(room.id, state, "clean")

        first, second = self._overlap(set_state("dirty"), set_state("inspected"), user=keepers[0])
        self.assertEqual((first, second), ({"state": "dirty", "is_late": False}, {"state": "dirty", "is_late": True}))
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(room.housekeeping_state, "dirty")
        self.assertEqual(room.status_log_ids.mapped("state"), ["dirty"])

    def test_a_card_is_signed_once(self):
        stay = self._make_stay(self._make_guest())
        self.cr.commit()

        def sign(name):
            return lambda env: env["hotel.stay"].browse(stay.id)._sign_registration(name, PIXEL)

        first, second = self._overlap(sign("Ana"), sign("Rui"))
        self.assertIsNone(first)
        self.assertIsInstance(second, UserError)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(stay.registration_signed_by, "Ana")
