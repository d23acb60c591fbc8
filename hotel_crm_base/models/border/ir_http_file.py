"""Odoo's own pictures, files and bar codes fail on what no page asks for: that is refused as what it is."""

import logging

from werkzeug.exceptions import BadRequest, HTTPException

from odoo import models
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.report import ReportController

_logger = logging.getLogger(__name__)

#: routes that make a file of their parameters
FILES = frozenset(("content_assets", "content_common", "content_image", "report_barcode"))
#: what Odoo and the libraries below it say of numbers, kinds of bar codes and tokens that are none
NONSENSE = (AssertionError, KeyError, OverflowError, TypeError, ValueError)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Refuse parameters that no file can be made of; the place of the fault is logged, what was asked is not."""
        controller = getattr(getattr(endpoint, "func", None), "__self__", None)
        name = getattr(getattr(endpoint, "original_endpoint", None), "__name__", "")
        if name not in FILES or not isinstance(controller, Binary | ReportController):
            return super()._dispatch(endpoint)
        # it becomes a part of a header
        if not str(request.params.get("crop", "")).isascii():
            raise BadRequest()
        try:
            return super()._dispatch(endpoint)
        except HTTPException as error:
            # "cannot convert" comes without a code, and so as 200
            raise (error if error.code else BadRequest()) from None
        except NONSENSE as error:
            last = error.__traceback__
            while last.tb_next:
                last = last.tb_next
            code = last.tb_frame.f_code
            _logger.info("%s refused: %s in %s, line %s", name, type(error).__name__, code.co_name, last.tb_lineno)
            raise BadRequest() from None
