"""What the web client asks the server for when it opens a view: read from the view's own arch."""

from lxml import etree


def get_specification(node, fields, models):
    """Return the specification of ``web_read`` that the client derives from a view.

    :param etree._Element node: the root of a form, list or kanban arch
    :param dict fields: description of the model's fields
    :param dict models: model name to its description, as ``get_views`` returns it
    :rtype: dict
    """
    specification = {}
    for element in _own_fields(node):
        name = element.get("name")
        field = fields[name]
        spec = specification.setdefault(name, {})
        if field["type"] == "many2one":
            spec["fields"] = {"display_name": {}}
        elif field["type"] in ("one2many", "many2many"):
            spec.update(_get_lines_specification(element, field, models))
    return specification


def _get_lines_specification(element, field, models):
    lines = next((child for child in element if child.tag in ("list", "kanban")), None)
    if lines is None:
        return {"fields": {"display_name": {}}}
    fields = models[field["relation"]]["fields"]
    limit = int(lines.get("limit", 40))
    return {"fields": get_specification(lines, fields, models), "limit": limit, "order": ""}


def _own_fields(node):
    """Yield the field elements of a view, those of views within it left out."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def open_view(model, view_id, view_type):
    """Load a view as the client does.

    :returns: specification of web_read
    :rtype: dict
    """
    views = model.get_views([(view_id, view_type)])
    arch = etree.fromstring(views["views"][view_type]["arch"])
    return get_specification(arch, views["models"][model._name]["fields"], views["models"])
