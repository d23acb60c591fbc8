"""Writes the spreadsheet of the dashboard "Loyalty": members, points, liability, breakage, tiers, churn.

``python3 hotel_crm_loyalty/report/dashboard_loyalty.py`` after a change here; see the builder of the base.

>>> dashboard = build()
>>> [sheet["name"] for sheet in dashboard["sheets"]]
['Loyalty', 'Data']
>>> sorted({chart["data"]["type"] for chart in dashboard["sheets"][0]["figures"]})
['odoo_bar', 'odoo_line', 'scorecard']
>>> {pivot["model"] for pivot in dashboard["pivots"].values()} == set(MENUS)
True
"""

import json
import pathlib
import sys

if __package__:
    from odoo.addons.hotel_crm_base.report.spreadsheet_figures import chart, pivot, scorecard
    from odoo.addons.hotel_crm_base.report.spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated
else:  # run as a script
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "hotel_crm_base" / "report"))
    from spreadsheet_figures import chart, pivot, scorecard
    from spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated

FILE = pathlib.Path(__file__).parent.parent / "data" / "files" / "hotel_loyalty_dashboard.json"
MOVE, MEMBER, LIABILITY, VINTAGE = (
    f"hotel.loyalty.{name}" for name in ("move.report", "member.report", "liability.report", "vintage")
)
MENUS = {model: f"hotel_crm_loyalty.{model.replace('.', '_')}_menu" for model in (MOVE, MEMBER, LIABILITY, VINTAGE)}
PERIOD, PROGRAM, PROPERTY = "loyalty-period", "loyalty-program", "loyalty-property"
MONEY, WHOLE, TENTHS, PERCENT = None, "#,##0", "#,##0.0", "0.0%"
BLUE, ORANGE = "#EFF6FF", "#FFF7ED"
COLUMNS = (160, 90, 100, 130, 110, 30, 170, 110, 110, 120)
WIDTH = sum(COLUMNS)
HALF = sum(COLUMNS[:5])
RIGHT = sum(COLUMNS[:6])
# rows of the headings
POINTS, PEOPLE, OWED, TABLES_AT = 10, 26, 42, 58
LOST = [["activity", "in", ["dormant", "churned"]]]
# key: title, model, measure, format, colour, whether the period before is shown
CARDS = {
    "members": ("Members", MEMBER, "members:sum", WHOLE, BLUE, False),
    "active": ("Active Members", MEMBER, "active_members:sum", WHOLE, BLUE, False),
    "churn": ("Churned Members", MEMBER, "churn_rate:avg", PERCENT, BLUE, False),
    "breakage": ("Breakage", VINTAGE, "breakage_rate:avg", PERCENT, ORANGE, False),
    "earned": ("Points Earned", MOVE, "earned:sum", WHOLE, BLUE, True),
    "burnt": ("Points Burnt", MOVE, "burnt:sum", WHOLE, BLUE, True),
    "expired": ("Points Expired", MOVE, "expired:sum", WHOLE, BLUE, True),
    "liability": ("Liability", LIABILITY, "value:sum", MONEY, ORANGE, False),
}
# key: heading, column, title of the name, model, field, titles and measures with their formats
TABLES = {
    "tier": (
        "Tiers", 0, "Tier", MEMBER, "tier_id",
        (
            ("Active %", "active_rate:avg", TENTHS),
            ("Churned %", "churn_rate:avg", TENTHS),
            ("Points Balance", "balance:sum", WHOLE),
            ("Members", "members:sum", WHOLE),
        ),
    ),
    "property": (
        "Properties", 6, "Property", MOVE, "property_id",
        (
            ("Points Burnt", "burnt:sum", WHOLE),
            ("Redeemed %", "redemption_rate:avg", TENTHS),
            ("Points Earned", "earned:sum", WHOLE),
        ),
    ),
}  # fmt: skip
CHARTS = (
    # key, title, kind, model, groups, measure, domain, column, row
    ("points", "Points by Month and Kind", "bar", MOVE, ["date:month", "kind"], "points", [], 0, POINTS),
    ("rate", "Redemption Rate by Month", "line", MOVE, ["date:month"], "redemption_rate", [], 6, POINTS),
    ("tiers", "Members by Tier", "bar", MEMBER, ["tier_id", "activity"], "members", [], 0, PEOPLE),
    ("lost", "Members Lost by Month", "bar", MEMBER, ["lapsed_date:month"], "members", LOST, 6, PEOPLE),
    ("expiry", "Liability by Month of Expiry", "bar", LIABILITY, ["expiry_date:month"], "value", [], 0, OWED),
    ("vintage", "Breakage by Month of Issue", "line", VINTAGE, ["issue_date:month"], "breakage_rate", [], 6, OWED),
)


