"""Routes of Odoo's that are marked as only reading and write all the same: where there is a replica, they go past it.

On a replica a bundle that has just been made is not there yet, and the first visitor after an upgrade would get "404"
for it; and a paper is noted in the access log, for which all of it would be done twice.
"""

from odoo.http import route

from odoo.addons.base.models.assetsbundle import ANY_UNIQUE
from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.report import ReportController


def _is_readonly(_controller, _rule, _args):
    return False


class HotelBinary(Binary):
    @route(readonly=_is_readonly)
    def content_assets(self, filename=None, unique=ANY_UNIQUE, nocache=False, assets_params=None):
        return super().content_assets(filename, unique, nocache, assets_params)


class HotelReport(ReportController):
    @route(readonly=_is_readonly)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        return super().report_routes(reportname, docids, converter, **data)
