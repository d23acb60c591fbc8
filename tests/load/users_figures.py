"""What a run of tests/load/users.sh prints at its end: times of each action, and what the servers took."""

import os
import time

import gevent
import psutil
from locust import events

SAMPLES = []


def measure():
    """Note processor and memory of the servers every five seconds."""
    while True:
        sample = {"at": time.monotonic()}
        for process in psutil.process_iter(["name", "cmdline", "cpu_times", "memory_info"]):
            kind = get_kind(process.info)
            if kind:
                times = process.info["cpu_times"]
                entry = sample.setdefault(kind, [0.0, 0, 0])
                entry[0] += times.user + times.system
                entry[1] += process.info["memory_info"].rss
                entry[2] += 1
        SAMPLES.append(sample)
        gevent.sleep(5)


def get_kind(info):
    line = " ".join(info["cmdline"] or ())
    if os.environ["LOAD_CONF"] in line:
        return "Odoo"
    if (info["name"] or "").startswith("postgres"):
        return "PostgreSQL"
    if "nginx" in (info["name"] or ""):
        return "nginx"
    return "locust" if "locust" in line else None


@events.test_start.add_listener
def start_measuring(**_kwargs):
    gevent.spawn(measure)


@events.test_stop.add_listener
def print_table(environment, **_kwargs):
    """Print a line for each action, and what the servers took."""
    rows = [f"{'action':<34}{'count':>8}{'errors':>8}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'max ms':>8}"]
    for (name, kind), entry in sorted(environment.stats.entries.items()):
        rows.append(format_row(name if kind != "PAGE" else f"{name} (whole page)", entry))
    rows.append(format_row("all calls and pages", environment.stats.total))
    first, last = SAMPLES[min(2, len(SAMPLES) - 1)], SAMPLES[-1]
    span = max(last["at"] - first["at"], 1)
    for kind in ("Odoo", "PostgreSQL", "nginx", "locust"):
        if kind in first and kind in last:
            cores = (last[kind][0] - first[kind][0]) / span
            memory = [sample[kind][1] / 2**20 for sample in (first, last)]
            rows.append(f"{kind:<12}{cores:>6.2f} cores, memory {memory[0]:,.0f} -> {memory[1]:,.0f} MB, "
                        f"{last[kind][2]} processes")
    errors = environment.stats.errors.values()
    rows += [f"error: {error.name}: {error.error} ({error.occurrences})" for error in errors]
    print("\n".join(rows), flush=True)


def format_row(name, entry):
    marks = [entry.get_response_time_percentile(share) or 0 for share in (0.5, 0.95, 0.99)]
    return (f"{name:<34}{entry.num_requests:>8}{entry.num_failures:>8}"
            + "".join(f"{mark:>8.0f}" for mark in marks) + f"{entry.max_response_time or 0:>8.0f}")
