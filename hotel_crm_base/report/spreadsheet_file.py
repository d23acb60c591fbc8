"""Pieces of a file that Odoo's spreadsheets read (version 18.5.10): sheets, links, formats."""

import json

ROW = 23  # pixels
TITLE = {"textColor": "#01666b", "bold": True, "fontSize": 16}
STYLES = {
    "1": TITLE,
    "2": {"textColor": "#434343", "bold": True},
    "3": {"textColor": "#434343", "bold": True, "align": "right"},
    "4": {"textColor": "#434343"},
}
LINE = {"bottom": {"style": "thin", "color": "#CCCCCC"}}
LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}


def cell(column, row):
    """Return the name of a cell; both count from 0.

    >>> cell(1, 4), cell(8, 0)
    ('B5', 'I1')
    """
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}{row + 1}"


def translated(text):
    """Return the content of a cell that shows a text in the reader's language."""
    return f'=_t("{text}")'


def link(text, model, groupby, measure, kind="graph", domain=()):
    """Return the content of a cell that opens a view behind its text."""
    action = {
        "viewType": kind,
        "action": {
            "domain": list(domain),
            "context": {
                "group_by": groupby,
                "graph_measure": measure,
                "graph_groupbys": groupby,
                "pivot_measures": [measure],
                "pivot_row_groupby": groupby,
                "pivot_column_groupby": [],
            },
            "modelName": model,
            "views": [[False, "graph"], [False, "pivot"], [False, "list"], [False, "search"]],
        },
        "threshold": 0,
        "name": text,
    }
    return f"[{text}](odoo://view/{json.dumps(action)})"


class Sheet:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet_id, name, columns):
        self.id, self.name, self.columns = sheet_id, name, columns
        self.cells, self.styles, self.formats, self.borders, self.figures = {}, {}, {}, {}, []
        self.rows = 0

    def put(self, column, row, content, style=None, number_format=None):
        name = cell(column, row)
        self.cells[name] = content
        if style:
            self.styles[name] = style
        if number_format:
            self.formats[name] = number_format
        self.rows = max(self.rows, row + 1)

    def head(self, column, row, content, columns):
        """Write a heading with a line below it."""
        self.put(column, row, content, 1)
        self.borders[f"{cell(column, row)}:{cell(column + columns - 1, row)}"] = 1

    def place(self, figure_id, data, x, y, width, height):
        """Put a chart at pixels of the sheet."""
        data["chartId"] = figure_id
        self.figures.append(
            {
                "id": figure_id,
                "tag": "chart",
                "col": 0,
                "row": y // ROW,
                "offset": {"x": x, "y": y % ROW},
                "width": width,
                "height": height,
                "data": data,
            }
        )
        self.rows = max(self.rows, (y + height) // ROW + 2)

    def as_dict(self):
        return {
            "id": self.id,
            "name": self.name,
            "colNumber": max(len(self.columns), 10),
            "rowNumber": self.rows + 2,
            "rows": {},
            "cols": {str(number): {"size": size} for number, size in enumerate(self.columns)},
            "merges": [],
            "cells": self.cells,
            "styles": self.styles,
            "formats": self.formats,
            "borders": self.borders,
            "conditionalFormats": [],
            "dataValidationRules": [],
            "tables": [],
            "figures": self.figures,
            "areGridLinesVisible": False,
            "isVisible": True,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        }


class Formats(dict):
    """Number formats by their number in the file."""

    def number(self, text):
        if not text:
            return None
        return next((key for key, known in self.items() if known == text), None) or self._add(text)

    def _add(self, text):
        key = len(self) + 1
        self[key] = text
        return key


def finish(sheets, formats, pivots=(), filters=(), menus=None):
    """Return the whole file; the reader's own locale replaces the one in it."""
    return {
        "version": "18.5.10",
        "sheets": [sheet.as_dict() for sheet in sheets],
        "styles": STYLES,
        "formats": {str(key): text for key, text in formats.items()},
        "borders": {"1": LINE},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {"locale": LOCALE},
        "pivots": {definition["id"]: definition for definition in pivots},
        "pivotNextId": len(pivots) + 1,
        "customTableStyles": {},
        "globalFilters": list(filters),
        "lists": {},
        "listNextId": 1,
        "chartOdooMenusReferences": menus or {},
    }
