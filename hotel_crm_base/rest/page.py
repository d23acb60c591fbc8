"""The description of API v1 as a page to be read: one HTML document that asks for nothing else.

>>> from .endpoint import Endpoint
>>> from .openapi import describe
>>> from .schema import Record, Text, Whole
>>> guest = Record({"name": Text(about="As <written>.")})
>>> text = render(describe([Endpoint("GET", "guests", "guests.read", ("m", "f"), "Guests", guest)], "/api", "1"))
>>> text.startswith("<!DOCTYPE html>"), "<code>/api/guests</code>" in text, "As &lt;written&gt;." in text
(True, True, True)
"""

from html import escape

from .errors import CODES

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto; padding: 0 1rem; color: #212529; }
details { border: 1px solid #dee2e6; border-radius: 6px; padding: .5rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; } summary b { display: inline-block; min-width: 3.5rem; color: #017e84; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 .8rem; } h3 { font-size: 1rem; margin: .8rem 0 .2rem; }
td { border-top: 1px solid #e9ecef; padding: .2rem .6rem .2rem 0; vertical-align: top; } i { color: #6c757d; }
"""


def render(page):
    """Return the page of a description.

    :param dict page: OpenAPI, as openapi.describe gives it
    :rtype: str: HTML
    """
    parts = [f"<h1>API {escape(page['info']['version'])}</h1>"]
    parts += [f"<p>{escape(text)}</p>" for text in page["info"]["description"].strip().split("\n\n")]
    parts.append('<p><a href="/hotel/api/openapi.json" download="openapi.json">OpenAPI 3.1</a></p>')
    for tag in page["tags"]:
        parts.append(f"<h2>{escape(tag['name'])}</h2>")
        for path, methods in page["paths"].items():
            for method, one in methods.items():
                if tag["name"] in one["tags"]:
                    parts.append(_render_endpoint(page["servers"][0]["url"] + path, method, one))
    rows = ((status, _code(code), escape(text)) for code, (status, text) in CODES.items())
    parts.append("<h2>Errors</h2>" + _table(rows))
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
    return f'<!DOCTYPE html><html lang="en"><head><title>API</title>{head}</head><body>{body}</body></html>'


def _render_endpoint(path, method, one):
    found = [f"<summary><b>{method.upper()}</b> {_code(path)} {escape(one['summary'])}</summary>"]
    found += [f"<p>{escape(text)}</p>" for text in one["description"].split("\n\n") if text]
    if one["parameters"]:
        rows = (
            (
                _code(each["name"]) + ("*" if each["required"] else ""),
                f"<i>{escape(each['in'])}</i>",
                escape(each.get("description", "")),
            )
            for each in one["parameters"]
        )
        found.append("<h3>Address and headers</h3>" + _table(rows))
    if "requestBody" in one:
        found.append("<h3>Body</h3>" + _render_fields(_get_schema(one["requestBody"])))
    found.append("<h3>Answer</h3>" + _render_fields(_get_schema(one["responses"]["200"])))
    return f"<details>{''.join(found)}</details>"


def _get_schema(part):
    return part["content"]["application/json"]["schema"]


def _render_fields(schema):
    """Return the fields of an object, those of the objects inside it within."""
    rows = []
    for name, inner in schema.get("properties", {}).items():
        kind = inner.get("type", "")
        kind = kind if isinstance(kind, str) else " / ".join(kind)
        text = escape(inner.get("description", ""))
        if inner.get("enum"):
            text += " " + _code(", ".join(str(each) for each in inner["enum"] if each is not None))
        text += _render_fields(inner) + _render_fields(inner.get("items", {}))
        mark = "*" if name in schema.get("required", ()) else ""
        rows.append((_code(name) + mark, f"<i>{escape(kind)}</i>", text))
    return _table(rows) if rows else ""


def _code(text):
    return f"<code>{escape(str(text))}</code>"


def _table(rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
