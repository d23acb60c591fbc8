from odoo import models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _get_hotel_benefits(self):
        """Return what the tier of this member comes with.

        :rtype: list[dict]: code, kind, hour (local, or None), name, note
        """
        self.ensure_one()
        card = self.sudo()
        if not card.hotel_managed or not card.program_id.hotel_revision_id:
            return []
        terms = card.program_id._get_hotel_plan().at(card.program_id._get_hotel_today())
        return card._list_hotel_benefits(terms.get_tier(card.hotel_tier_id.code or "").record.benefits)

    def _get_hotel_open_matters(self):
        """Return what waits for somebody: rewards not handed over, claims and requests not answered.

        :rtype: list[dict]: model, id, text
        """
        self.ensure_one()
        matters = []
        for model, domain in (
            ("hotel.loyalty.redemption", [("state", "in", ("requested", "approved")), ("item_id", "!=", False)]),
            ("hotel.loyalty.claim", [("state", "=", "new")]),
            ("hotel.loyalty.posting", [("state", "=", "waiting")]),
            ("hotel.loyalty.grant", [("state", "=", "waiting")]),
        ):
            records = self.env[model].sudo().search([("card_id", "=", self.id), *domain], limit=5)
            names = dict(records._fields["state"]._description_selection(self.env))
            matters += [
                {"model": model, "id": record.id, "text": record._describe_matter(), "state": names[record.state]}
                for record in records
            ]
        return matters