def matching(model, offset=0):
    """Return how the filters apply to a model: the period to movements only, the others say what is now."""
    found = {PROGRAM: {"chain": "program_id", "type": "many2one"}}
    if model in (MOVE, LIABILITY):
        found[PROPERTY] = {"chain": "property_id", "type": "many2one"}
    if model == MOVE:
        found[PERIOD] = {"chain": "date", "type": "date", "offset": offset}
    return found


def get_pivots():
    """Return the pivots: totals of each model, those of the period before, and tables."""
    totals = {model: [] for model in (MOVE, MEMBER, LIABILITY, VINTAGE)}
    for _title, model, measure, *_rest in CARDS.values():
        totals[model].append((measure, None))
    found = [
        pivot(number, "totals", model, measures, matching(model))
        for number, (model, measures) in enumerate(totals.items(), 1)
    ]
    found.append(pivot(len(found) + 1, "before", MOVE, totals[MOVE], matching(MOVE, -1)))
    for number, (key, table) in enumerate(TABLES.items(), len(found) + 1):
        measures = [column[1:] for column in table[5]]
        found.append(pivot(number, key, table[3], measures, matching(table[3]), [table[4]]))
    return found


def place_cards(sheet):
    """Place the cards above everything else."""
    width = (WIDTH - 30) // 4
    for number, (key, (title, _model, measure, _format, colour, has_before)) in enumerate(CARDS.items()):
        card = scorecard(title, colour, number + 2, measure.endswith(":sum"), "since last period", has_before)
        sheet.place(f"loyalty-card-{key}", card, number % 4 * (width + 10), 6 + number // 4 * 108, width, 98)


def write_data(sheet, formats, pivots):
    """Fill the sheet behind the cards: title, now, before."""
    numbers = {(definition["model"], definition["name"]): definition["id"] for definition in pivots}
    for column, text in enumerate(("Figure", "Current", "Previous")):
        sheet.put(column, 0, translated(text), 2)
    for row, (title, model, measure, number_format, _colour, has_before) in enumerate(CARDS.values(), start=1):
        sheet.put(0, row, translated(title))
        share = "/100" if number_format == PERCENT else ""
        for column, name in enumerate(("totals", "before") if has_before else ("totals",), start=1):
            formula = f'=PIVOT.VALUE({numbers[model, name]},"{measure}"){share}'
            sheet.put(column, row, formula, None, formats.number(number_format))


def write_tables(sheet, pivots):
    """Write the tables, each below a heading that opens what is behind it."""
    for definition in pivots:
        text, column, title, model, field, columns = TABLES[definition["name"]]
        measure = definition["measures"][-1]["fieldName"]
        heading = link(text, model, [field], measure, domain=definition["domain"])
        sheet.head(column, TABLES_AT, heading, len(columns) + 1)
        sheet.put(column, TABLES_AT + 1, translated(title), 2)
        for number, name in enumerate((name for name, *_rest in columns), start=1):
            sheet.put(column + number, TABLES_AT + 1, translated(name), 3)
        first = TABLES_AT + 2
        sheet.styles[f"{cell(column, first)}:{cell(column + len(columns), first + 9)}"] = 4
        sheet.put(column, first, f"=PIVOT({definition['id']},10,FALSE,FALSE,,FALSE)")


def build():
    """Return the dashboard."""
    formats, sheet, data = Formats(), Sheet("loyalty", "Loyalty", COLUMNS), Sheet("data", "Data", (180, 110, 110))
    place_cards(sheet)
    menus = {f"loyalty-card-{key}": MENUS[card[1]] for key, card in CARDS.items()}
    for key, title, kind, model, groupby, measure, domain, column, row in CHARTS:
        heading = link(title, model, groupby, measure, domain=domain)
        sheet.head(column, row, heading, 4 if column else 5)
        left, width = (RIGHT, WIDTH - RIGHT) if column else (0, HALF)
        figure = chart(kind, model, groupby, measure, matching(model), domain)
        sheet.place(f"loyalty-{key}", figure, left, (row + 2) * ROW, width, 280)
        menus[f"loyalty-{key}"] = MENUS[model]
    pivots = get_pivots()
    write_tables(sheet, [definition for definition in pivots if definition["name"] in TABLES])
    write_data(data, formats, pivots)
    filters = [
        {"id": PERIOD, "type": "date", "label": "Period", "defaultValue": "last_12_months"},
        {"id": PROGRAM, "type": "relation", "label": "Programme", "modelName": "loyalty.program"},
        {"id": PROPERTY, "type": "relation", "label": "Property", "modelName": "hotel.property"},
    ]
    return finish([sheet, data], formats, pivots, filters, menus)


def write():
    """Write the file."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(build(), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write()
