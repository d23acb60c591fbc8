"""Parts that dashboards are made of: pivots, charts and cards, as the spreadsheet's file has them."""


def pivot(number, name, model, measures, matching, rows=()):
    """Return a pivot, sorted by its last measure.

    :param list measures: (``field:aggregator``, format)
    :param dict matching: how the filters apply
    :param rows: names of fields

    >>> found = pivot(1, "tiers", "a.model", [("members:sum", "0")], {}, ["tier_id"])
    >>> found["measures"], found["sortedColumn"]["measure"]
    ([{'id': 'members:sum', 'fieldName': 'members', 'aggregator': 'sum', 'format': '0'}], 'members:sum')
    """
    return {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": model,
        "domain": [[row, "!=", False] for row in rows],
        "context": {},
        "columns": [],
        "rows": [{"fieldName": row} for row in rows],
        "measures": [
            {
                "id": measure,
                "fieldName": measure.partition(":")[0],
                "aggregator": measure.partition(":")[2],
                **({"format": number_format} if number_format else {}),
            }
            for measure, number_format in measures
        ],
        "sortedColumn": {"domain": [], "order": "desc", "measure": measures[-1][0]} if rows else None,
        "fieldMatching": matching,
    }


def chart(kind, model, groupby, measure, matching, domain=()):
    """Return a chart that Odoo counts; stacked, with a legend, where it has two groups.

    :param str kind: bar or line

    >>> chart("bar", "a.model", ["date:month", "kind"], "points", {})["legendPosition"]
    'top'
    """
    return {
        "type": f"odoo_{kind}",
        "title": {"text": ""},
        "background": "#FFFFFF",
        "legendPosition": "top" if len(groupby) > 1 else "none",
        "metaData": {
            "groupBy": groupby,
            "measure": measure,
            "order": None,
            "resModel": model,
            "mode": "line" if kind == "line" else "bar",
        },
        "searchParams": {
            "comparison": None,
            "context": {},
            "domain": list(domain),
            "groupBy": groupby,
            "orderBy": [],
        },
        "dataSets": [{}],
        "verticalAxisPosition": "left",
        "stacked": len(groupby) > 1,
        "fieldMatching": matching,
    }


def scorecard(title, colour, row, is_humanized, since, has_baseline):
    """Return a card that shows a row of the sheet "Data": column B now, column C before.

    :param int row: counted from 1
    :param str since: what it is compared with, in words

    >>> scorecard("Members", "#EFF6FF", 2, True, "since last year", False)["keyValue"]
    'Data!B2'
    """
    card = {
        "type": "scorecard",
        "title": {"text": title, "bold": True, "color": "#434343"},
        "background": colour,
        "keyValue": f"Data!B{row}",
        "baselineMode": "percentage",
        "baselineDescr": {"text": since},
        "baselineColorUp": "#00A04A",
        "baselineColorDown": "#DC6965",
        "humanize": is_humanized,
    }
    return {**card, "baseline": f"Data!C{row}"} if has_baseline else card
