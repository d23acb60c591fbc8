-- Tables of millions of rows: cleaned and analysed after a fixed number of changes, not after a share of
-- the table, which would be a day's worth. Run once in the hotel's database, again after an upgrade:
--   psql -d @{database} -f big-tables.sql
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['res_partner', 'hotel_guest_token', 'hotel_stay', 'hotel_stay_night', 'hotel_consumption',
        'hotel_guest_metric', 'hotel_access_log', 'hotel_message', 'hotel_loyalty_lot', 'hotel_loyalty_move',
        'loyalty_card', 'mail_message', 'mail_notification', 'mailing_trace', 'hotel_call_event', 'hotel_rate_limit']
    LOOP
        IF to_regclass(name) IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000,
                autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000,
                autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000)', name);
        END IF;
    END LOOP;
END $$;
