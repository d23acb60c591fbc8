"""Writes the spreadsheet of the dashboard "Bookings": pace, pickup, lead time, cancellations.

Run by ``dashboard_builder.py``. Cards compare with last year where there is something to compare.

>>> dashboard = build()
>>> [sheet["name"] for sheet in dashboard["sheets"]]
['Bookings', 'Data']
>>> sorted({chart["data"]["type"] for chart in dashboard["sheets"][0]["figures"]})
['odoo_bar', 'odoo_line', 'scorecard']
>>> {pivot["model"] for pivot in dashboard["pivots"].values()} == {PACE, BOOKING}
True
"""

if __package__:
    from .dashboard_content import BLUE, MONEY, ORANGE, PERCENT, TENTHS, WHOLE
    from .spreadsheet_figures import chart, pivot, scorecard
    from .spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated
else:  # run as a script
    from dashboard_content import BLUE, MONEY, ORANGE, PERCENT, TENTHS, WHOLE
    from spreadsheet_figures import chart, pivot, scorecard
    from spreadsheet_file import ROW, Formats, Sheet, cell, finish, link, translated

PACE, BOOKING = "hotel.pace.report", "hotel.booking.report"
MENUS = {PACE: "hotel_crm_base.hotel_pace_report_menu", BOOKING: "hotel_crm_base.hotel_booking_report_menu"}
PERIOD, PROPERTY = "bookings-period", "bookings-property"
DATES = {PACE: "date", BOOKING: "arrival_date"}
COLUMNS = (190, 100, 100, 110, 120, 30, 190, 110, 110)
WIDTH = sum(COLUMNS)
HALF = (WIDTH - COLUMNS[5]) // 2
RIGHT = sum(COLUMNS[:6])
# rows of the headings
BOOKS, LEAD, TABLES_AT = 10, 26, 40

# key: title, model, measure, measure to compare with, format, colour
CARDS = {
    "nights": ("Nights on the Books", PACE, "nights:sum", "last_nights:sum", WHOLE, BLUE),
    "revenue": ("Revenue on the Books", PACE, "revenue:sum", "last_revenue:sum", MONEY, ORANGE),
    "adr": ("ADR on the Books", PACE, "adr:avg", "last_adr:avg", MONEY, ORANGE),
    "pickup": ("Pickup of 7 Days", PACE, "pickup_nights:sum", None, WHOLE, BLUE),
    "bookings": ("Bookings", BOOKING, "bookings:sum", None, WHOLE, BLUE),
    "lead": ("Lead Time in Days", BOOKING, "lead_days:avg", None, TENTHS, BLUE),
    "cancelled": ("Cancellation Rate", BOOKING, "cancel_rate:avg", None, PERCENT, ORANGE),
    "no_show": ("No-Show Rate", BOOKING, "no_show_rate:avg", None, PERCENT, ORANGE),
}
# key: heading, column, title of the name, field, titles and measures with their formats
TABLES = {
    "channel": (
        "Channels",
        0,
        "Channel",
        "channel_id",
        (
            ("Lead Days", "lead_days:avg", TENTHS),
            ("Cancelled %", "cancel_rate:avg", TENTHS),
            ("No-Show %", "no_show_rate:avg", TENTHS),
            ("Bookings", "bookings:sum", WHOLE),
        ),
    ),
    "segment": (
        "Segments",
        6,
        "Segment",
        "market_segment_id",
        (("Cancelled %", "cancel_rate:avg", TENTHS), ("Bookings", "bookings:sum", WHOLE)),
    ),
}


def matching(model):
    """Return how the filters apply to a model."""
    return {
        PERIOD: {"chain": DATES[model], "type": "date", "offset": 0},
        PROPERTY: {"chain": "property_id", "type": "many2one"},
    }


