"""The database's own guard of the ledger: rows are added, and never changed but for marking a decision void."""

GUARD = """
CREATE OR REPLACE FUNCTION hotel_loyalty_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hotel_crm.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'hotel_loyalty_decision'
       AND to_jsonb(OLD) - 'is_void' = to_jsonb(NEW) - 'is_void' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The loyalty ledger is append-only.' USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TRIGGERS = """
CREATE OR REPLACE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION hotel_loyalty_guard();
CREATE OR REPLACE TRIGGER {table}_guard_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION hotel_loyalty_guard();
"""


def protect(cr, table):
    """Let the database refuse changes of a table of the ledger.

    :param str table: its name, a constant of this addon
    """
    cr.execute(GUARD + TRIGGERS.format(table=table))  # pylint: disable=sql-injection
