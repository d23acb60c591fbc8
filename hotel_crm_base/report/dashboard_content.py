"""What the dashboard "Hotel" shows: its cards and tables, and invented numbers for its sample."""

MONEY, WHOLE, TENTHS, PERCENT = None, "#,##0", "#,##0.0", "0.0%"
BLUE, ORANGE = "#EFF6FF", "#FFF7ED"

# key: title, measure, format, colour, invented numbers of this period and the one before
CARDS = {
    "revenue": ("Room Revenue", "room_revenue:sum", MONEY, ORANGE, 1284000, 1191000),
    "spend": ("Consumption", "spend:sum", MONEY, ORANGE, 402000, 388000),
    "adr": ("ADR", "adr:avg", MONEY, ORANGE, 118, 114),
    "revpar": ("RevPAR", "revpar:avg", MONEY, ORANGE, 84, 79),
    "occupancy": ("Occupancy", "occupancy:avg", PERCENT, BLUE, 0.711, 0.69),
    "nights": ("Nights", "nights:sum", WHOLE, BLUE, 10845, 10456),
    "guests": ("Guests", "partner_id:count_distinct", WHOLE, BLUE, 3120, 2984),
    "new_guests": ("New Guests", "new_guests:sum", WHOLE, BLUE, 1310, 1375),
}
# key: heading, column, title of the name, field, titles and measures with their formats
TABLES = {
    "property": (
        "Properties",
        0,
        "Property",
        "property_id",
        (
            ("Nights", "nights:sum", WHOLE),
            ("Occupancy %", "occupancy:avg", TENTHS),
            ("ADR", "adr:avg", MONEY),
            ("Room Revenue", "room_revenue:sum", MONEY),
        ),
    ),
    "outlet": (
        "Top Outlets",
        6,
        "Outlet",
        "outlet_id",
        (("Charges", "charges:sum", WHOLE), ("Revenue", "spend:sum", MONEY)),
    ),
    "country": (
        "Top Countries",
        6,
        "Country",
        "country_id",
        (("Nights", "nights:sum", WHOLE), ("Room Revenue", "room_revenue:sum", MONEY)),
    ),
}
SAMPLE_MONTHS = (
    # revenue, ADR, new guests
    ("January", 182000, 109, 190),
    ("February", 171000, 112, 171),
    ("March", 203000, 115, 205),
    ("April", 224000, 118, 224),
    ("May", 241000, 121, 247),
    ("June", 263000, 126, 273),
)
SAMPLE_TABLES = {
    "property": [("Harbour Hotel", 5210, 74.1, 121, 630000), ("Mountain Lodge", 3105, 68.0, 109, 338000)],
    "country": [("Portugal", 3320, 391000), ("China", 2190, 262000), ("France", 1480, 179000)],
    "outlet": [("Restaurant", 2210, 171000), ("Bar", 1980, 64000), ("Spa", 720, 58000)],
}
