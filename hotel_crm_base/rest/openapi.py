"""The description of API v1 in OpenAPI 3.1, made of the endpoints by which requests are checked.

>>> from .endpoint import Endpoint
>>> from .schema import Record, Text, Whole
>>> guest, number = Record({"name": Text()}), {"id": Whole(1)}
>>> one = Endpoint("GET", "guests/{id}", "guests.read", ("m", "f"), "A guest", guest, params=number)
>>> page = describe([one], "/hotel/api/v1", "1")
>>> list(page["paths"]), page["paths"]["/guests/{id}"]["get"]["operationId"]
(['/guests/{id}'], 'get_guests_id')
>>> sorted(page["paths"]["/guests/{id}"]["get"]["responses"])
['200', '400', '401', '403', '404', '405', '429', '500', '503']
>>> page["paths"]["/guests/{id}"]["get"]["parameters"][0]["required"]
True
"""

import re

from .errors import CODES

TITLE = "Hotel CRM"
ABOUT = """Guests, stays, consumption, services and loyalty of a hotel chain, for other systems.

A call carries the key of its client in the header `Authorization: Bearer <key>`. Bodies and answers are JSON in UTF-8;
days are those of the hotel (`2028-02-29`), moments carry their offset (`2028-02-28T13:00:00Z`). A field that nobody
knows is refused. Every error has a status, a code and a sentence, and has changed nothing.
"""
ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "enum": sorted(CODES)},
                "message": {"type": "string"},
                "field": {"type": "string", "description": "The value that is wrong."},
                "row": {"type": "integer", "description": "Its place in a batch, counted from 0."},
            },
        }
    },
}


def describe(endpoints, base, version, title=TITLE):
    """Return the description of endpoints.

    :param list endpoints: of type Endpoint
    :param str base: address below which they are
    :param str version: of the program
    :rtype: dict: JSON
    """
    paths, tags = {}, {}
    for endpoint in endpoints:
        paths.setdefault(f"/{endpoint.path}", {})[endpoint.method.lower()] = _describe_endpoint(endpoint)
        tags.setdefault(endpoint.tag or "Other", None)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": ABOUT},
        "servers": [{"url": base}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "Key of an API client."}},
            "schemas": {"Error": ERROR},
        },
    }


def _describe_endpoint(endpoint):
    about = [endpoint.about] if endpoint.about else []
    if endpoint.scope:
        about.append(f"Right: `{endpoint.scope}`.")
    found = {
        "operationId": re.sub(r"\W+", "_", f"{endpoint.method.lower()}_{endpoint.path}").strip("_"),
        "summary": endpoint.summary,
        "description": "\n\n".join(about),
        "tags": [endpoint.tag or "Other"],
        "parameters": _describe_parameters(endpoint),
        "responses": {
            "200": {"description": "Done.", "content": _json(endpoint.answer.describe())},
            **_describe_errors(endpoint),
        },
    }
    if endpoint.body:
        found["requestBody"] = {"required": True, "content": _json(endpoint.body.describe())}
    return found


def _describe_parameters(endpoint):
    parts = [("path", name, kind) for name, kind in endpoint.params.items()]
    parts += [("query", name, kind) for name, kind in endpoint.query.items()]
    found = []
    for place, name, kind in parts:
        schema = kind.describe()
        about = schema.pop("description", "")
        if isinstance(schema.get("type"), list):  # in an address there is no null, only nothing
            schema["type"] = next(each for each in schema["type"] if each != "null")
            if "enum" in schema:
                schema["enum"] = [each for each in schema["enum"] if each is not None]
        found.append(
            {"name": name, "in": place, "required": place == "path" or not kind.optional, "schema": schema}
            | ({"description": about} if about else {})
        )
    if endpoint.takes_key:
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
                "description": "Yours to choose, one for each request: sent again, it is answered as before.",
            }
        )
    return found


def _describe_errors(endpoint):
    """Return the answers to errors, by status."""
    codes = {}
    for code in endpoint.get_errors():
        codes.setdefault(str(CODES[code][0]), []).append(code)
    content = _json({"$ref": "#/components/schemas/Error"})
    return {
        status: {"description": " ".join(f"`{code}`: {CODES[code][1]}" for code in some), "content": content}
        for status, some in sorted(codes.items())
    }


def _json(schema):
    return {"application/json": {"schema": schema}}
