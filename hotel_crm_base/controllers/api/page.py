"""The description of API v1 for the people who connect other systems."""

from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from ...rest.page import render

#: the page asks for nothing and runs nothing
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class ApiPage(Controller):
    """A page for administrators; other systems ask for ``openapi.json`` by their key."""

    @route("/hotel/api", type="http", auth="user", methods=["GET"], sitemap=False)
    def page(self, **_params):
        """Show all endpoints with their rights, fields and errors."""
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)]
        return self._answer(lambda page: request.make_response(render(page), headers))

    @route("/hotel/api/openapi.json", type="http", auth="user", methods=["GET"], sitemap=False)
    def file(self, **_params):
        """Return the description in OpenAPI, to be given to others."""
        return self._answer(request.make_json_response)

    def _answer(self, show):
        if not request.env.user.has_group("hotel_crm_base.group_admin"):
            raise NotFound()
        return show(request.env["hotel.api"]._describe())
