"""What guests are worth: facts and forecasts, as ``hotel.guest.value`` has them, by the same engine."""

import json
from datetime import date

import numpy as np
import pyarrow as pa
from engines import load
from pyspark.sql import functions as F

TAKEN = ("in_house", "departed")
EPOCH = date(1970, 1, 1).toordinal()
FACTS = ("visits", "first", "last", "spend")
SCHEMA = (
    "partner_id long, recency_score int, frequency_score int, monetary_score int, cell int, visit_count int,"
    " active_probability double, return_probability double, expected_stays double, expected_amount double,"
    " expected_value double"
)


def run(spark, folder, rules):
    """Fit and value the guests of each valuation of a company; write rows and fits.

    :returns: what to print
    :rtype: str
    """
    fits, count = [], 0
    for model in rules["values"]:
        facts = read_facts(spark, folder, model).cache()
        fit = learn(facts, model)
        fits.append({"model_id": model["id"], **fit})
        target = str(folder / "result" / "values" / f"model_id={model['id']}")
        facts.mapInArrow(valuer(model, fit), SCHEMA).write.mode("overwrite").parquet(target)
        count += facts.count()
        facts.unpersist()
    (folder / "result" / "fits.json").write_text(json.dumps(fits))
    return f"{count:>12,} rows"


def read_facts(spark, folder, model):
    """Return one row per guest of a company: visits, first and last day as numbers, spend, part of the sample."""
    today = F.lit(model["today"]).cast("date")
    stays = spark.read.parquet(str(folder / "stays")).where(
        (F.col("company_id") == model["company_id"]) & F.col("state").isin(*TAKEN) & (F.col("arrival_date") <= today)
    )
    charges = spark.read.parquet(str(folder / "charges")).where(F.col("company_id") == model["company_id"])
    number = lambda column: F.unix_date(column) + F.lit(EPOCH)  # noqa: E731  the number of the day, as Python has it
    stayed = stays.groupBy("partner_id").agg(*_visits("arrival_date", number), F.lit(True).alias("stayed"))
    back = charges.where("reversal_of_id IS NOT NULL").select(F.col("reversal_of_id").alias("id")).distinct()
    diners = (
        charges.where((F.col("business_date") <= today) & (F.col("kind") != "fee") & F.col("reversal_of_id").isNull())
        .join(back, "id", "left_anti")
        .join(stayed.select("partner_id"), "partner_id", "left_anti")
        .groupBy("partner_id")
        .agg(*_visits("business_date", number), F.lit(False).alias("stayed"))
    )
    months = spark.read.parquet(str(folder / "result" / "months")).where(F.col("company_id") == model["company_id"])
    spend = months.groupBy("partner_id").agg(F.sum("spend_gross").cast("double").alias("spend"))
    parts = spark.read.parquet(str(folder / "guests")).select(F.col("id").alias("partner_id"), "part")
    known = stayed.unionByName(diners).join(spend, "partner_id", "left").join(parts, "partner_id", "left")
    return known.fillna(0.0, ["spend"])


def _visits(day, number):
    return (
        F.countDistinct(day).cast("double").alias("visits"),
        number(F.min(day)).cast("double").alias("first"),
        number(F.max(day)).cast("double").alias("last"),
    )


def learn(facts, model):
    """Fit on the guests of the sample that the database would take; return what a valuation report keeps.

    :rtype: dict
    """
    valuation = load("lifetime.valuation")
    stayed = facts.where("stayed")
    share = min(model["parts"], -(-model["parts"] * model["most"] // max(stayed.count(), 1)))
    rows = stayed.where(F.col("part") < share).orderBy("partner_id").select(*FACTS).toArrow()
    sample = valuation.Facts(*(rows[name].to_numpy() for name in FACTS))
    today = date.fromisoformat(model["today"]).toordinal()
    stays = valuation.fit_stays(sample, today)
    amounts, correlation = valuation.fit_amounts(sample)
    return {
        "cuts": valuation.find_cuts(sample, today),
        "guest_count": len(sample.visits),
        "repeater_count": int((sample.visits > 1).sum()),
        "method": "forecast" if stays.is_converged else "rfm",
        "stay_reason": stays.reason or stays.remark,
        "amount_reason": amounts.reason or amounts.remark,
        "stay_log_likelihood": stays.log_likelihood if stays.parameters else 0,
        "amount_log_likelihood": amounts.log_likelihood if amounts.parameters else 0,
        "correlation": float(correlation),
        **stays.parameters,
        **amounts.parameters,
    }


def valuer(model, fit):
    """Return what values batches of rows, on a worker."""

    def value(batches):
        valuation = load("lifetime.valuation")
        stays = amounts = None
        if fit["method"] == "forecast":
            stays = valuation.bgnbd.Parameters(*(fit[name] for name in ("r", "alpha", "a", "b")))
        if fit["amount_reason"] in ("", None, "alike"):
            amounts = valuation.gamma_gamma.Parameters(*(fit[name] for name in ("p", "q", "v")))
        today = date.fromisoformat(model["today"]).toordinal()
        rules = valuation.Rules(today, fit["cuts"], tuple(model["limits"]), stays, amounts)
        for batch in batches:
            facts = valuation.Facts(*(batch.column(name).to_numpy() for name in FACTS))
            worth = valuation.value(facts, rules)
            scores = worth.recency + worth.frequency + worth.monetary
            columns = [
                batch.column("partner_id"), worth.recency, worth.frequency, worth.monetary, scores * 10 + worth.band,
                facts.visits, worth.active.round(6), worth.back.round(6), worth.stays.round(6), worth.amount.round(2),
                (worth.stays * worth.amount).round(2),
            ]  # fmt: skip
            yield pa.RecordBatch.from_arrays(
                [as_array(column, kind) for column, kind in zip(columns, KINDS, strict=True)], NAMES
            )

    return value


def as_array(column, kind):
    """Return a column of Arrow; what is not known is null there, as in the database."""
    return pa.array(np.asarray(column), from_pandas=True).cast(kind)


NAMES = [part.split()[0] for part in SCHEMA.split(",")]
TYPES = {"long": pa.int64(), "int": pa.int32(), "double": pa.float64()}
KINDS = [TYPES[part.split()[1]] for part in SCHEMA.split(",")]
