"""The folios of a reservation: one at least, with a line for each night at the price agreed."""

from odoo import fields, models
from odoo.tools import SQL

from .sale_order import OPEN

#: states of stays whose nights are charged
CHARGED = ("held", "booked", "in_house", "departed")
#: written in bulk by our own methods: no messages, no followers, no lines in the chatter per charge
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "sale_no_log_for_new_lines": True,
}


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    folio_revision = fields.Integer(
        readonly=True, copy=False, help="Counts what was done to the folios: two at once wait for each other."
    )

    def _lock_folios(self):
        """Let others who do something to these folios wait, and read them anew afterwards.

        The row is changed, not only locked: with snapshots of the whole transaction (REPEATABLE READ) the
        one who waited would else go on with what he or she read before, such as a folio without the dinner
        that was just posted. So he or she fails, and Odoo tries the request again.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE hotel_reservation SET folio_revision = COALESCE(folio_revision, 0) + 1
                    WHERE id IN (SELECT id FROM hotel_reservation WHERE id = ANY(%s) ORDER BY id FOR UPDATE)
                RETURNING id""",
                list(self.ids),
            )
        )
        self.invalidate_recordset(["folio_revision"], flush=False)

    def _get_folio(self, stay=None, kind="main"):
        """Return the open folio that takes charges of a kind; the main one is made where there is none.

        A folio of this very stay goes before one of all stays, and one for the kind of charge before the
        main one.

        :param hotel.stay stay: whose charge; default any
        :param str kind: kind of consumption, or ``main``
        :rtype: sale.order, with sudo
        """
        self.ensure_one()
        # hotel staff have no rights on orders but to read those of their properties
        orders = self.env["sale.order"].sudo().with_company(self.company_id)
        folios = orders.search([("hotel_reservation_id", "=", self.id), ("state", "in", OPEN)], order="id")
        wanted = {"main": (), "room": ("rooms",), "fee": ("fee",)}.get(kind, ("extras",))
        for folio_kind in (*wanted, "main"):
            for owner in (stay or self.env["hotel.stay"], self.env["hotel.stay"]):
                found = folios.filtered(
                    lambda folio, owner=owner, folio_kind=folio_kind: folio.hotel_stay_id == owner
                    and folio.hotel_folio_kind == folio_kind
                )
                if found:
                    return found[0]
        return self._create_folio()

    def _create_folio(self, **values):
        """Make a folio of this reservation.

        :param values: values other than those of the main folio
        :rtype: sale.order, with sudo
        """
        self.ensure_one()
        # hotel staff have no rights on orders but to read those of their properties
        orders = self.env["sale.order"].sudo().with_company(self.company_id).with_context(**QUIET)
        folio = orders.create({**self._prepare_folio_vals(), **values})
        if self._is_folio_confirmed():
            folio.action_confirm()
        return self.env["sale.order"].sudo().browse(folio.id)

    def _is_folio_confirmed(self):
        """Return whether charges of this reservation can become due.

        :rtype: bool
        """
        self.ensure_one()
        return self.state in ("confirmed", "in_house", "checked_out", "no_show")

    def _prepare_folio_vals(self):
        """Return values of the main folio; other addons add to them.

        :rtype: dict
        """
        self.ensure_one()
        payer = self.payer_id or self.partner_id
        share = min(max(self._get_credit_terms()["deposit_percent"] or 0.0, 0.0), 100.0) / 100
        return {
            "hotel_reservation_id": self.id,
            "hotel_folio_kind": "main",
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "partner_invoice_id": payer.id,
            "partner_shipping_id": self.partner_id.id,
            "client_order_ref": self.name,
            "user_id": False,
            "team_id": False,
            "validity_date": False,
            "payment_term_id": False,
            "require_signature": False,
            "require_payment": bool(share),
            "prepayment_percent": share or 1.0,
        }

    def _sync_folio(self):
        """Bring the lines of nights in line with the nights of the stays.

        Called after a hold, a change, a check-out. Nights that are due or invoiced stay as they are: what
        is wrong with those is corrected by a line of its own. Other lines are none of its business.
        """
        for reservation in self:
            reservation._lock_folios()
            reservation.sudo()._sync_nights_of_folio()

    def _sync_nights_of_folio(self):
        """Make, change and remove the lines of nights; with sudo."""
        self.ensure_one()
        wanted = self._get_nights_to_charge()
        lines = self.env["sale.order.line"].search(
            [("hotel_is_night", "=", True), ("hotel_stay_id", "in", self.stay_ids.ids)]
        )
        known = {(line.hotel_stay_id.id, line.hotel_service_date): line for line in lines}
        gone = self.env["sale.order.line"]
        for key, line in known.items():
            if line._is_fixed_charge():
                continue
            if key not in wanted:
                gone |= line
            elif line.order_id.state in OPEN:
                line._update_night(*wanted[key])
        gone.with_context(**QUIET).unlink()
        missing = [(key[1], *night) for key, night in wanted.items() if key not in known]
        if missing:
            vals_list = [self._prepare_night_vals(*night) for night in missing]
            self.env["sale.order.line"].with_context(**QUIET).create(vals_list)
        self.folio_ids._close_if_empty()

    def _get_nights_to_charge(self):
        """Return what the stays are charged for; day use is charged once, on its day.

        :returns: (stay id, date) -> (stay, rate, what the guest was told with tax, 0 where nothing was)
        :rtype: dict
        """
        wanted = {}
        for stay in self.stay_ids.filtered(lambda stay: stay.state in CHARGED):
            if stay.is_day_use:
                wanted[stay.id, stay.arrival_date] = (stay, stay.rate, 0.0)
            for night in stay.night_ids:
                wanted[stay.id, night.date] = (stay, night.rate, night.gross)
        return wanted

    def _prepare_night_vals(self, day, stay, rate, gross):
        """Return values of the line of one night.

        :param date day: the evening of the night
        :param float rate: as the price list says, tax included or not as the product's taxes say
        :param float gross: what the guest was told, tax included; 0 where only the rate is known
        :rtype: dict
        """
        folio = self._get_folio(stay, "room")
        product = stay._get_night_product().with_company(self.company_id)
        return {
            "order_id": folio.id,
            "product_id": product.id,
            "name": stay._get_night_description(day),
            "product_uom_qty": 1.0,
            **folio._get_night_price(product, rate, gross),
            "discount": 0.0,
            "hotel_stay_id": stay.id,
            "hotel_service_date": day,
            "hotel_is_night": True,
            "hotel_kind": "room",
            "sequence": 10,
        }

    def _after_confirm(self):
        """Confirm the folios too: what becomes due on them can be invoiced."""
        result = super()._after_confirm()
        self._confirm_folios()
        self._take_back_fees()
        return result

    def _confirm_folios(self):
        """Turn the folios of confirmed reservations into orders; no mail, no document."""
        # hotel staff have no rights on orders but to read those of their properties
        for folio in self.sudo().folio_ids.filtered(lambda order: order.state in ("draft", "sent")):
            folio.with_company(folio.company_id).with_context(**QUIET).action_confirm()

    def _set_payer(self, payer):
        """Let somebody pay the folios that are not invoiced yet.

        :param res.partner payer: a company or a person
        """
        # hotel staff have no rights on orders but to read those of their properties
        for folio in self.sudo().folio_ids.filtered(lambda order: order.state in OPEN):
            if not folio.invoice_ids:
                folio.write({"partner_invoice_id": payer.id, "fiscal_position_id": folio.fiscal_position_id.id})

