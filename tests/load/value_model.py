"""How long it takes to value guests.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/value_model.py

It computes the figures of guests first where there are none, then values the guests of the company that has
most of them and prints the fit, the seconds of its parts and the memory. What is in the tables afterwards is
right. The matrix is read as a manager's screen reads it, and guests are searched by their class.
"""

import resource
import time

env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
fits, models = env["hotel.value.fit"], env["hotel.value.model"]


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall()


def timed(call):
    """Return what a call returns, and how many seconds it took."""
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def report(name, seconds, note=""):
    print(f"{name:<58} {seconds:>9.2f} s   {note}", flush=True)


def prepare():
    if not query("SELECT 1 FROM hotel_guest_metric LIMIT 1"):
        run = env["hotel.guest.metric"]._refresh_all()
        env["hotel.metric.run"]._cron_continue()
        print("figures of guests:", run.state, flush=True)
        env.cr.commit()
    (company_id, guests), *_others = query(
        "SELECT company_id, count(*) FROM hotel_guest_metric WHERE stay_count > 0 GROUP BY 1 ORDER BY 2 DESC"
    )
    print(f"{guests:,} guests with a stay at the biggest company", flush=True)
    domain = [("company_id", "=", company_id), ("property_id", "=", False)]
    return models.search(domain) or models.create({"company_id": company_id})


def value(model):
    model.fit_ids.filtered(lambda fit: fit.state == "running").action_cancel()
    fit = model._start()
    _none, seconds = timed(fit._fit)
    env.cr.commit()
    report("fit", seconds, f"{fit.guest_count:,} guests, {fit.method} {fit.stay_reason}{fit.amount_reason} {fit.note}")
    print({name: round(fit[name], 4) for name in ("r", "alpha", "a", "b", "p", "q", "v", "correlation")}, fit.cuts)
    _none, seconds = timed(fits._continue)
    env.cr.commit()
    memory = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most"
    report("all guests valued", seconds, f"{fit.valued_count:,} guests, {memory}")


def read(model):
    inside = env(context={"allowed_company_ids": model.company_id.ids})
    domain = [("company_id", "=", model.company_id.id), ("property_id", "=", False)]
    for groupby in (["score", "band"], ["class_id"]):
        rows, seconds = timed(
            lambda: inside["hotel.value.report"].formatted_read_group(domain, groupby, ["guests:sum", "value:sum"])  # noqa: B023
        )
        report(f"matrix by {', '.join(groupby)}", seconds, f"{len(rows)} groups")
    for group in inside["hotel.value.class"].search([]):
        found, seconds = timed(
            lambda: inside["res.partner"].search([("hotel_value_class_id", "=", group.id)], limit=80, order="id")  # noqa: B023
        )
        count, counting = timed(
            lambda: inside["res.partner"].search_count([("hotel_value_class_id", "=", group.id)])  # noqa: B023
        )
        report(f"first {len(found)} guests of {group.name}", seconds, f"{count:,} counted in {counting:.2f} s")


model = prepare()
value(model)
value(model)
read(model)
