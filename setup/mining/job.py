"""The figures of guests as Spark jobs: months, value, likely duplicates. Reads the facts' Parquet files, writes others.

    job.py FOLDER RULES [months] [values] [duplicates]

Runs on what SPARK_MASTER names (default: this machine), or by ``spark-submit`` on a cluster that has the packages of
requirements-mining.txt and this folder of the product. The engines are those of the addon: only how the rows come to
them differs, and tests hold the results against those of the database.
"""

import json
import os
import pathlib
import sys
import time

import months
import pairs
import values
from pyspark.sql import SparkSession

JOBS = {"months": months.run, "values": values.run, "duplicates": pairs.run}


def session():
    """Return a session; dates and sums as PostgreSQL has them."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return (
        SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[*]"))
        .appName("Hotel CRM")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", os.environ.get("SPARK_MEMORY", "4g"))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", os.environ.get("SPARK_PARTITIONS", "16"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )


def main(folder, rules, *names):
    """Run the jobs of these names, all of them where none is named; print how long each took."""
    folder, rules = pathlib.Path(folder), json.loads(pathlib.Path(rules).read_text())
    spark = session()
    spark.sparkContext.setLogLevel("ERROR")
    for name in names or JOBS:
        started = time.monotonic()
        told = JOBS[name](spark, folder, rules)
        print(f"{name:<10} {told} {time.monotonic() - started:>8.1f} s", flush=True)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
