"""Likely duplicates: pairs that share a key, compared and weighed by the engine of ``hotel.duplicate.search``."""

import json

import numpy as np
import pyarrow as pa
from engines import load
from pyspark.sql import Window
from pyspark.sql import functions as F

FIELDS = ("name", "phone", "email", "birth_date", "gender", "street", "city", "zip", "document")
SCHEMA = "partner_a long, partner_b long, probability double, levels string"


def run(spark, folder, rules):
    """Find the pairs, learn from some of them, keep those that are likely one guest.

    :returns: what to print
    :rtype: str
    """
    guests = spark.read.parquet(str(folder / "guests"))
    candidates = find(spark.read.parquet(str(folder / "keys")), rules["most"]).cache()
    count, people = candidates.count(), guests.count()
    weights, prior = learn(candidates, guests, count, people, rules)
    result = score(candidates, guests, weights, prior, rules["threshold"])
    result.write.mode("overwrite").parquet(str(folder / "result" / "pairs"))
    found = spark.read.parquet(str(folder / "result" / "pairs")).count()
    (folder / "result" / "search.json").write_text(
        json.dumps({"candidate_count": count, "found_count": found, "weights": _as_json(weights, prior)})
    )
    return f"{count:>12,} pairs, {found:,} likely"


def find(keys, most):
    """Return pairs of guests who share a key that not too many have, with a bit for each kind of key."""
    texts = keys.select("kind", "text", "partner_id").distinct()
    limits = F.create_map(*(F.lit(part) for pair in enumerate(most) for part in pair))
    shared = texts.groupBy("kind", "text").agg(F.count("*").alias("sharing"))
    shared = shared.where((F.col("sharing") >= 2) & (F.col("sharing") <= limits[F.col("kind")])).drop("sharing")
    kept = texts.join(shared, ["kind", "text"])
    a, b = kept.alias("a"), kept.alias("b")
    both = a.join(
        b, (F.col("a.kind") == F.col("b.kind")) & (F.col("a.text") == F.col("b.text"))
        & (F.col("a.partner_id") < F.col("b.partner_id")),
    )  # fmt: skip
    bits = F.bit_or(F.expr("shiftleft(1, cast(a.kind as int))"))
    named = F.col("a.partner_id").alias("partner_a"), F.col("b.partner_id").alias("partner_b")
    return both.groupBy(*named).agg(bits.alias("kinds"))


def learn(candidates, guests, count, people, rules):
    """Return weights and the share of duplicates, learned as the database's search does.

    Where there are more pairs than are learned from, others may be drawn than there: figures then differ by chance.
    """
    engines = ("duplicates", "compare", "blocks", "fellegi")
    duplicates, compare, blocks, fellegi = (load(f"matching.{name}") for name in engines)
    drawn, of_kinds = draw(candidates, len(blocks.KINDS), rules)
    random = [row[0] for row in guests.orderBy("dice").limit(rules["random"]).select("id").collect()]
    ids = sorted({partner_id for pairs in (drawn, *of_kinds) for pair in pairs for partner_id in pair} | set(random))
    facts = guests.where(F.col("id").isin(ids)) if len(ids) < 1000 else guests
    table = facts.select("id", *FIELDS).toArrow().to_pylist()
    known = {row["id"]: row for row in table}

    def levels(pairs):
        return compare_pairs(compare, known, pairs)

    taught = [
        (levels(pairs), duplicates.fields(left_out))
        for pairs, (_most, left_out) in zip(of_kinds, blocks.KINDS.values(), strict=True)
    ]
    records = compare.Records.build([known.get(partner_id, {}) for partner_id in sorted(random)])
    anyhow = compare.compare(records, *duplicates.random_pairs(len(records)))
    sample = levels(drawn)
    possible = people * (people - 1) / 2 * (len(sample) / count if count else 1)
    weights, _found = duplicates.learn(sample, taught, anyhow, possible)
    _found, prior = fellegi.probabilities(weights.evidence(sample), possible)
    return weights, prior


def draw(candidates, kinds, rules):
    """Return pairs to learn from, evenly spread: of all, and of each kind of key."""
    dice = F.xxhash64("partner_a", "partner_b")
    pair = ["partner_a", "partner_b"]
    whole = candidates.select(*pair, F.lit(-1).alias("kind"), dice.alias("dice"))
    each = candidates.select(
        *pair, F.explode(F.array(*(F.lit(kind) for kind in range(kinds)))).alias("kind"), dice.alias("dice"), "kinds"
    ).where("shiftright(kinds, kind) & 1 = 1")
    both = whole.unionByName(each.drop("kinds"))
    order = Window.partitionBy("kind").orderBy("dice", *pair)
    limit = F.when(F.col("kind") < 0, rules["learn_all"]).otherwise(rules["learn_kind"])
    drawn = both.withColumn("place", F.row_number().over(order)).where(F.col("place") <= limit)
    rows = drawn.select(*pair, "kind").toArrow()
    parts = {kind: [] for kind in range(-1, kinds)}
    for a, b, kind in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        parts[kind].append((a, b))
    return parts[-1], [parts[kind] for kind in range(kinds)]


def compare_pairs(compare, known, pairs):
    """Return the levels of pairs of guests."""
    if not pairs:
        return np.zeros((0, len(compare.SIZES)), dtype=np.int8)
    ids = sorted({partner_id for pair in pairs for partner_id in pair})
    places = {partner_id: place for place, partner_id in enumerate(ids)}
    left, right = zip(*((places[a], places[b]) for a, b in pairs), strict=True)
    return compare.compare(compare.Records.build([known.get(partner_id, {}) for partner_id in ids]), left, right)


def score(candidates, guests, weights, prior, threshold):
    """Return the pairs that are one guest with this probability at least."""
    for side in ("a", "b"):
        facts = guests.select(F.col("id").alias(f"partner_{side}"), F.struct(*FIELDS).alias(side))
        candidates = candidates.join(facts, f"partner_{side}")
    packed = _as_json(weights, prior)

    def rate(batches):
        compare, fellegi = load("matching.compare"), load("matching.fellegi")
        sides = (tuple(np.array(packed[side][name]) for name in compare.FIELDS) for side in ("m", "u"))
        learned = fellegi.Weights(*sides)
        for batch in batches:
            rows = batch.to_pylist()
            known = {row[f"partner_{side}"]: row[side] for row in rows for side in ("a", "b")}
            pairs = [(row["partner_a"], row["partner_b"]) for row in rows]
            levels = compare_pairs(compare, known, pairs)
            odds = learned.evidence(levels) * np.log(2) + np.log(packed["prior"]) - np.log1p(-packed["prior"])
            probability = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
            likely = np.flatnonzero(probability >= threshold).tolist()
            texts = [" ".join(map(str, levels[row].tolist())) for row in likely]
            lower, higher = ([pairs[row][side] for row in likely] for side in (0, 1))
            columns = [lower, higher, probability[likely].round(6), texts]
            yield pa.RecordBatch.from_arrays(
                [pa.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)], NAMES
            )

    return candidates.select("partner_a", "partner_b", "a", "b").mapInArrow(rate, SCHEMA)


def _as_json(weights, prior):
    """Return weights as a search keeps them."""
    compare = load("matching.compare")
    return {
        "prior": prior,
        **{
            side: {name: row.round(7).tolist() for name, row in zip(compare.FIELDS, rows, strict=True)}
            for side, rows in (("m", weights.m), ("u", weights.u))
        },
    }


NAMES = [part.split()[0] for part in SCHEMA.split(",")]
KINDS = [pa.int64(), pa.int64(), pa.float64(), pa.string()]
