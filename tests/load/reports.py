"""How long lists and reports take as the menu opens them.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/reports.py

It prints, as a manager of all properties sees them,

* occupancy, nights and business mix: the views that the menu opens, and each grouping that their search offers, read
  from nights that are added up per day, beside the same question counted night by night, and beside the bare SQL
  (nights grouped by property and month, no join); with 0, 20, 100 and 200 days of properties due;
* the first two views of every menu of ours that takes longer than REPORTS_SLOW.

Nothing is written. Variables: REPORTS_PARTS (nights,menus), REPORTS_SLOW seconds (0.3), REPORTS_LIMIT seconds until a
view is given up (60).
"""

import os
import time
from datetime import date

from lxml import etree

from odoo.fields import Date
from odoo.tests.common import new_test_user
from odoo.tools import SQL
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval
from odoo.tools.safe_eval import time as safe_time

PARTS = os.environ.get("REPORTS_PARTS", "nights,menus").split(",")
SLOW, LIMIT = float(os.environ.get("REPORTS_SLOW", 0.3)), int(os.environ.get("REPORTS_LIMIT", 60))
GROUPS = ",".join(
    f"hotel_crm_base.group_{name}" for name in ("manager", "finance", "marketing", "front_office", "admin")
)
REPORTS = ("hotel.occupancy.report", "hotel.stay.report", "hotel.mix.report")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
cr, today = env.cr, Date.context_today(env.user)
user = new_test_user(env, login="reports_bench", groups=GROUPS)
companies = env["hotel.property"].search([]).company_id
user.write({"hotel_all_properties": True, "company_ids": [(4, company.id) for company in companies]})
mine = env(user=user, context={"allowed_company_ids": companies.ids, "lang": "en_US"})
NAMES = {
    "uid": user.id, "datetime": safe_datetime, "time": safe_time, "allowed_company_ids": companies.ids,
    "context_today": lambda: today, "active_id": False,
}  # fmt: skip


