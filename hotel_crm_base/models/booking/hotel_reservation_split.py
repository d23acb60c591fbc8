"""Several folios for one reservation: the company pays the room, the guest the rest."""

from odoo import models
from odoo.exceptions import UserError

from .hotel_reservation_folio import QUIET
from .sale_order import OPEN


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _split_folio(self, kind, payer=None, stay=None):
        """Make a folio that takes charges of a kind, or of a stay, and move what fits to it.

        :param str kind: ``rooms``, ``extras``, ``fee``; ``main`` together with a stay: all its charges
        :param res.partner payer: who pays it; default who pays the main folio
        :param hotel.stay stay: only charges of this one
        :returns: the folio; the one there is where it fits already
        :rtype: sale.order, with sudo
        :raises UserError: a stay of another reservation, or a main folio of nobody in particular
        """
        self.ensure_one()
        self._lock_folios()
        stay = stay or self.env["hotel.stay"]
        if stay.reservation_id - self or (kind == "main" and not stay):
            raise UserError(self.env._("Say which kind of charges, or which guest of this reservation, it is for."))
        reservation = self.sudo()  # the rights were checked by the caller
        main = reservation._get_folio()
        payer = payer or (stay.partner_id if kind == "main" else main.partner_invoice_id)
        folio = reservation.folio_ids.filtered(
            lambda each: each.state in OPEN
            and (each.hotel_folio_kind, each.hotel_stay_id) == (kind, stay)
            and not each.invoice_ids
        )[:1]
        values = {
            "hotel_folio_kind": kind,
            "hotel_stay_id": stay.id,
            "partner_invoice_id": payer.id,
            "fiscal_position_id": main.fiscal_position_id.id,
            "require_payment": False,
        }
        if folio:
            folio.with_context(**QUIET).write({"partner_invoice_id": payer.id})
        else:
            folio = reservation._create_folio(**values)
        folio._move_charges(reservation._get_lines_to_route(folio))
        return folio

    def _get_lines_to_route(self, folio):
        """Return the charges that a folio would take if they came now, and that are not invoiced.

        :rtype: sale.order.line
        """
        lines = self.folio_ids.order_line.filtered(
            lambda line: line.hotel_kind and not line.invoice_lines and line.order_id != folio
        )
        return lines.filtered(lambda line: self._get_folio(line.hotel_stay_id, line.hotel_kind) == folio)

    def action_open_folios(self):
        """Return what opens the folios of this reservation. Callable by front office and finance.

        :rtype: dict: action
        :raises AccessError: another role, or a reservation of another property
        """
        self.ensure_one()
        self.check_access("read")
        folios = self.folio_ids
        folios._check_cashier()
        action = self.env["ir.actions.actions"]._for_xml_id("hotel_crm_base.hotel_folio_action")
        action["domain"] = [("hotel_reservation_id", "=", self.id)]
        action["context"] = {"create": False}
        if len(folios) == 1:
            view = self.env.ref("hotel_crm_base.hotel_folio_view_form")
            action.update(res_id=folios.id, views=[(view.id, "form")])
        return action
