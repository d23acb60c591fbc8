"""A guest's own cases: by login, or by the link that belongs to one case."""

import uuid

from werkzeug.exceptions import NotFound, abort

from odoo.http import request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit, end_request, get_partner, page, render
from odoo.addons.hotel_crm_loyalty.controllers.member_tools import is_first
from odoo.addons.portal.controllers.portal import CustomerPortal, pager

HERE = "hotel_crm_service"
PAGE_SIZE = 20
NOTICES = ("sent", "heard", "rated")


class OwnCases(CustomerPortal):
    """Pages under /my/cases; the public may come with a token."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotel_case_count" in counters:
            # guests have no rights on cases: the domain picks their own
            cases = request.env["hotel.case"].sudo()
            values["hotel_case_count"] = cases.search_count(cases._get_own_domain(get_partner()))
        return values

    @route(
        ["/my/cases", "/my/cases/page/<int:number>"], type="http", auth="user", website=True, methods=["GET"]
    )
    @page()
    def cases(self, number=1, **_params):
        """List what the guest who is logged in has told the hotel, the latest first."""
        cases = request.env["hotel.case"].sudo()
        domain = cases._get_own_domain(get_partner())
        pages = pager("/my/cases", cases.search_count(domain), number, PAGE_SIZE)
        found = cases.search(domain, limit=PAGE_SIZE, offset=pages["offset"])
        return render(f"{HERE}.own_cases", {"cases": found, "pager": pages, "page_name": "hotel_cases"})

    @route("/my/cases/new", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def ask(self, **_params):
        """Show the form."""
        return show_form({}, {})

    @route("/my/cases/new", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def send(self, nonce="", hotel="", **values):
        """Take in what was written."""
        check_limit("case", f"guest {get_partner().id}")
        intake = request.env["hotel.case.intake"]
        facts, problems = intake._read_form(values, request.httprequest.files.getlist("pictures"))
        hotel_id = visitor.read_id(hotel)
        chosen = intake._get_hotels(get_partner()).filtered(lambda hotel: hotel.id == hotel_id)
        if not chosen:
            problems["hotel"] = request.env._("Please choose the hotel.")
        if problems:
            return show_form({**values, "hotel": hotel}, problems, 422)
        if not is_first(nonce):
            return request.redirect("/my/cases")
        case = intake._take_in_from_guest(get_partner(), chosen, facts)
        return request.redirect(f"{case.access_url}?notice=sent")

    @route("/my/cases/<int:case_id>", type="http", auth="public", website=True, methods=["GET"])
    @page()
    def show_own_case(self, case_id, access_token=None, notice="", **_params):
        """Show a case and what was said."""
        case = get_own(case_id, access_token)
        return show_case(case, access_token, notice if notice in NOTICES else "")

    @route("/my/cases/<int:case_id>", type="http", auth="public", website=True, methods=["POST"])
    @page("act")
    def say(self, case_id, access_token=None, nonce="", **values):
        """Take down one more word of the guest."""
        case = get_own(case_id, access_token)
        check_limit("case", f"case {case.id}")
        files = request.httprequest.files.getlist("pictures")
        facts, problems = request.env["hotel.case.intake"]._read_form(values, files, needs_text=False)
        if problems:
            return show_case(case, access_token, problems=problems, text=facts["text"], status=422)
        if is_first(nonce):
            case._hear_guest(facts["text"], facts["pictures"])
        return go_to(case, access_token, "heard")

    @route("/my/cases/<int:case_id>/rate", type="http", auth="public", website=True, methods=["POST"])
    @page("act")
    def rate(self, case_id, access_token=None, stars="", feedback="", **_params):
        """Take down how the guest found the handling, once."""
        case = get_own(case_id, access_token)
        number = visitor.read_id(stars)
        if not number or number > 5 or not case._is_ratable():
            return go_to(case, access_token, "")
        case._rate(number, visitor.read_text(feedback, visitor.MAX_NOTE))
        return go_to(case, access_token, "rated")

    @route(
        "/my/cases/<int:case_id>/picture/<int:file_id>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"],
    )  # fmt: skip
    @page()
    def picture(self, case_id, file_id, access_token=None, **_params):
        """Return one of the pictures that were said to the guest or by the guest."""
        case = get_own(case_id, access_token)
        shown = [file for word in case._get_talk() for file in word["pictures"]] + list(get_first_pictures(case))
        found = [file for file in shown if file.id == file_id]
        if not found:
            raise NotFound()
        headers = [
            ("Content-Type", "image/jpeg"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        return request.make_response(found[0].raw, headers=headers)


def get_own(case_id, token):
    """Return a case to its guest; for everybody else the request ends here, in the same way for all."""
    if request.env.user._is_public() and not token:
        abort(request.redirect_query("/web/login", {"redirect": request.httprequest.path}))
    found = request.env["hotel.case"]._find_for_guest(case_id, token, request.env.user)
    if not found:
        check_limit("link")
        end_request(render(f"{HERE}.case_unknown", {}, 404))
    return found.with_context(lang=request.env.lang)


def get_first_pictures(case):
    """Return the pictures that came with the case itself, no files of staff."""
    said = case.message_ids.attachment_ids
    files = request.env["ir.attachment"].sudo().search(
        [("res_model", "=", case._name), ("res_id", "=", case.id), ("mimetype", "=", "image/jpeg")], order="id"
    )
    return files.filtered(lambda file: file not in said and file.create_uid.share)


def go_to(case, token, notice):
    """Return a redirection to a case; the token goes along where it came along."""
    if token:
        return request.redirect(case.get_portal_url(query_string=f"&notice={notice}"))
    return request.redirect(f"{case.access_url}?notice={notice}")


def show_case(case, token, notice="", problems=None, text="", status=200):
    """Return the page of a case."""
    states = dict(case._fields["state"]._description_selection(request.env))
    values = {
        "case": case,
        "hotel": case.property_id,
        "token": token,
        "talk": case._get_talk(),
        "first_pictures": get_first_pictures(case),
        "state": states[case.state],
        "notice": notice,
        "problems": problems or {},
        "text": text,
        "nonce": uuid.uuid4().hex,
        "page_name": "hotel_cases",
    }
    return render(f"{HERE}.own_case", values, status)


def show_form(values, problems, status=200):
    """Return the form of a guest who is logged in."""
    intake = request.env["hotel.case.intake"]
    shown = {
        "room": None,
        "hotel": None,
        "hotels": intake._get_hotels(get_partner()),
        "action": "/my/cases/new",
        "kinds": intake._get_kinds(),
        "values": {name: str(values.get(name) or "")[:5000] for name in ("kind", "text", "hotel")},
        "problems": problems,
        "nonce": uuid.uuid4().hex,
        "trap": visitor.TRAP,
        "page_name": "hotel_cases",
    }
    return render(f"{HERE}.case_form", shown, status)
