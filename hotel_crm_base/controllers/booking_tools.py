"""What the routes of the booking pages share: limits, languages, answers."""

import functools
import hashlib
import hmac

from werkzeug.exceptions import abort

from odoo.http import request


def page(kind="look"):
    """Decorate a route of a page: limited, in the language asked for by ``?lang=``, in no cache.

    :param str kind: what is counted, a key of hotel.rate.limit's LIMITS; empty where the route itself counts
    """

    def decorate(endpoint):
        @functools.wraps(endpoint)
        def answer(self, *args, **params):
            if kind:
                check_limit(kind)
            if request.httprequest.method == "GET" and params.get("lang"):
                return change_language(params.pop("lang"))
            response = endpoint(self, *args, **params)
            # addresses of own bookings carry a token: neither caches nor other sites get to see them
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


def get_subject():
    """Return what tells this visitor from others: the login, else the session."""
    user = request.env.user
    return f"session {request.session.sid}" if user._is_public() else f"user {user.id}"


def check_limit(kind, subject=None):
    """Count this request; end it by a page that says when to come back where it is one too many.

    :param str kind: a key of hotel.rate.limit's LIMITS
    :param str subject: who or what is counted; default the visitor
    """
    check_limits((kind, subject or get_subject()))


def check_limits(*uses):
    """Count this request as several uses at once; end it where one of them is one too many.

    :param uses: kind and subject of each, as of ``check_limit``
    """
    wait = request.env["hotel.rate.limit"]._spend_all(uses, request.httprequest.remote_addr)
    if wait:
        response = render("booking_busy", {"minutes": -(-wait // 60)}, status=429)
        response.headers["Retry-After"] = str(wait)
        end_request(response)


def end_request(response):
    """Answer at once, from wherever this is called; what was written so far is undone."""
    response.flatten()
    abort(response)


def render(template, values, status=200):
    """Return a page.

    :param str template: name in this addon, or with its addon before a dot
    :param dict values: for the template; ``hotel`` gives the page its company's logo
    """
    hotel = values.get("hotel")
    shared = {"res_company": hotel.sudo().company_id} if hotel else {}
    pages = request.env["hotel.booking.page"]
    values = {"pages": pages, "no_breadcrumbs": True, **shared, **values}
    response = request.render(template if "." in template else f"hotel_crm_base.{template}", values)
    response.status_code = status
    return response


def change_language(code):
    """Return a redirection to the same page in another language, which the browser keeps.

    :param str code: of an installed language, or of one that is near to it; else the page stays as it is
    """
    routing = request.env["ir.http"]
    languages = request.env["res.lang"]._get_frontend()
    nearest = routing.get_nearest_lang(code) or request.env.lang
    language = languages.get(nearest) or routing._get_default_lang()
    default = routing._get_default_lang()
    path = request.httprequest.path
    arguments = {name: value for name, value in request.httprequest.args.items() if name != "lang"}
    target = path if language.code == default.code else f"/{language.url_code}{path}"
    response = request.redirect_query(target, arguments)
    response.set_cookie("frontend_lang", language.code, samesite="Lax")
    return response


def get_partner():
    """Return the guest who is logged in, with sudo; none for visitors."""
    user = request.env.user
    return user.sudo().partner_id if not user._is_public() else request.env["res.partner"]


def name_form(nonce):
    """Return what names a form in the database: the same form of the same session is one booking.

    :param str nonce: made when the form was shown; as it came with the request
    """
    text = f"{request.session.sid}|{str(nonce)[:64]}"
    # the secret is closed to visitors
    secret = request.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
