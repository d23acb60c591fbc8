-- Run by "odoo neutralize" (setup/restore without --live): a copy lets nobody in by a key and tells nobody anything.
-- The copy may be of an earlier version: what it does not have yet is passed over.

-- keys of other systems, of the telephone bridge and of users are those of the hotel itself
DELETE FROM res_users_apikeys;
-- Odoo's own SMS service; ".invalid" is no host anywhere
INSERT INTO ir_config_parameter (key, value)
VALUES ('sms.endpoint', 'https://neutralized.invalid')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value;
-- the token of monitors
DELETE FROM ir_config_parameter WHERE key = 'hotel_crm_base.health_token_digest';

DO $$
BEGIN
    IF to_regclass('hotel_api_client') IS NOT NULL THEN
        UPDATE hotel_api_client SET active = false, key_made_at = NULL, key_until = NULL;
    END IF;
    IF to_regclass('hotel_event_subscription') IS NOT NULL THEN
        UPDATE hotel_event_subscription
           SET active = false, url = 'https://neutralized.invalid/', secret = 'neutralized', previous_secret = NULL;
    END IF;
END $$;
