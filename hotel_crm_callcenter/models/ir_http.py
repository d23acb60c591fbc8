"""Who comes through the door of the telephony contract."""

from odoo import models

from .hotel_call_exchange import SCOPE


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_hotel_telephony(cls):
        """Let in the technical user of a bridge, by a key that opens nothing else."""
        cls._hotel_let_in(SCOPE)
