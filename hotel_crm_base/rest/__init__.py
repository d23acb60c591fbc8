"""API v1 in plain Python: errors, shapes of requests and answers, endpoints, cursors. No Odoo, no clock."""
