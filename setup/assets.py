"""Bundles what browsers load, once, so that the first page need not wait for it (in tests: the first of each).

Run inside ``odoo shell``; ``env`` comes from there.
"""

BUNDLES = (
    "bus.websocket_worker_assets",
    "mail.assets_message_email",
    "spreadsheet.o_spreadsheet",
    "web.assets_backend_lazy",
    "web.assets_emoji",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_web",
    "web.assets_web_print",
    "web.chartjs_lib",
    "web.fullcalendar_lib",
)

for name in BUNDLES:
    bundle = env["ir.qweb"]._get_asset_bundle(name, css=True, js=True)  # noqa: F821
    if bundle.javascripts or bundle.templates:
        bundle.js()
    if bundle.stylesheets:
        bundle.css()
env.cr.commit()  # noqa: F821
