"""What differs between two databases: values of rows, and records that addons declare."""
import psycopg2

#: table or table.column -> why it is gone or says something else after an upgrade
EXPECTED = {
    "hotel_guest_reference.is_erased": "what it said is in hotel_erased_mark",
    "hotel_guest_duplicate_hint": "its pairs are in hotel_duplicate_pair",
    "hotel_feed_error.reason": "what it said is a code and its details, said in the reader's language",
    "hotel_feed_row.reasons": "as hotel_feed_error.reason",
    "hotel_import_error.reason": "as hotel_feed_error.reason",
    "hotel_amend.why_waiting": "what it said is in figures: is_above_limit, limit_total, limit_amount, is_above_budget",
    "hotel_satisfaction_grade.name": "grades that come with the addon have got their Chinese names",
}
#: Odoo's own bookkeeping, which every upgrade writes
BOOKKEEPING = ("ir_", "bus_", "orm_signaling", "mail_ice", "base_", "web_", "res_lang", "res_config")
COLUMNS = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     GROUP BY 1"""
#: of each row, which every write changes
STAMPS = {"write_date", "write_uid"}


class Rows:
    """Reads a database by one connection."""

    def __init__(self, name):
        self.connection = psycopg2.connect(dbname=name)

    def run(self, query):
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def columns(self):
        return {table: set(names) for table, names in self.run(COLUMNS) if not table.startswith(BOOKKEEPING)}

    def digests(self, table, columns, last):
        """Return the number of rows up to an id, and a digest of all their values of each column."""
        digests = ", ".join(
            f"""md5(string_agg(COALESCE("{name}"::text, '-'), '|' ORDER BY id))""" for name in columns)
        return self.run(f'SELECT count(*), {digests} FROM "{table}" WHERE id <= {last}')[0]  # noqa: S608

    def whole(self, table, columns):
        """Return all rows of a table without ids."""
        names = ", ".join(f'"{name}"::text' for name in columns)
        return set(self.run(f'SELECT {names} FROM "{table}"'))  # noqa: S608


def find_changed_values(before, after):
    """Say what a database has lost or tells otherwise now; new rows, columns and tables are no loss."""
    old, new = Rows(before.name), Rows(after.name)
    now = new.columns()
    for table, columns in sorted(old.columns().items()):
        if table in EXPECTED:
            continue
        if table not in now:
            yield f"table {table} is gone"
            continue
        gone = sorted(name for name in columns - now[table] if f"{table}.{name}" not in EXPECTED)
        yield from (f"column {table}.{name} is gone" for name in gone)
        same = sorted((columns & now[table]) - STAMPS)
        if "id" in columns:
            yield from find_changed_columns(table, same, old, new)
        elif lost := old.whole(table, same) - new.whole(table, same):
            yield f"{table}: {len(lost)} rows are gone"


def find_changed_columns(table, columns, old, new):
    last = old.run(f'SELECT max(id) FROM "{table}"')[0][0] or 0  # noqa: S608
    was, found = (rows.digests(table, columns, last) for rows in (old, new))
    if was[0] != found[0]:
        yield f"{table}: of {was[0]} rows {found[0]} are left"
        return
    for name, one, two in zip(columns, was[1:], found[1:], strict=True):
        if one != two and f"{table}.{name}" not in EXPECTED:
            yield f"{table}.{name} says something else"


def find_other_records(wanted, found):
    """Say which declared records are not what a new hotel has."""
    frozen = set(wanted["frozen"]) | set(found["frozen"])
    wanted, found = wanted["records"], found["records"]
    yield from (f"missing: {name}" for name in sorted(set(wanted) - set(found)))
    yield from (f"left over: {name}" for name in sorted(set(found) - set(wanted)))
    for name in sorted(set(wanted) & set(found)):
        mark = " (noupdate)" if name in frozen else ""
        for field in sorted({*wanted[name], *found[name]}):
            one, two = wanted[name].get(field), found[name].get(field)
            if one != two:
                yield f"{name}{mark}.{field}: new {shorten(one)}, upgraded {shorten(two)}"


def shorten(value):
    text = repr(value)
    return text if len(text) < 160 else f"{text[:150]}..."
