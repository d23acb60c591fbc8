"""Who calls: the method that a remote caller asked for, and where the call comes from."""

from odoo.http import request
from odoo.service import server

from ... import guards

#: methods that only read; whatever else is asked for may change data too
READERS = {
    "export_data",
    "formatted_read_group",
    "formatted_read_grouping_sets",
    "name_search",
    "read",
    "read_group",
    "search",
    "search_count",
    "search_read",
    "web_name_search",
    "web_read",
    "web_read_group",
    "web_search_read",
}
CLIENT_SOURCES = {"front_desk": "desk"}


def get_rpc():
    """Return model and method that the remote caller asked for.

    :rtype: tuple[str, str]: empty strings where there is no such call
    """
    if request:
        path = request.httprequest.path
        if path.startswith("/web/dataset/call_"):
            return request.params.get("model") or "", request.params.get("method") or ""
        if path.startswith("/json/2/"):
            return tuple([*path.split("/")[3:5], "", ""][:2])
    model, _dot, method = (getattr(server.thread_local, "rpc_model_method", "") or "").rpartition(".")
    return model, method


def is_called(records, method):
    """Return whether a remote caller asked for this very method of this model."""
    return get_rpc() == (records._name, method)


def is_reading():
    """Return whether the remote call only reads."""
    return get_rpc()[1] in READERS


def get_origin(env):
    """Return from where guest data is reached, one of hotel.access.log's origins.

    What code says goes first. The client may only say which of its screens it is. Whether its
    user is a guest (``portal``) is left to the caller.

    :rtype: str
    """
    source = guards.get_source(env.context)
    if source:
        return str(source)
    if not request:
        return "cron" if env.context.get("cron_id") else "system"
    path = request.httprequest.path
    if path.startswith(("/json/", "/xmlrpc", "/jsonrpc")) or "/api/" in path:
        return "api"
    if env.uid == env["ir.model.data"]._xmlid_to_res_id("base.public_user"):
        return "public"
    screen = env.context.get("hotel_log_source")
    return CLIENT_SOURCES.get(screen if isinstance(screen, str) else "", "client")


def get_address():
    """Return the network address of the caller, None where there is none."""
    return request.httprequest.remote_addr if request else None
