"""What the desk of the programmes holds about a guest: erased or copied at his or her wish."""

from odoo import models

from .. import guards


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_anonymize(self):
        """Free texts, names and signatures go; points, dates and amounts stay, for the books."""
        # closed to those who may erase but not see
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False).search([("partner_id", "in", self.ids)])
        permit = {guards.LEDGER.key: guards.LEDGER, "tracking_disable": True}
        about = [("card_id", "in", cards.ids)]
        claims = self.env["hotel.loyalty.claim"].sudo().search(about)
        claims.with_context(**permit).write({"text": False, "number": False, "answer": False})
        claims.message_ids.sudo().unlink()
        files = self.env["ir.attachment"].sudo()
        files.search([("res_model", "=", "hotel.loyalty.claim"), ("res_id", "in", claims.ids)]).unlink()
        redemptions = self.env["hotel.loyalty.redemption"].sudo().search(about)
        redemptions.with_context(**permit).write(
            {"note": False, "signed_by": False, "signature": False, "cancelled_reason": False}
        )
        for model in ("hotel.loyalty.posting", "hotel.loyalty.grant"):
            self.env[model].sudo().search(about).with_context(**permit).write({"note": False, "refusal": False})
        for model in ("hotel.loyalty.choice", "hotel.loyalty.extension"):
            self.env[model].sudo().search(about).with_context(**permit).write({"note": False})
        cards._query_forget_owner()
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        # closed to those who may export but not see
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False).search([("partner_id", "=", self.id)])
        about = [("card_id", "in", cards.ids)]
        claims = self.env["hotel.loyalty.claim"].sudo().search(about, order="id")
        redemptions = self.env["hotel.loyalty.redemption"].sudo().search(about, order="id")
        rows = {
            **cards._tell_hotel_owner(),
            self.env._("Claims of Missing Stays"): [
                {
                    "hotel": claim.property_id.name,
                    "arrival_date": claim.arrival_date,
                    "departure_date": claim.departure_date,
                    "number": claim.number or "",
                    "text": claim.text or "",
                    "state": claim.state,
                    "answer": claim.answer or "",
                }
                for claim in claims
            ],
            self.env._("Rewards"): [
                {
                    "date": redemption.date,
                    "reward": redemption._describe_matter(),
                    "points": redemption.points,
                    "state": redemption.state,
                    "received_by": redemption.signed_by or "",
                }
                for redemption in redemptions
            ],
        }
        return {**data, **{heading: lines for heading, lines in rows.items() if lines}}
