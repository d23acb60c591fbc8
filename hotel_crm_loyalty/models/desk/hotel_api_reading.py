from odoo import api, models


class HotelApiReading(models.AbstractModel):
    """Where members stand, for other systems."""

    _inherit = "hotel.api.reading"

    @api.model
    def _api_points(self, client, id):
        """Return the memberships of a guest in programmes of the chain or the client's company."""
        guest = self._find_guest(client, id)
        self.env["hotel.access.log"]._log("open", guest.ids, ["points"])
        cards = guest.hotel_card_ids.filtered(lambda card: card.company_id <= client.company_id)
        standing = cards._get_hotel_progress()
        return {"memberships": [self._show_membership(standing[card.id]) for card in cards.sorted("id")]}

    @api.model
    def _show_membership(self, at):
        """Return one membership; see loyalty.card._get_hotel_progress."""
        tier, points, ahead = at["tier"], at["points"], at["ahead"]
        return {
            "card_id": at["id"],
            "programme": at["programme"] or None,
            "state": at["state"],
            "tier": tier["code"] or None,
            "tier_name": tier["name"] or None,
            "tier_until": tier["until"] and tier["until"]["date"],
            "points": points["available"],
            "pending": points["pending"] or 0,
            "debt": points["debt"] or 0,
            "expiring": [
                {"date": row["day"] and row["day"]["date"], "points": int(row["points"])} for row in points["buckets"]
            ],
            "next_tier": ahead and {"name": ahead["tier"], "ways": [self._show_way(way) for way in ahead["ways"]]},
        }

    @api.model
    def _show_way(self, way):
        names = ("name", "have", "need", "missing")
        return {"is_met": way["is_met"], "needs": [{name: need[name] for name in names} for need in way["needs"]]}

    @api.model
    def _api_coupons(self, client, id):
        """Return the coupons that a guest can use now."""
        guest = self._find_guest(client, id)
        self.env["hotel.access.log"]._log("open", guest.ids, ["coupons"])
        rows = [row for row in guest._get_hotel_coupons() if row["card"].company_id <= client.company_id]
        return {
            "coupons": [
                {
                    "code": row["code"],
                    "name": row["name"] or None,
                    "until": row["until"].isoformat() if row["until"] else None,
                    "hotels": row["hotels"] or None,
                }
                for row in rows
            ]
        }
