"""Writes the dashboards "Hotel", with a sample of invented numbers, "Bookings" and "General Manager".

Community shows dashboards but has no editor for them, so theirs is a script of ours:
``python3 hotel_crm_base/report/dashboard_builder.py`` after a change here.

All texts are cells ``=_t("...")``, titles of charts, links or labels of filters: that is where
translations are taken from.

>>> dashboard = build()
>>> dashboard["version"], [sheet["name"] for sheet in dashboard["sheets"]]
('18.5.10', ['Dashboard', 'Data'])
>>> sorted({chart["data"]["type"] for chart in dashboard["sheets"][0]["figures"]})
['odoo_bar', 'odoo_geo', 'odoo_line', 'scorecard']
>>> all("fieldMatching" in pivot for pivot in dashboard["pivots"].values())
True
>>> sample = build_sample()
>>> sample["pivots"], sample["globalFilters"]
({}, [])
>>> sorted({chart["data"]["type"] for chart in sample["sheets"][0]["figures"]})
['bar', 'line', 'scorecard']
"""

import json
import pathlib

if __package__:
    from . import dashboard_bookings, dashboard_general, spreadsheet_figures
    from .dashboard_content import CARDS, PERCENT, SAMPLE_MONTHS, SAMPLE_TABLES, TABLES, WHOLE
    from .spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated
else:  # run as a script
    import dashboard_bookings
    import dashboard_general
    import spreadsheet_figures
    from dashboard_content import CARDS, PERCENT, SAMPLE_MONTHS, SAMPLE_TABLES, TABLES, WHOLE
    from spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated

FILES = pathlib.Path(__file__).parent.parent / "data" / "files"
MODEL = "hotel.figure.day"
MENU = "hotel_crm_base.hotel_figure_day_menu"
PERIOD, PROPERTY = "hotel-period", "hotel-property"

STAYS = [["part", "=", "stay"]]
TAKEN = [["state", "in", ["in_house", "departed"]]]
COLUMNS = (190, 80, 110, 100, 130, 30, 200, 90, 130)
WIDTH = sum(COLUMNS)
HALF = (WIDTH - COLUMNS[5]) // 2
RIGHT = sum(COLUMNS[:6])
# rows of the headings
REVENUE, MONTHLY, TABLES_AT, COUNTRIES = 10, 26, 40, 54

# ---- what Odoo counts -----------------------------------------------------------------------


def matching(offset=0, date="date"):
    """Return how the filters apply to something that is counted.

    :param int offset: -1 for the period before
    :param str date: field that the period is about
    """
    return {
        PERIOD: {"chain": date, "type": "date", "offset": offset},
        PROPERTY: {"chain": "property_id", "type": "many2one"},
    }


def pivot(number, name, measures, rows=(), domain=(), model=MODEL, fields=None):
    """Return a pivot, sorted by its last measure.

    :param list measures: (``field:aggregator``, format)
    :param dict fields: of ``matching``
    """
    found = spreadsheet_figures.pivot(number, name, model, measures, fields or matching(), rows)
    return {**found, "domain": list(domain)}


def get_pivots():
    """Return all pivots: totals, guests (now and before), tables."""
    totals = [(card[1], None) for key, card in CARDS.items() if key != "guests"]
    guests = [(CARDS["guests"][1], None)]
    found = []
    for offset, name in ((0, "now"), (-1, "before")):
        found.append(pivot(len(found) + 1, f"totals {name}", totals, fields=matching(offset)))
        fields = matching(offset, "arrival_date")
        found.append(pivot(len(found) + 1, f"guests {name}", guests, (), TAKEN, "hotel.stay", fields))
    for key, (_heading, _column, _title, field, columns) in TABLES.items():
        measures = [column[1:] for column in columns]
        domain = [] if key == "property" else [[field, "!=", False]]
        found.append(pivot(len(found) + 1, key, measures, [field], domain))
    return found


def chart(kind, groupby, measure, domain=(), **options):
    """Return a chart that Odoo counts."""
    return {**spreadsheet_figures.chart(kind, MODEL, groupby, measure, matching(), domain), **options}


# ---- what both files have ---------------------------------------------------------------------


