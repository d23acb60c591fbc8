"""What must be equal in a sound database: each query counts what is not.

Plain SQL, so that a backup is compared by them without Odoo. A name maps to the tables that a query needs, and to it:
one row of one number. They go through whole tables (seconds at a million guests): a job runs them, no request does.
"""

INVENTORY = """
    SELECT count(*) FROM hotel_inventory row
      JOIN hotel_property hotel ON hotel.id = row.property_id
      LEFT JOIN (SELECT stay.room_type_id, night.property_id, night.date, count(*) AS rooms
                   FROM hotel_stay_night night JOIN hotel_stay stay ON stay.id = night.stay_id
                  WHERE stay.state IN ('held', 'booked', 'in_house', 'departed')
                    AND night.date >= (SELECT min(business_date) FROM hotel_property)
                  GROUP BY 1, 2, 3) taken
        ON taken.room_type_id = row.room_type_id AND taken.property_id = row.property_id AND taken.date = row.date
     WHERE row.date >= hotel.business_date AND row.sold <> COALESCE(taken.rooms, 0)"""

NIGHTS = """
    SELECT count(*) FROM hotel_stay stay
      LEFT JOIN (SELECT stay_id, count(*) AS nights FROM hotel_stay_night GROUP BY 1) night ON night.stay_id = stay.id
     WHERE COALESCE(night.nights, 0) <> stay.departure_date - stay.arrival_date"""

#: bookings that are over: what their folios charged, and what was written as consumption, reversals among it
FOLIO = """
    SELECT count(*) FROM (
        SELECT folio.hotel_reservation_id AS id, sum(line.price_total) AS charged
          FROM sale_order_line line
          JOIN sale_order folio ON folio.id = line.order_id
          JOIN hotel_reservation booking ON booking.id = folio.hotel_reservation_id AND booking.state = 'checked_out'
         WHERE line.display_type IS NULL AND line.is_downpayment IS NOT TRUE
           AND (line.hotel_posted_at IS NOT NULL OR line.hotel_kind IS NULL)
         GROUP BY 1) folio
      LEFT JOIN (
        SELECT stay.reservation_id AS id, sum(row.amount_gross) AS written
          FROM hotel_consumption row
          JOIN hotel_stay stay ON stay.id = row.stay_id
          LEFT JOIN hotel_consumption origin ON origin.id = row.reversal_of_id
         WHERE stay.reservation_id IS NOT NULL AND COALESCE(origin.source_system, row.source_system) = 'folio'
         GROUP BY 1) consumption USING (id)
     WHERE abs(folio.charged - COALESCE(consumption.written, 0)) > 0.005"""

METRICS = """
    SELECT count(*) FROM (
        SELECT partner_id, company_id, count(*) AS stays FROM hotel_stay
         WHERE partner_id IS NOT NULL AND state IN ('in_house', 'departed') GROUP BY 1, 2) fact
      FULL JOIN (SELECT partner_id, company_id, stay_count AS stays FROM hotel_guest_metric
                  WHERE stay_count > 0) metric USING (partner_id, company_id)
     WHERE fact.stays IS DISTINCT FROM metric.stays
       AND NOT EXISTS (SELECT FROM hotel_guest_metric_queue waiting WHERE waiting.partner_id = COALESCE(
               fact.partner_id, metric.partner_id))"""

#: of two hundred days that do not wait: the nights that reports have of each part, and those of stays
NIGHTS_KEPT = """
    WITH day AS (
        SELECT property_id, date
          FROM (SELECT property_id, date FROM hotel_figure_night WHERE part = 'room_type' UNION
                SELECT property_id, date FROM hotel_stay_night TABLESAMPLE SYSTEM (1)) each
         WHERE NOT EXISTS (SELECT FROM hotel_figure_queue waiting
                            WHERE waiting.property_id = each.property_id AND waiting.date = each.date)
         ORDER BY random() LIMIT 200),
    fact AS (
        SELECT day.property_id, day.date, stay.state, part, count(*) AS nights, sum(night.rate) AS rate_amount
          FROM day JOIN hotel_stay_night night USING (property_id, date)
          JOIN hotel_stay stay ON stay.id = night.stay_id,
               unnest(ARRAY['room_type', 'rate_plan', 'segment', 'channel', 'country', 'nationality']) part
         GROUP BY 1, 2, 3, 4),
    kept AS (
        SELECT day.property_id, day.date, state, part, sum(nights) AS nights, sum(rate_amount) AS rate_amount
          FROM day JOIN hotel_figure_night USING (property_id, date) GROUP BY 1, 2, 3, 4)
    SELECT count(DISTINCT (property_id, date)) FROM fact FULL JOIN kept USING (property_id, date, state, part)
     WHERE fact.nights IS DISTINCT FROM kept.nights OR fact.rate_amount IS DISTINCT FROM kept.rate_amount"""

QUERIES = {
    "inventory": (("hotel_inventory", "hotel_stay_night"), INVENTORY),
    "nights": (("hotel_stay", "hotel_stay_night"), NIGHTS),
    "folio": (("sale_order_line", "hotel_consumption"), FOLIO),
    "metrics": (("hotel_guest_metric", "hotel_guest_metric_queue"), METRICS),
    "nights_kept": (("hotel_stay_night", "hotel_figure_night", "hotel_figure_queue"), NIGHTS_KEPT),
}
