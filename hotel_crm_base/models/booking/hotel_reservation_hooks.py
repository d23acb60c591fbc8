"""What a reservation asks the other parts; each answers by overriding and calling super."""

from odoo import models


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    # ---- what has happened --------------------------------------------------------------------

    def _after_hold(self):
        """Hook: rooms of this reservation have just been held, or requested where the hotel decides."""

    def _after_confirm(self):
        """Hook: this reservation has just been confirmed."""

    def _after_change(self, before):
        """Hook: dates, rooms or persons of this reservation have just changed.

        :param dict before: ``stay_id``, and the values that changed as they were, and ``total``
        """

    def _after_cancelled(self):
        """Hook: this reservation has just been cancelled by somebody."""

    def _after_hold_released(self):
        """Hook: the hold has run out and the rooms are for sale again."""

    def _after_decline(self):
        """Hook: the hotel has just declined this request."""

    def _after_offer_waiting(self):
        """Hook: rooms have come free for this booking of the waiting list; they are held for it."""

    # ---- offers and codes ---------------------------------------------------------------------

    def _get_quote_lines(self, terms):
        """Hook: return further lines of a quote, such as discounts of a code or of a membership.

        :param BookingTerms terms: what somebody wants to book
        :returns: dicts with ``name`` and ``amount``, the amount with tax in the property's currency
        :rtype: list[dict]
        :raises CodeRefused: with a sentence for the booker, where the code cannot be used
        """
        return []

    def _apply_code(self, code):
        """Hook: apply the code of an offer to this reservation.

        :param str code: what the booker typed
        :returns: a sentence for the booker where the code is not accepted, else empty
        :rtype: str
        """
        return ""

    def _release_codes(self):
        """Hook: give back what codes this reservation has used up."""

    # ---- money --------------------------------------------------------------------------------

    def _check_before_payment(self):
        """Hook: return what stands against paying now, as sentences for the booker.

        :rtype: list[str]
        """
        self.ensure_one()
        if self.state not in ("held", "confirmed", "in_house", "checked_out"):
            return [self.env._("The room is not held any more. Please search again.")]
        return []

    def _get_credit_terms(self, payer=None):
        """Hook: return what the hotel trusts the payer with; asked at deposit, check-in and bill to a company.

        :param res.partner payer: who pays a folio; default the payer of the reservation, else its booker
        :returns: ``deposit_percent`` (0 to 100) and ``is_bill_allowed``, whether a bill may be sent
        :rtype: dict
        """
        self.ensure_one()
        return {"deposit_percent": self.deposit_percent, "is_bill_allowed": False}

    def _sync_folio(self):
        """Hook: bring the folio's nights in line with those of the stays."""

    def _collect_fee(self, kind, fees=None):
        """Hook: charge the fees of a cancellation or of no-shows, one for each room.

        :param str kind: ``cancellation`` or ``no_show``
        :param dict[hotel.stay, float] fees: of a cancellation: amount with tax by stay
        """

    def _get_rooms_total(self, stays=None):
        """Hook: return what the rooms cost as agreed, with tax.

        :param hotel.stay stays: some of the reservation's; default all that are not cancelled
        :returns: amount in the property's currency
        :rtype: float
        """
        stays = self._get_live_stays() if stays is None else stays
        # whoever cancels online has no rights on nights
        return sum(night.gross or night.rate for night in stays.sudo().night_ids)