def place_cards(sheet):
    width = (WIDTH - 30) // 4
    for number, (key, (title, measure, _format, colour, *_sample)) in enumerate(CARDS.items()):
        # a large sum is shortened, which drops the symbol of a currency that stands behind it: no more of it
        is_humanized = measure.endswith(":sum")
        card = spreadsheet_figures.scorecard(title, colour, number + 2, is_humanized, "since last period", True)
        sheet.place(f"card-{key}", card, number % 4 * (width + 10), 6 + number // 4 * 108, width, 98)


def place_charts(sheet, revenue, adr, new_guests):
    """Place the three charts by month below their headings."""
    sheet.place("chart-revenue", revenue, 0, (REVENUE + 2) * ROW, WIDTH, 300)
    sheet.place("chart-adr", adr, 0, (MONTHLY + 2) * ROW, HALF, 240)
    sheet.place("chart-new", new_guests, RIGHT, (MONTHLY + 2) * ROW, WIDTH - RIGHT, 240)


def write_data(sheet, formats, get_contents):
    """Fill the sheet behind the cards: title, this period, the one before."""
    for column, text in enumerate(("Figure", "Current", "Previous")):
        sheet.put(column, 0, translated(text), 2)
    for row, (key, card) in enumerate(CARDS.items(), start=1):
        sheet.put(0, row, translated(card[0]))
        for column, content in enumerate(get_contents(key), start=1):
            sheet.put(column, row, content, None, formats.number(card[2]))


def write_table(sheet, key, row, heading=None):
    """Write heading and titles of a table; return the cell where its rows begin."""
    text, column, title, _field, columns = TABLES[key]
    sheet.head(column, row, heading or translated(text), len(columns) + 1)
    sheet.put(column, row + 1, translated(title), 2)
    for number, name in enumerate((name for name, *_rest in columns), start=1):
        sheet.put(column + number, row + 1, translated(name), 3)
    sheet.styles[f"{cell(column, row + 2)}:{cell(column + len(columns), row + 11)}"] = 4
    return column, row + 2


# ---- the dashboard, and the one that is shown before there is anything -------------------------


def build():
    """Return the dashboard."""
    formats, sheet, data = Formats(), Sheet("dashboard", "Dashboard", COLUMNS), Sheet("data", "Data", (160, 110, 110))
    place_cards(sheet)
    month, by_property = ["date:month"], ["date:month", "property_id"]
    sheet.head(0, REVENUE, link("Room Revenue by Month", MODEL, by_property, "room_revenue"), len(COLUMNS))
    sheet.head(0, MONTHLY, link("ADR by Month", MODEL, month, "adr"), 5)
    sheet.head(6, MONTHLY, link("New Guests by Month", MODEL, month, "new_guests"), 3)
    place_charts(
        sheet,
        chart("bar", by_property, "room_revenue"),
        chart("line", month, "adr", fillArea=True),
        chart("bar", month, "new_guests"),
    )
    pivots = get_pivots()
    for definition in pivots[4:]:
        key = definition["name"]
        row = COUNTRIES if key == "country" else TABLES_AT
        measure = definition["measures"][-1]["fieldName"]
        heading = link(TABLES[key][0], MODEL, [TABLES[key][3]], measure, domain=definition["domain"])
        column, first = write_table(sheet, key, row, heading)
        # rows only: titles are ours, since those of a pivot are not translated
        sheet.put(column, first, f"=PIVOT({definition['id']},10,FALSE,FALSE,,FALSE)")
    sheet.head(0, COUNTRIES, link("Nights by Country", MODEL, ["country_id"], "nights", domain=STAYS), 5)
    world = chart("geo", ["country_id"], "nights", STAYS, colorScale="blues")
    sheet.place("chart-country", world, 0, (COUNTRIES + 2) * ROW, HALF, 260)

    def get_formulas(key):
        share = "/100" if CARDS[key][2] == PERCENT else ""
        numbers = (2, 4) if key == "guests" else (1, 3)
        return [f'=PIVOT.VALUE({number},"{CARDS[key][1]}"){share}' for number in numbers]

    write_data(data, formats, get_formulas)
    filters = [
        {"id": PERIOD, "type": "date", "label": "Period", "defaultValue": "last_12_months"},
        {"id": PROPERTY, "type": "relation", "label": "Property", "modelName": "hotel.property"},
    ]
    menus = {figure["id"]: MENU for figure in sheet.figures}
    return finish([sheet, data], formats, pivots, filters, menus)


def build_sample():
    """Return the dashboard with invented numbers."""
    formats, sheet, data = Formats(), Sheet("dashboard", "Dashboard", COLUMNS), Sheet("data", "Data", (160, 110, 110))
    place_cards(sheet)
    sheet.head(0, REVENUE, translated("Room Revenue by Month"), len(COLUMNS))
    sheet.head(0, MONTHLY, translated("ADR by Month"), 5)
    sheet.head(6, MONTHLY, translated("New Guests by Month"), 3)
    write_data(data, formats, lambda key: [str(number) for number in CARDS[key][4:]])
    start = len(CARDS) + 2
    for row, (month, *numbers) in enumerate(SAMPLE_MONTHS, start=start):
        data.put(0, row, translated(month))
        for column, number in enumerate(numbers, start=1):
            data.put(column, row, str(number))

    def static(kind, column, **options):
        area = f"Data!{cell(column, start)}:{cell(column, start + len(SAMPLE_MONTHS) - 1)}"
        return {
            "type": kind,
            "title": {"text": ""},
            "background": "#FFFFFF",
            "legendPosition": "none",
            "dataSetsHaveTitle": False,
            "dataSets": [{"dataRange": area, "yAxisId": "y"}],
            "labelRange": f"Data!{cell(0, start)}:{cell(0, start + len(SAMPLE_MONTHS) - 1)}",
            "labelsAsText": True,
            "stacked": False,
            "aggregated": False,
            **options,
        }

    place_charts(sheet, static("bar", 1), static("line", 2, fillArea=True, cumulative=False), static("bar", 3))
    for key, rows in SAMPLE_TABLES.items():
        column, first = write_table(sheet, key, COUNTRIES if key == "country" else TABLES_AT)
        for row, contents in enumerate(rows, start=first):
            sheet.put(column, row, contents[0])
            for number, content in enumerate(contents[1:], start=1):
                sheet.put(column + number, row, str(content), None, formats.number(WHOLE))
    return finish([sheet, data], formats)


def write():
    """Write all files."""
    FILES.mkdir(parents=True, exist_ok=True)
    contents = {
        "hotel_dashboard": build(),
        "hotel_sample_dashboard": build_sample(),
        "hotel_bookings_dashboard": dashboard_bookings.build(),
        "hotel_general_dashboard": dashboard_general.build(),
    }
    for name, content in contents.items():
        (FILES / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write()
