"""Writes the spreadsheet of the dashboard "General Manager": guests, revenue, frequency, preferences.

Run by ``dashboard_builder.py``. It reads a few thousand rows that a job keeps ready, however many guests there are.

>>> dashboard = build()
>>> [sheet["name"] for sheet in dashboard["sheets"]]
['General Manager', 'Data']
>>> {pivot["model"] for pivot in dashboard["pivots"].values()} == {MODEL}
True
>>> sorted({chart["data"]["type"] for chart in dashboard["sheets"][0]["figures"]})
['odoo_bar', 'odoo_geo', 'odoo_line', 'odoo_pie', 'scorecard']
"""

if __package__:
    from . import spreadsheet_figures
    from .dashboard_content import BLUE, MONEY, ORANGE, TENTHS, WHOLE
    from .spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated
else:  # run as a script
    import spreadsheet_figures
    from dashboard_content import BLUE, MONEY, ORANGE, TENTHS, WHOLE
    from spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated

MODEL = "hotel.guest.figure"
MENU = "hotel_crm_base.hotel_guest_figure_menu"
PERIOD, COUNTRY, CLASS = "general-period", "general-country", "general-class"
# as wide as a browser of 1366 leaves beside the list of dashboards
COLUMNS = (185, 122, 142, 105, 80, 30, 185, 142, 115)
WIDTH = sum(COLUMNS)
LEFT = sum(COLUMNS[:5])
RIGHT = sum(COLUMNS[:6])
TWO_PLACES = "#,##0.00"
# rows of the headings
MONTHLY, PARTS, WORLD, TASTES = 6, 21, 36, 52

# title, measure, format, colour
CARDS = (
    ("Guests", "guests:sum", WHOLE, BLUE),
    ("Revenue", "spend:sum", MONEY, ORANGE),
    ("Stays per Guest", "frequency:avg", TWO_PLACES, BLUE),
    ("Revenue per Guest", "spend_per_guest:avg", MONEY, ORANGE),
)
# key: title, kind, part, group, measure, column, row, height
CHARTS = {
    "guests": ("Guests by Month", "bar", "month", ["date:month"], "guests", 0, MONTHLY),
    "revenue": ("Revenue by Month and Class", "bar", "month", ["date:month", "class_id"], "spend", 6, MONTHLY),
    "amount": ("Guests by Amount Spent", "bar", "recent", ["spend_band"], "guests", 0, PARTS),
    "class": ("Revenue by Value Class", "pie", "recent", ["class_id"], "spend", 6, PARTS),
    "country": ("Revenue by Country", "geo", "recent", ["country_id"], "spend", 0, WORLD),
    "frequency": ("Stays per Guest by Month", "line", "month", ["date:month"], "frequency", 6, TASTES),
}
# key: heading, part, column, row, title of the name, field, titles and measures with their formats
TABLES = {
    "country": (
        "Top Countries", "recent", 6, WORLD, "Country", "country_id",
        (("Guests", "guests:sum", WHOLE), ("Revenue", "spend:sum", MONEY)),
    ),
    "room": (
        "Favourite Room Types", "taste", 0, TASTES, "Room Type", "room_type_id",
        (
            ("Stays per Guest", "frequency:avg", TENTHS),
            ("Revenue per Guest", "spend_per_guest:avg", MONEY),
            ("Guests", "guests:sum", WHOLE),
        ),
    ),
    "season": ("Favourite Seasons", "taste", 0, TASTES + 14, "Season", "season", (("Guests", "guests:sum", WHOLE),)),
    "outlet": (
        "Favourite Outlets", "taste", 6, TASTES + 14, "Outlet", "outlet_id",
        (("Revenue per Guest", "spend_per_guest:avg", MONEY), ("Guests", "guests:sum", WHOLE)),
    ),
    "wish": ("Preferences", "taste", 0, TASTES + 22, "Preference", "preference_id", (("Guests", "guests:sum", WHOLE),)),
}  # fmt: skip


def matching(part):
    """Return how the filters apply to a part; only months are of a period."""
    fields = {
        COUNTRY: {"chain": "country_id", "type": "many2one"},
        CLASS: {"chain": "class_id", "type": "many2one"},
    }
    if part == "month":
        fields[PERIOD] = {"chain": "date", "type": "date", "offset": 0}
    return fields


def of_part(part, field=None):
    """Return the domain of a part, where a field is set."""
    return [["part", "=", part], *([[field, "!=", False]] if field else [])]


