"""Figures of guests by month, as ``hotel.guest.metric.month`` counts them."""

from pyspark.sql import functions as F

TAKEN = ("in_house", "departed")


def run(spark, folder, rules):
    """Count each source of facts by guest, company and month; write one row each.

    :returns: what to print
    :rtype: str
    """
    taken, keys = F.col("state").isin(*TAKEN), ["partner_id", "company_id", "month_date"]
    stays = (
        spark.read.parquet(str(folder / "stays"))
        .withColumn("month_date", F.trunc("arrival_date", "month"))
        .groupBy(*keys)
        .agg(
            F.count(F.when(taken, 1)).alias("stay_count"),
            F.sum(F.when(taken, F.col("nights"))).alias("night_count"),
            F.count(F.when(F.col("state") == "cancelled", 1)).alias("cancel_count"),
            F.count(F.when(F.col("state") == "no_show", 1)).alias("no_show_count"),
            F.min(F.when(taken, F.col("arrival_date"))).alias("first_arrival_date"),
            F.max(F.when(taken, F.col("departure_date"))).alias("last_departure_date"),
        )
    )
    charges = (
        spark.read.parquet(str(folder / "charges"))
        .withColumn("month_date", F.trunc("business_date", "month"))
        .groupBy(*keys)
        .agg(
            F.sum(F.when(F.col("reversal_of_id").isNull(), 1).otherwise(-1)).alias("charge_count"),
            # PostgreSQL rounds half away from zero, and so does this
            F.round(F.sum("gross"), 4).alias("spend_gross"),
            F.round(F.sum("net"), 4).alias("spend_net"),
        )
    )
    counts = ["stay_count", "night_count", "cancel_count", "no_show_count", "charge_count", "spend_gross", "spend_net"]
    whole = stays.join(charges, keys, "full").fillna(0, counts[:5])
    for name in counts[5:]:
        whole = whole.withColumn(name, F.coalesce(F.col(name), F.lit(0).cast("decimal(28,4)")))
    whole.select(*keys, *counts, "first_arrival_date", "last_departure_date").write.mode("overwrite").parquet(
        str(folder / "result" / "months")
    )
    return f"{spark.read.parquet(str(folder / 'result' / 'months')).count():>12,} rows"
