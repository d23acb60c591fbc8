"""What must be equal in the ledger of points: each query counts what is not (see hotel_crm_base/integrity.py)."""

CARD = """
    SELECT count(*) FROM loyalty_card card
      LEFT JOIN (SELECT card_id, sum(remaining) FILTER (WHERE is_available) AS points
                   FROM hotel_loyalty_lot GROUP BY 1) lot ON lot.card_id = card.id
     WHERE card.hotel_managed AND card.points <> COALESCE(lot.points, 0)"""

LOT = """
    SELECT count(*) FROM hotel_loyalty_lot lot
      LEFT JOIN (SELECT lot_id, sum(points) AS points FROM hotel_loyalty_move WHERE lot_id IS NOT NULL
                  GROUP BY 1) move ON move.lot_id = lot.id
     WHERE lot.remaining <> COALESCE(move.points, 0)"""

DEBT = """
    SELECT count(*) FROM loyalty_card card
      LEFT JOIN (SELECT card_id, -sum(points) AS points FROM hotel_loyalty_move WHERE lot_id IS NULL
                  GROUP BY 1) owed ON owed.card_id = card.id
     WHERE card.hotel_managed AND COALESCE(card.hotel_debt, 0) <> COALESCE(owed.points, 0)"""

QUERIES = {
    "card": (("loyalty_card", "hotel_loyalty_lot"), CARD),
    "lot": (("hotel_loyalty_lot", "hotel_loyalty_move"), LOT),
    "debt": (("loyalty_card", "hotel_loyalty_move"), DEBT),
}
