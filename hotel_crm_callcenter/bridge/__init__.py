"""The telephony bridge: a small process between a telephone exchange and Odoo. It imports nothing of Odoo."""
