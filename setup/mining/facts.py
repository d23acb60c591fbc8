"""Facts out of the database as Parquet files, in partitions: what the jobs read.

    facts.py FOLDER [--since FIRST_ID]

The connection is PostgreSQL's own (PGHOST, PGDATABASE ...). What is written is one snapshot: all queries run in one
transaction that only reads. The folder holds personal data as the database does: keep it where the database is kept.
"""

import argparse
import pathlib
import shutil
import threading
import time
from os import fdopen, pipe

import psycopg2
import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet

BUCKETS = 16
AMOUNT = pa.decimal128(28, 10)
TEXT, NUMBER, DAY = pa.string(), pa.int64(), pa.date32()
#: name -> (SELECT, columns, partitions). Amounts come in the company's currency at the rate of the day, as Odoo's own
#: ``_get_day_amount`` says: its SQL stands in place of ``{gross}`` and ``{net}``.
FACTS = {
    "stays": (
        """SELECT partner_id, company_id, property_id, state, arrival_date, departure_date, nights, room_type_id,
                  partner_id % {buckets} AS bucket
             FROM hotel_stay WHERE partner_id IS NOT NULL""",
        {
            "partner_id": NUMBER, "company_id": NUMBER, "property_id": NUMBER, "state": TEXT, "arrival_date": DAY,
            "departure_date": DAY, "nights": NUMBER, "room_type_id": NUMBER, "bucket": NUMBER,
        },
    ),
    "charges": (
        """SELECT fact.partner_id, fact.company_id, fact.property_id, fact.business_date, fact.kind, fact.id,
                  fact.reversal_of_id, ({gross})::numeric(28, 10) AS gross, ({net})::numeric(28, 10) AS net,
                  fact.partner_id % {buckets} AS bucket
             FROM hotel_consumption fact JOIN res_company company ON company.id = fact.company_id
            WHERE fact.partner_id IS NOT NULL""",
        {
            "partner_id": NUMBER, "company_id": NUMBER, "property_id": NUMBER, "business_date": DAY, "kind": TEXT,
            "id": NUMBER, "reversal_of_id": NUMBER, "gross": AMOUNT, "net": AMOUNT, "bucket": NUMBER,
        },
    ),
    "guests": (
        """SELECT p.id, p.name, p.phone, lower(p.email) AS email, to_char(p.hotel_birth_date, 'YYYYMMDD') AS birth_date,
                  p.hotel_gender AS gender, p.street, p.city, p.zip, document.number AS document,
                  hashint4(p.id) & 1023 AS part, hashint4extended(p.id, 7) AS dice, p.id % {buckets} AS bucket
             FROM res_partner p
             LEFT JOIN LATERAL (
                  SELECT d.document_type || ':' || d.number_bidx AS number FROM hotel_guest_document d
                   WHERE d.partner_id = p.id AND d.number_bidx IS NOT NULL
                   ORDER BY d.document_type, d.id LIMIT 1) document ON TRUE
            WHERE p.is_hotel_guest AND p.active""",
        {
            "id": NUMBER, "name": TEXT, "phone": TEXT, "email": TEXT, "birth_date": TEXT, "gender": TEXT,
            "street": TEXT, "city": TEXT, "zip": TEXT, "document": TEXT, "part": NUMBER, "dice": NUMBER,
            "bucket": NUMBER,
        },
    ),
    "keys": (
        "SELECT kind, text, partner_id, partner_id % {buckets} AS bucket FROM ({keys}) keyed",
        {"kind": NUMBER, "text": TEXT, "partner_id": NUMBER, "bucket": NUMBER},
    ),
}  # fmt: skip


def write(connection, name, folder, words):
    """Write one kind of facts; rows flow from COPY into the files, however many there are.

    :param dict words: what stands in place of ``{...}`` in the query
    :returns: how many rows
    :rtype: int
    """
    query, columns = FACTS[name]
    target = pathlib.Path(folder) / name
    shutil.rmtree(target, ignore_errors=True)
    read_end, write_end = pipe()

    def copy():
        with fdopen(write_end, "wb") as file, connection.cursor() as cr:
            cr.copy_expert(f"COPY ({query.format(buckets=BUCKETS, **words)}) TO STDOUT WITH (FORMAT csv)", file)

    thread = threading.Thread(target=copy)
    thread.start()
    try:
        with fdopen(read_end, "rb") as reader:
            return _write_parquet(reader, columns, target)
    finally:
        thread.join()


def _write_parquet(reader, columns, target):
    """Write lines of CSV as Parquet files, a folder for each bucket; return how many rows there were."""
    rows = 0
    try:
        table = pyarrow.csv.open_csv(
            reader,
            read_options=pyarrow.csv.ReadOptions(column_names=list(columns), block_size=16 << 20),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=columns, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise
        target.mkdir(parents=True)
        pyarrow.parquet.write_table(pa.schema(columns).empty_table(), target / "none.parquet")
        return rows

    def batches():
        nonlocal rows
        for batch in table:
            rows += batch.num_rows
            yield batch

    pyarrow.dataset.write_dataset(
        batches(), target, schema=pa.schema(columns), format="parquet", max_rows_per_group=1 << 18,
        partitioning=pyarrow.dataset.partitioning(pa.schema([("bucket", NUMBER)]), flavor="hive"),
    )  # fmt: skip
    return rows


def export(folder, words, names=FACTS):
    """Write all facts, of one moment.

    :param dict words: SQL of the addons: gross, net, keys
    """
    connection = psycopg2.connect("")
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
    for name in names:
        started = time.monotonic()
        rows = write(connection, name, folder, words)
        print(f"{name:<8} {rows:>12,} rows {time.monotonic() - started:>8.1f} s", flush=True)
    connection.close()


if __name__ == "__main__":
    import json

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder")
    parser.add_argument("words", help="a file that setup/mine writes")
    arguments = parser.parse_args()
    export(arguments.folder, json.loads(pathlib.Path(arguments.words).read_text()))
