"""How many members the loyalty rules evaluate per second on one core.

    python tests/load/loyalty_rules.py [members] [programme...]

Members (default 100,000) have 3 stays each over two years, drawn by a fixed seed; they are made and evaluated in
chunks of 5,000, and only the evaluation is timed. Prints members per second, and the memory of the process after
the second chunk and after the last: it must not grow with the number of members. One run, whatever else the
machine does; processor time is printed beside the clock's.
"""

import importlib
import pathlib
import random
import resource
import sys
import time
import types
from datetime import date, timedelta
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CHUNK = 5000
AS_OF = date(2026, 12, 31)


def load_rules():
    """Import the engine alone, without Odoo."""
    package = types.ModuleType("loyalty_engine")
    package.__path__ = [str(ROOT / "hotel_crm_loyalty")]
    sys.modules["loyalty_engine"] = package
    names = ("engine", "facts", "loader", "plan")
    return [importlib.import_module(f"loyalty_engine.rules.{name}") for name in names]


def make_member(facts, draw, number):
    """A member with three stays."""
    happened = []
    for stay in range(3):
        departure = date(2025, 1, 10) + timedelta(days=draw.randrange(700))
        arrival = departure - timedelta(days=draw.randint(1, 9))
        spend = (("room", Decimal(draw.randint(4000, 90000)) / 100), ("food", Decimal(draw.randint(0, 9000)) / 100))
        channel = draw.choice(("direct", "web", "web", "ota"))
        happened.append(facts.Stay(f"s{stay}", arrival, departure, spend, channel=channel))
    return facts.Member(f"m{number}", date(2025, 1, 1), tuple(happened))


def measure(modules, count, code):
    """Evaluate that many members; return seconds by the clock and of the processor, moves, and memory in MB."""
    engine, facts, loader, plan = modules
    rules, draw = plan.Plan(loader.load_fixture(code)), random.Random(19)
    clock = processor = moves = first = 0
    for start in range(0, count, CHUNK):
        members = [make_member(facts, draw, number) for number in range(start, min(start + CHUNK, count))]
        began, used = time.perf_counter(), time.process_time()
        for outcome in engine.evaluate(rules, members, AS_OF):
            moves += len(outcome.moves) + len(outcome.decisions)
        clock += time.perf_counter() - began
        processor += time.process_time() - used
        if start <= CHUNK:
            first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return clock, processor, moves, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count, codes):
    """Print one line for each programme."""
    modules = load_rules()
    for code in codes:
        clock, processor, moves, first, last = measure(modules, count, code)
        print(
            f"{code}: {count:,} members, {3 * count:,} stays, {moves:,} moves and decisions; "
            f"{count / processor:,.0f} members/s of processor time, {count / clock:,.0f} by the clock; "
            f"most memory {first:.0f} MB after the second chunk, {last:.0f} MB after the last"
        )


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(int(asked[0]) if asked else 100000, asked[1:] or ["marriott", "hotel_club"])