def pivot(number, name, part, measures, row=None):
    """Return a pivot, sorted by its last measure.

    :param list measures: (``field:aggregator``, format)
    """
    rows = [row] if row else []
    found = spreadsheet_figures.pivot(number, name, MODEL, measures, matching(part), rows)
    return {**found, "domain": of_part(part, row)}


def get_pivots():
    """Return the pivots: the last 12 months, the 12 before, tables."""
    totals = [(measure, None) for _title, measure, _format, _colour in CARDS]
    found = [pivot(number, part, part, totals) for number, part in enumerate(("recent", "before"), 1)]
    for number, (key, table) in enumerate(TABLES.items(), len(found) + 1):
        found.append(pivot(number, key, table[1], [column[1:] for column in table[6]], table[5]))
    return found


def chart(kind, part, groupby, measure):
    """Return a chart that Odoo counts."""
    domain = of_part(part, groupby[0] if kind == "geo" else None)
    found = spreadsheet_figures.chart(kind, MODEL, groupby, measure, matching(part), domain)
    if kind == "pie":
        found |= {"legendPosition": "top", "metaData": {**found["metaData"], "mode": kind}}
    return {**found, "colorScale": "blues"} if kind == "geo" else found


def place_cards(sheet):
    """Place the cards above everything else."""
    width = (WIDTH - 30) // 4
    for number, (title, measure, _format, colour) in enumerate(CARDS):
        is_humanized = measure.endswith(":sum")
        since = "since the 12 months before"
        card = spreadsheet_figures.scorecard(title, colour, number + 2, is_humanized, since, True)
        sheet.place(f"general-card-{number}", card, number * (width + 10), 6, width, 98)


def write_data(sheet, formats):
    """Fill the sheet behind the cards: title, now, before."""
    for column, text in enumerate(("Figure", "Last 12 Months", "12 Months Before")):
        sheet.put(column, 0, translated(text), 2)
    for row, (title, measure, number_format, _colour) in enumerate(CARDS, start=1):
        sheet.put(0, row, translated(title))
        for number in (1, 2):
            formula = f'=PIVOT.VALUE({number},"{measure}")'
            sheet.put(number, row, formula, None, formats.number(number_format))


def write_tables(sheet, pivots):
    """Write the tables, each below a heading that opens what is behind it."""
    for definition in pivots:
        text, _part, column, row, title, field, columns = TABLES[definition["name"]]
        measure = definition["measures"][-1]["fieldName"]
        sheet.head(column, row, link(text, MODEL, [field], measure, domain=definition["domain"]), len(columns) + 1)
        sheet.put(column, row + 1, translated(title), 2)
        for number, name in enumerate((name for name, *_rest in columns), start=1):
            sheet.put(column + number, row + 1, translated(name), 3)
        last = 5 if definition["name"] in ("season", "outlet") else 10
        sheet.styles[f"{cell(column, row + 2)}:{cell(column + len(columns), row + 1 + last)}"] = 4
        sheet.put(column, row + 2, f"=PIVOT({definition['id']},{last},FALSE,FALSE,,FALSE)")


def build():
    """Return the dashboard."""
    formats = Formats()
    sheet, data = Sheet("general", "General Manager", COLUMNS), Sheet("data", "Data", (180, 130, 130))
    place_cards(sheet)
    menus = {f"general-card-{number}": MENU for number in range(len(CARDS))}
    for key, (title, kind, part, groupby, measure, column, row) in CHARTS.items():
        sheet.head(column, row, link(title, MODEL, groupby, measure, domain=of_part(part)), 3 if column else 5)
        left, width = (RIGHT, WIDTH - RIGHT) if column else (0, LEFT)
        sheet.place(f"general-{key}", chart(kind, part, groupby, measure), left, (row + 2) * ROW, width, 270)
        menus[f"general-{key}"] = MENU
    pivots = get_pivots()
    write_tables(sheet, pivots[2:])
    write_data(data, formats)
    filters = [
        {"id": PERIOD, "type": "date", "label": "Months", "defaultValue": "last_12_months"},
        {"id": COUNTRY, "type": "relation", "label": "Country", "modelName": "res.country"},
        {"id": CLASS, "type": "relation", "label": "Value Class", "modelName": "hotel.value.class"},
    ]
    return finish([sheet, data], formats, pivots, filters, menus)