def timed(call):
    """Return how many seconds a call took."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


def evaluate(text):
    return safe_eval(text or "[]", dict(NAMES))


def get_period(node):
    """Return the days of a filter on dates as it opens."""
    if node.get("default_period") == "year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    return today.replace(day=1), today.replace(day=28)


def get_defaults(action, search):
    """Return the domain, the groups and the context that an action opens with."""
    context = evaluate(action.context or "{}")
    domain, groups = list(evaluate(action.domain)), []
    asked = {key: value for key, value in context.items() if not key.startswith("search_default_")}
    for key in [key for key, value in context.items() if key.startswith("search_default_") and value]:
        node = search.find(f".//filter[@name='{key.removeprefix('search_default_')}']")
        if node is None:
            continue
        more = evaluate(node.get("context") or "{}")
        by = more.pop("group_by", [])
        groups += [by] if isinstance(by, str) else by
        asked |= more
        domain += evaluate(node.get("domain"))
        if node.get("date"):
            first, last = get_period(node)
            domain += [(node.get("date"), ">=", str(first)), (node.get("date"), "<=", str(last))]
    return domain, groups, asked


def get_measures(model, names):
    """Return what graph and pivot ask for of some fields."""
    found = []
    for name in names:
        field = model._fields[name]
        found.append(f"{name}:{field.aggregator or 'count_distinct'}")
        if field.type == "monetary":
            found += [f"{field.get_currency_field(model)}:array_agg_distinct", f"{name}:sum_currency"]
    return list(dict.fromkeys([*found, "__count"]))


def get_layout(model, arch):
    """Return rows, columns and measures of a graph or pivot."""
    rows, columns, measures = [], [], []
    for node in arch.iter("field"):
        name = node.get("name")
        if node.get("type") == "measure":
            measures.append(name)
        elif node.get("invisible") not in ("1", "True"):
            is_date = model._fields[name].type in ("date", "datetime")
            spec = f"{name}:{node.get('interval') or 'month'}" if is_date else name
            (columns if node.get("type") == "col" else rows).append(spec)
    return rows, columns, get_measures(model, measures)


def open_list(model, arch, domain):
    spec = {
        node.get("name"): {"fields": {"display_name": {}}} if model._fields[node.get("name")].type == "many2one" else {}
        for node in arch.iter("field")
        if node.get("name") in model._fields and node.get("column_invisible") != "1" and node.getparent().tag != "field"
    }
    model.web_search_read(domain, spec, limit=80, count_limit=10001)


def open_view(model, kind, arch, domain, groups):
    """Ask what a view asks as it opens."""
    if kind in ("list", "kanban"):
        return model.web_read_group(domain, groups[:1]) if groups else open_list(model, arch, domain)
    rows, columns, measures = get_layout(model, arch)
    rows = groups or rows
    if kind == "graph":
        return model.formatted_read_group(domain, rows if groups else rows + columns, measures)
    sets = [rows[:count] + columns[:other] for count in range(len(rows) + 1) for other in range(len(columns) + 1)]
    return model.formatted_read_grouping_sets(domain, sets, measures)


def get_actions():
    """Yield the actions of our menus, each once, with the views that they open."""
    seen = set()
    for menu in env["ir.ui.menu"].search([("action", "like", "ir.actions.act_window,%")]):
        action = menu.action
        name = action.get_external_id().get(action.id, "")
        if name.startswith("hotel_crm") and name not in seen and not mine[action.res_model]._transient:
            seen.add(name)
            views = [(view, kind) for view, kind in action.views if kind in ("graph", "pivot", "list", "kanban")]
            answer = mine[action.res_model].get_views([*views[:2], (action.search_view_id.id, "search")])["views"]
            arches = {kind: etree.fromstring(view["arch"]) for kind, view in answer.items()}
            yield name, action, arches.pop("search"), arches


def measure_menus():
    found = []
    for name, action, search, arches in get_actions():
        domain, groups, context = get_defaults(action, search)
        model = mine[action.res_model].with_context(**context)
        for kind, arch in arches.items():
            cr.execute("SAVEPOINT view")
            try:
                seconds = timed(lambda: open_view(model, kind, arch, domain, groups))  # noqa: B023
            except Exception as error:  # noqa: BLE001  # a view that is given up is a figure
                print(f"{name} {kind}: {type(error).__name__}", flush=True)
                cr.execute("ROLLBACK TO SAVEPOINT view")
                continue
            mine.invalidate_all()
            found.append((seconds, name, kind))
    for seconds, name, kind in sorted(found, reverse=True):
        if seconds >= SLOW:
            print(f"{name.partition('.')[2]:<52} {kind:<8} {seconds:>7.2f} s", flush=True)
    print(f"{len(found)} views of menus, {sum(seconds < 1 for seconds, *_more in found)} of them under 1 s")


def measure_nights():
    bare = timed(lambda: cr.execute(
        """SELECT property_id, date_trunc('month', date), count(*), sum(rate) FROM hotel_stay_night
            WHERE date BETWEEN %s AND %s GROUP BY 1, 2""", [date(today.year, 1, 1), date(today.year, 12, 31)]
    ))  # fmt: skip
    print(f"bare SQL, nights of the year by property and month: {bare:.2f} s", flush=True)
    print(f"{'':<52} {'kept':>8} {'bare x':>7} {'counted':>9}", flush=True)
    for name, action, search, arches in get_actions():
        if action.res_model in REPORTS:
            measure_report(name, action, search, arches, bare)
    for due in (20, 100, 200):
        cr.execute(SQL(
            """INSERT INTO hotel_figure_queue (property_id, date, with_nights)
               SELECT property_id, date, TRUE FROM (SELECT DISTINCT property_id, date FROM hotel_figure_night
                WHERE date BETWEEN %s AND %s AND part = 'room_type' ORDER BY date DESC LIMIT %s) day""",
            date(today.year, 1, 1), date(today.year, 12, 31), due))  # fmt: skip
        print(f"with {due} days of properties due", flush=True)
        for name, action, search, arches in get_actions():
            if action.res_model in REPORTS:
                kind, arch = next(iter(arches.items()))
                domain, groups, _context = get_defaults(action, search)
                show(f"{name.partition('.')[2]} {kind}", bare, lambda: open_view(  # noqa: B023
                    mine[action.res_model], kind, arch, domain, groups))  # noqa: B023  # fmt: skip


def show(name, bare, call, counted=None):
    seconds = timed(call)
    beside = f"{timed(counted):>7.2f} s" if counted else ""
    print(f"{name:<52} {seconds:>6.2f} s {seconds / bare:>7.2f} {beside}", flush=True)


def measure_report(name, action, search, arches, bare):
    model = mine[action.res_model]
    domain, groups, _context = get_defaults(action, search)
    for kind, arch in arches.items():
        show(f"{name.partition('.')[2]} {kind}", bare, lambda: open_view(model, kind, arch, domain, groups))  # noqa: B023
    _rows, _columns, measures = get_layout(model, next(iter(arches.values())))
    for node in search.iter("filter"):
        by = evaluate(node.get("context") or "{}").get("group_by")
        if by:
            # no part knows single rows, and occupancy reads what is kept in any case
            counted = None if "occupancy" in model._name else [*measures, "id:max"]
            show(
                f"    by {by}", bare, lambda: model.formatted_read_group(domain, [by], measures),  # noqa: B023
                counted and (lambda: model.formatted_read_group(domain, [by], counted)),  # noqa: B023
            )  # fmt: skip


cr.execute(SQL("SET statement_timeout = %s", f"{LIMIT}s"))
if "nights" in PARTS:
    measure_nights()
if "menus" in PARTS:
    measure_menus()
cr.rollback()
