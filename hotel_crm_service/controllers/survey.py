"""Reports of surveys for staff; what was improved, for guests."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import page, render
from odoo.addons.hotel_crm_base.controllers.desk_papers import send_xlsx


class Surveys(Controller):
    @route("/hotel/survey_summary/<int(min=1):summary_id>/report.xlsx", type="http", auth="user", methods=["GET"])
    def summary(self, summary_id):
        """Return a report of surveys as a spreadsheet."""
        summary = request.env["hotel.survey.summary"].browse(summary_id)
        try:
            content = summary._make_xlsx()
        except (AccessError, MissingError):
            raise NotFound() from None
        return send_xlsx(content, f"surveys-{summary.from_date}-{summary.until_date}.xlsx")

    @route(
        "/hotel/<string:slug>/improvements", type="http", auth="public", website=True, methods=["GET"], readonly=True
    )
    @page()
    def improvements(self, slug, **_params):
        """Show guests what was changed because of what they said."""
        hotel = request.env["hotel.property"]._find_by_slug(slug)
        if not hotel:
            raise NotFound()
        # visitors have no rights on measures: published ones are told, and of them two texts
        measures = request.env["hotel.improvement"].sudo()._get_published(hotel)
        return render("hotel_crm_service.improvements", {"hotel": hotel, "measures": measures})
