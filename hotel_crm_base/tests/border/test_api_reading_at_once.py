"""Lists of changes while others write: a transaction that began earlier and ends later is not passed by."""

from odoo.tests import tagged

from ..concurrency import ConcurrencyCase
from .api_common import ApiMakers


@tagged("post_install", "-at_install")
class TestApiReadingAtOnce(ApiMakers, ConcurrencyCase):
    def test_what_is_written_by_a_long_transaction_is_not_left_out(self):
        client = self._make_client("guests.read")
        client._make_key()
        self._make_guest("Ana Costa")
        self.cr.commit()
        user = client.user_id
        # whatever else the machine does at this moment is over before we begin
        start = self._read(client, user)[1]["next_cursor"]
        with self._connect() as long:
            long.cr.execute("SELECT 1")  # begins
            late = long["res.partner"].create({"name": "Late Lima", "is_hotel_guest": True})
            long.cr.flush()
            self.cr.commit()
            early = self._make_guest("Early Esteves")
            self.cr.commit()
            rows, place = self._read(client, user, cursor=start)
            self.assertNotIn(early.id, rows, "the list does not go past what may still come before it")
            long.cr.commit()
        rows, place = self._read(client, user, cursor=place["next_cursor"])
        self.assertEqual([number for number in rows if number in (late.id, early.id)], [late.id, early.id])
        self.assertEqual(self._read(client, user, cursor=place["next_cursor"])[0], [])

    def _read(self, client, user, **paging):
        """Return the numbers of a page and where it ends, asked on a connection of its own."""
        with self._connect(user) as env:
            asking = env["hotel.api.client"].sudo().browse(client.id)
            answer = env["hotel.api.reading"]._api_guests(asking, limit=500, **paging)
            return [guest["id"] for guest in answer.pop("guests")], answer
