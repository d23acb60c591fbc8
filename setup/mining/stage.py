"""Results of the jobs into staging tables of the database, from where Odoo takes what it can use.

    stage.py FOLDER

The connection is PostgreSQL's own (PGHOST, PGDATABASE ...). Tables that are there from a run before are replaced.
"""

import io
import pathlib
import sys

import psycopg2
import pyarrow.csv
import pyarrow.dataset

MONTHS = (
    "partner_id int, company_id int, month_date date, stay_count int, night_count int, cancel_count int,"
    " no_show_count int, charge_count int, spend_gross numeric, spend_net numeric, first_arrival_date date,"
    " last_departure_date date"
)
TABLES = {
    "months": ("hotel_mining_months", MONTHS),
    "values": (
        "hotel_mining_values",
        "model_id int, partner_id int, recency_score int, frequency_score int, monetary_score int, cell int,"
        " visit_count int, active_probability float8, return_probability float8, expected_stays float8,"
        " expected_amount numeric, expected_value numeric",
    ),
    "pairs": ("hotel_mining_pairs", "partner_a int, partner_b int, probability float8, levels text"),
}


def stage(cr, folder, name):
    """Copy one result into its table.

    :returns: how many rows
    :rtype: int
    """
    table, columns = TABLES[name]
    names = [column.split()[0] for column in columns.split(",")]
    cr.execute(f"DROP TABLE IF EXISTS {table}")
    cr.execute(f"CREATE UNLOGGED TABLE {table} ({columns})")
    count = 0
    for batch in pyarrow.dataset.dataset(folder / "result" / name, partitioning="hive").to_batches(columns=names):
        text = io.BytesIO()
        options = pyarrow.csv.WriteOptions(include_header=False)
        pyarrow.csv.write_csv(batch, text, options)
        text.seek(0)
        cr.copy_expert(f"COPY {table} FROM STDIN WITH (FORMAT csv)", text)
        count += batch.num_rows
    cr.execute(f"ANALYZE {table}")
    return count


def is_whole(folder):
    """Say whether Spark has finished a result: a job that was stopped leaves parts of it.

    :param pathlib.Path folder: of one result
    """
    return any(folder.rglob("_SUCCESS")) and not any(folder.rglob("_temporary"))


if __name__ == "__main__":
    results = pathlib.Path(sys.argv[1])
    with psycopg2.connect("") as connection, connection.cursor() as cursor:
        for result in TABLES:
            place = results / "result" / result
            if not place.is_dir():
                continue
            if is_whole(place):
                print(f"{result:<8} {stage(cursor, results, result):>12,} rows staged", flush=True)
            else:
                print(f"{result:<8} left out: its job was stopped before its end", flush=True)
