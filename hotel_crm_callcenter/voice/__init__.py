"""The voice menu: flows, their checks and the engine that walks through them. Plain Python, no Odoo, no clock."""