def get_pivots():
    """Return the pivots: totals of both models, and tables."""
    totals = {PACE: [], BOOKING: []}
    for _title, model, *measures, _format, _colour in CARDS.values():
        totals[model] += [(measure, None) for measure in measures if measure]
    found = [
        pivot(number, "totals", model, measures, matching(model))
        for number, (model, measures) in enumerate(totals.items(), 1)
    ]
    for number, (key, table) in enumerate(TABLES.items(), len(found) + 1):
        measures = [column[1:] for column in table[4]]
        found.append(pivot(number, key, BOOKING, measures, matching(BOOKING), [table[3]]))
    return found


def place_cards(sheet):
    """Place the cards above everything else."""
    width = (WIDTH - 30) // 4
    for number, (key, (title, _model, measure, before, _format, colour)) in enumerate(CARDS.items()):
        card = scorecard(title, colour, number + 2, measure.endswith(":sum"), "since last year", bool(before))
        sheet.place(f"bookings-card-{key}", card, number % 4 * (width + 10), 6 + number // 4 * 108, width, 98)


def write_data(sheet, formats):
    """Fill the sheet behind the cards: title, now, then."""
    for column, text in enumerate(("Figure", "Current", "Last Year")):
        sheet.put(column, 0, translated(text), 2)
    for row, (title, model, now, before, number_format, _colour) in enumerate(CARDS.values(), start=1):
        sheet.put(0, row, translated(title))
        share = "/100" if number_format == PERCENT else ""
        for column, measure in enumerate((now, before), start=1):
            if measure:
                formula = f'=PIVOT.VALUE({1 if model == PACE else 2},"{measure}"){share}'
                sheet.put(column, row, formula, None, formats.number(number_format))


def write_tables(sheet, pivots):
    """Write the tables, each below a heading that opens what is behind it."""
    for definition in pivots:
        text, column, title, field, columns = TABLES[definition["name"]]
        heading = link(text, BOOKING, [field], "bookings", domain=definition["domain"])
        sheet.head(column, TABLES_AT, heading, len(columns) + 1)
        sheet.put(column, TABLES_AT + 1, translated(title), 2)
        for number, name in enumerate((name for name, *_rest in columns), start=1):
            sheet.put(column + number, TABLES_AT + 1, translated(name), 3)
        first = TABLES_AT + 2
        sheet.styles[f"{cell(column, first)}:{cell(column + len(columns), first + 9)}"] = 4
        sheet.put(column, first, f"=PIVOT({definition['id']},10,FALSE,FALSE,,FALSE)")


def build():
    """Return the dashboard."""
    formats, sheet, data = Formats(), Sheet("bookings", "Bookings", COLUMNS), Sheet("data", "Data", (180, 110, 110))
    place_cards(sheet)
    charts = (
        ("books", "Nights on the Books by Month", "bar", PACE, ["date:month"], "nights", 0, BOOKS),
        ("last", "Last Year Then", "bar", PACE, ["date:month"], "last_nights", 6, BOOKS),
        ("lead", "Bookings by Lead Time", "bar", BOOKING, ["lead_band"], "bookings", 0, LEAD),
        ("cancel", "Cancellation Rate by Month", "line", BOOKING, ["arrival_date:month"], "cancel_rate", 6, LEAD),
    )
    menus = {}
    for key, title, kind, model, groupby, measure, column, row in charts:
        sheet.head(column, row, link(title, model, groupby, measure), 5 if not column else 3)
        left, width = (0, HALF) if not column else (RIGHT, WIDTH - RIGHT)
        figure = chart(kind, model, groupby, measure, matching(model))
        sheet.place(f"bookings-{key}", figure, left, (row + 2) * ROW, width, 280)
        menus[f"bookings-{key}"] = MENUS[model]
    pivots = get_pivots()
    write_tables(sheet, pivots[2:])
    write_data(data, formats)
    menus |= {f"bookings-card-{key}": MENUS[card[1]] for key, card in CARDS.items()}
    filters = [
        {"id": PERIOD, "type": "date", "label": "Period", "defaultValue": "this_year"},
        {"id": PROPERTY, "type": "relation", "label": "Property", "modelName": "hotel.property"},
    ]
    return finish([sheet, data], formats, pivots, filters, menus)
