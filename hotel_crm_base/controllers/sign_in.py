"""Signing up and asking for a new password: no page tells whether an address has an account."""

from werkzeug.exceptions import BadRequest

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.portal.controllers.portal import CustomerPortal

from .booking_tools import get_subject


class SignIn(AuthSignupHome):
    def get_auth_signup_qcontext(self):
        """An address in a link leads to no login of whoever has it."""
        values = super().get_auth_signup_qcontext()
        values.pop("signup_email", None)
        return values

    def _prepare_signup_values(self, qcontext):
        values = super()._prepare_signup_values(qcontext)
        if not (values["login"] and values["password"]) or not (values["name"] or qcontext.get("token")):
            raise UserError(request.env._("Please fill in all fields."))
        return values

    def _signup_with_values(self, token, values, do_login):
        """Make no more accounts than people come; trying whose address has one already ends here, too.

        :raises UserError: it was tried too often by this visitor or from this address
        """
        address = request.httprequest.remote_addr
        request.env["hotel.rate.limit"]._spend_or_refuse("sign_up", get_subject(), address)
        return super()._signup_with_values(token, values, do_login)

    @route()
    def web_auth_reset_password(self, *args, **kw):
        """Answer the same to every address; see ``reset_password``."""
        response = super().web_auth_reset_password(*args, **kw)
        values = response.qcontext if response.is_qweb else {}
        if values.get("message") and not values.get("token"):
            values["message"] = request.env._("If this address has an account, a link to a new password is under way.")
        return response


class OwnSecurity(CustomerPortal):
    @route()
    def security(self, **post):
        """A form that lacks a field is none of ours."""
        if request.httprequest.method == "POST" and not {"old", "new1", "new2"} <= post.keys():
            raise BadRequest()
        return super().security(**post)
