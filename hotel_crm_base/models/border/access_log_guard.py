"""The database's own guard of the access log: rows are added; a job deletes them, an erasure empties texts."""

GUARD = """
CREATE OR REPLACE FUNCTION hotel_access_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hotel_crm.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('hotel_crm.erasure', true) = 'on'
       AND (NEW.reason IS NULL OR NEW.reason = OLD.reason) AND (NEW.address IS NULL OR NEW.address = OLD.address)
       AND to_jsonb(NEW) - ARRAY['reason', 'address'] = to_jsonb(OLD) - ARRAY['reason', 'address'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The access log is append-only.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER hotel_access_log_guard BEFORE UPDATE OR DELETE ON hotel_access_log
    FOR EACH ROW EXECUTE FUNCTION hotel_access_log_guard();
CREATE OR REPLACE TRIGGER hotel_access_log_guard_truncate BEFORE TRUNCATE ON hotel_access_log
    FOR EACH STATEMENT EXECUTE FUNCTION hotel_access_log_guard();
"""
