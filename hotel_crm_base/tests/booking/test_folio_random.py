"""Whatever happens during a stay: consumption, folios and invoices have one total, to the cent."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import guards
from .folio_common import FolioCase

CENTS = st.integers(1, 99999)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), CENTS, st.sampled_from(["food", "minibar", "spa"])),
        st.tuples(st.just("correct"), CENTS, st.integers(0, 9)),
        st.tuples(st.just("sleep"), st.integers(1, 2), st.just(0)),
        st.tuples(st.just("extend"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("split"), st.just(0), st.sampled_from(["rooms", "extras"])),
        st.tuples(st.just("pay"), CENTS, st.just(0)),
        st.tuples(st.just("interim"), st.just(0), st.just(0)),
    ),
    max_size=6,
)
TAXES = st.lists(
    st.tuples(st.sampled_from([5.0, 7.7, 15.0, 19.0, 8.875]), st.booleans()), max_size=2, unique_by=lambda tax: tax[0]
)


@tagged("post_install", "-at_install")
class TestFolioRandom(FolioCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(
        rate=CENTS,
        nights=st.integers(0, 5),
        taxes=TAXES,
        events=EVENTS,
        rounding=st.sampled_from(["round_globally", "round_per_line"]),
        after=CENTS,
    )
    def test_one_total(self, rate, nights, taxes, events, rounding, after):
        with self.env.cr.savepoint(flush=True) as savepoint:
            self.env.company.tax_calculation_rounding_method = rounding
            self._set_taxes(taxes)
            reservation = self._make_in_house(nights=nights, rate=rate / 100)
            for event in events:
                self._let_happen(reservation, *event)
            stay = reservation.stay_ids
            stay.with_context(hotel_open_balance=guards.OPEN_BALANCE).action_check_out()
            self._check(reservation)
            self._let_happen(reservation, "correct", after, 0)
            self._check(reservation)
            savepoint.close(rollback=True)
        self.env.invalidate_all()

    def _set_taxes(self, taxes):
        """Tax rooms and charges in these ways, included in the price or not."""
        made = self.env["account.tax"].create(
            [
                {
                    "name": f"T{amount}{included}",
                    "amount": amount,
                    "price_include_override": "tax_included" if included else "tax_excluded",
                }
                for amount, included in taxes
            ]
        )
        self.room_type.product_id.taxes_id = made
        for kind in ("food", "minibar", "spa"):
            self.hotel._get_charge_product(kind).taxes_id = made

    def _let_happen(self, reservation, what, number, more):
        """Do one thing that may happen at a desk; what is refused is refused."""
        stay = reservation.stay_ids
        try:
            with self.env.cr.savepoint():
                if what == "charge":
                    line = stay._post_charge(None, more, "Something", number / 100)
                    self.assertEqual(line.price_total, number / 100)
                elif what == "correct":
                    lines = reservation.folio_ids.order_line.filtered("hotel_posted_at")
                    lines[more % max(len(lines), 1)]._take_back("Wrong", number / 100)
                elif what == "sleep":
                    self._sleep(self.hotel, number)
                    stay._post_nights(min(self.hotel.business_date, stay.departure_date))
                elif what == "extend":
                    stay.departure_date = stay.departure_date.fromordinal(stay.departure_date.toordinal() + number)
                    reservation._sync_folio()
                elif what == "split":
                    reservation._split_folio(more, self._make_guest("Payer"))
                elif what == "pay":
                    self._pay(reservation, number / 100)
                else:
                    stay._bill_interim()
        except (UserError, IndexError):
            return  # refused: what stands is checked all the same

    def _check(self, reservation):
        reservation.invalidate_recordset()
        folios = reservation.folio_ids
        total = round(sum(folios.mapped("amount_total")), 2)
        rows = self.env["hotel.consumption"].search([("stay_id", "in", reservation.stay_ids.ids)])
        self.assertEqual(round(sum(rows.mapped("amount_gross")), 2), total, "consumption and folio")
        self.assertEqual(
            round(sum(rows.mapped("amount_net")), 2), round(sum(folios.mapped("amount_untaxed")), 2), "net"
        )
        self.assertFalse(reservation.activity_ids, "the books refused")
        signs = {"out_invoice": 1, "out_refund": -1}
        billed = sum(signs[move.move_type] * move.amount_total for move in folios.invoice_ids)
        self.assertEqual(round(billed, 2), total, "invoices and folio")
        self.assertEqual(set(folios.invoice_ids.mapped("state")) - {"posted"}, set())
