"""The guest as a member: what his or her page shows, and whose price he or she pays."""

from odoo import api, fields, models

READERS = (
    "hotel_crm_base.group_front_office,hotel_crm_base.group_food_beverage,hotel_crm_base.group_service,"
    "hotel_crm_base.group_call_agent,hotel_crm_base.group_marketing,hotel_crm_base.group_finance"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_card_ids = fields.One2many(
        "loyalty.card", "partner_id", string="Member Cards", domain=[("hotel_managed", "=", True)], groups=READERS
    )
    hotel_member = fields.Json(string="Membership", compute="_compute_hotel_member", exportable=False, groups=READERS)

    @api.depends("hotel_card_ids.points", "hotel_card_ids.hotel_tier_id", "hotel_card_ids.hotel_state")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_hotel_member(self):
        cards = self._get_hotel_cards()
        for partner in self:
            found = cards.get(partner._origin.id, ())
            standing = self.env["loyalty.card"].union(*found)._get_hotel_progress() if found else {}
            partner.hotel_member = [
                {**standing[card.id], **card._get_hotel_history(), "open": card._get_hotel_open_matters()}
                for card in found
            ]

    def _get_hotel_cards(self):
        """Return the cards of these guests that the user's companies know, one query for all.

        :rtype: dict[int, list[loyalty.card]]: guest's id to cards, with sudo
        """
        # how one's guests stand with the programmes is everybody's to see who sees the guest
        cards = self.sudo().hotel_card_ids.filtered(
            lambda card: not card.company_id or card.company_id in self.env.companies
        )
        found = {}
        for card in cards.sorted(lambda card: (-card.hotel_tier_id.rank, card.program_id.id)):
            found.setdefault(card.partner_id.id, []).append(card)
        return found

    def _get_hotel_cards_at(self, hotel=None):
        """Return the open cards of this guest whose programme counts at a hotel, the highest tier first.

        :param hotel.property hotel: where; None: anywhere
        :rtype: loyalty.card, with sudo
        """
        cards = self.sudo().hotel_card_ids.filtered(lambda card: card.hotel_state == "active")
        if hotel is not None:
            cards = cards.filtered(lambda card: card.program_id._is_hotel_here(hotel))
        return cards.sorted(lambda card: (-card.hotel_tier_id.rank, card.id))

    def _is_hotel_member(self, hotel=None):
        """Holders of a card are members; an account alone makes none."""
        return bool(self._get_hotel_cards_at(hotel)) if self else False

    def _get_hotel_flags(self):
        flags = super()._get_hotel_flags()
        for card in self._get_hotel_cards_at():
            if card.hotel_tier_id.rank or len(self.sudo().hotel_card_ids) == 1:
                flags.append(("info", f"{card.program_id.name}: {card.hotel_tier_id.name or card.code}"))
            # lists have room for the tier only
            named = [] if self.env.context.get("hotel_short_flags") else card._get_hotel_benefits()
            if named:
                flags.append(("info", " · ".join(benefit["name"] for benefit in named)))
        return flags
