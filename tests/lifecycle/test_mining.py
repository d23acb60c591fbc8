"""Figures by Spark are those of the database, and Odoo takes what it can use of them."""

import os
import pathlib
import shutil
import subprocess

import psycopg2
import pytest
from database import Database
from repository import ROOT

GUESTS = 800
#: what the database computes by itself
COMPUTE = """
env["hotel.value.model"]._cron_value()
env["hotel.duplicate.search"].create({})
env["hotel.duplicate.search"]._cron_continue()
env.cr.commit()
"""
#: what stands in staging tables and what the database has, to be equal: rows by their keys
SAME = {
    "months": (
        """SELECT partner_id, company_id, month_date, stay_count, night_count, cancel_count, no_show_count,
                  charge_count, spend_gross::numeric(20, 4), spend_net::numeric(20, 4) FROM hotel_mining_months""",
        """SELECT partner_id, company_id, month_date, stay_count, night_count, cancel_count, no_show_count,
                  charge_count, spend_gross::numeric(20, 4), spend_net::numeric(20, 4) FROM hotel_guest_metric_month""",
    ),
    "values": (
        """SELECT partner_id, model_id, recency_score, frequency_score, monetary_score, cell, visit_count,
                  active_probability::numeric(9, 5), expected_stays::numeric(12, 4), expected_value::numeric(12, 1)
             FROM hotel_mining_values""",
        """SELECT partner_id, model_id, recency_score, frequency_score, monetary_score, cell, visit_count,
                  active_probability::numeric(9, 5), expected_stays::numeric(12, 4), expected_value::numeric(12, 1)
             FROM hotel_guest_value WHERE property_id IS NULL""",
    ),
    "pairs": (
        "SELECT partner_a, partner_b, probability::numeric(9, 5), levels FROM hotel_mining_pairs",
        "SELECT partner_a_id, partner_b_id, probability::numeric(9, 5), levels FROM hotel_duplicate_pair",
    ),
}


@pytest.fixture(scope="module", name="database")
def fixture_database():
    if not os.environ.get("HOTEL_CRM_SPARK"):
        pytest.skip("outside: HOTEL_CRM_SPARK=1 runs the jobs of Spark, two minutes and a large download")
    if not shutil.which("java"):
        pytest.skip("outside: Java 17 for Spark (apt-get install default-jre-headless)")
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_mining")
    database.create()
    database.list_modules()
    database.serve_once("-i", "hotel_crm_base")
    run_in_odoo(database, (ROOT / "setup" / "seed.py").read_text(), SEED_ARGUMENTS=str(GUESTS))
    run_in_odoo(database, COMPUTE)
    yield database
    database.drop()


def run_in_odoo(database, script, **environment):
    done = subprocess.run(
        ["odoo", "shell", "-d", database.name, "--no-http", "--log-level=error"], input=script, text=True, check=False,
        capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "setup"), **environment},
    )  # fmt: skip
    assert not done.returncode, done.stderr[-4000:]
    assert "Traceback" not in done.stderr + done.stdout, (done.stderr + done.stdout)[-4000:]
    return done.stdout


def mine(database, folder, steps):
    done = subprocess.run(
        [str(ROOT / "setup" / "mine"), database.name, str(folder)], text=True, check=False, capture_output=True,
        env={
            **os.environ, "PYTHONPATH": "", "MINE": steps, "ODOO_CONF": os.environ["ODOO_RC"], "SPARK_PARTITIONS": "2",
        },
    )  # fmt: skip
    assert not done.returncode, done.stdout[-3000:] + done.stderr[-6000:]
    return done.stdout


def query(database, text):
    connection = psycopg2.connect(dbname=database.name)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_spark_counts_what_the_database_counts(database, tmp_path):
    folder = pathlib.Path(tmp_path)
    mine(database, folder, "rules facts job stage")
    for name, (ours, theirs) in SAME.items():
        assert query(database, f"SELECT count(*) FROM ({theirs}) found")[0][0], f"nothing to compare: {name}"
        for one, other in ((ours, theirs), (theirs, ours)):
            assert query(database, f"{one} EXCEPT ALL {other}") == [], name
    # what a job that was stopped has left is not taken for its result
    (folder / "result" / "pairs" / "_SUCCESS").rename(folder / "kept")
    assert "pairs    left out" in mine(database, folder, "stage")
    (folder / "kept").rename(folder / "result" / "pairs" / "_SUCCESS")
    # a guest who went meanwhile, one whose figures were wrong, and one that others counted after the export
    gone, wrong, later = (row[0] for row in query(
        database, "SELECT partner_id FROM hotel_guest_metric WHERE spend_gross > 0 ORDER BY partner_id LIMIT 3"
    ))  # fmt: skip
    months = query(database, f"SELECT count(*) FROM hotel_mining_months WHERE partner_id = {gone}")[0][0]
    query(database, f"UPDATE hotel_mining_months SET partner_id = 2147483000 WHERE partner_id = {gone}")
    query(database, f"UPDATE hotel_guest_metric_month SET spend_gross = 1 WHERE partner_id = {wrong}")
    query(database, f"UPDATE hotel_guest_metric SET refreshed_at = now() + interval '1 day' WHERE partner_id = {later}")
    told = mine(database, folder, "take")
    assert f"{months} refused" in told, told
    assert query(database, "SELECT kind, refused_count FROM hotel_mining_batch ORDER BY kind") == [
        ("duplicates", 0), ("months", months), ("values", 0),
    ]  # fmt: skip
    assert query(database, f"SELECT DISTINCT 1 FROM hotel_guest_metric_queue WHERE partner_id = {later}") == [(1,)]
    assert not query(database, "SELECT to_regclass('hotel_mining_months')")[0][0]
    totals = """SELECT count(*) FROM hotel_guest_metric whole
                  JOIN (SELECT partner_id, company_id, sum(spend_gross) AS spend, sum(stay_count) AS stays
                          FROM hotel_guest_metric_month GROUP BY 1, 2) months USING (partner_id, company_id)
                 WHERE (whole.spend_gross, whole.stay_count) IS DISTINCT FROM (months.spend, months.stays)"""
    assert query(database, totals) == [(0,)]
