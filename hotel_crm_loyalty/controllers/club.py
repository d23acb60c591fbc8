"""The programme in words, and joining it online."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import contact, visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit, get_partner, page

from .member_tools import go_to, render


class Club(Controller):
    """Everybody may look; who has an account joins."""

    @route("/hotel/club", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True)
    @page()
    def clubs(self, **_params):
        """Show the programme; where there are several, what to choose from."""
        programs = request.env["hotel.member.page"]._get_programs()
        if len(programs) == 1:
            return show_club(programs)
        return render("clubs", {"programs": programs, "no_breadcrumbs": True})

    @route("/hotel/club/<string:code>", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    @page()
    def club(self, code, **_params):
        """Show one programme."""
        return show_club(get_program(code))

    @route("/hotel/club/<string:code>/join", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    @page()
    def ask(self, code, **_params):
        """Show the form in which a guest joins; without a login, how to get one."""
        program, guest = get_program(code), get_partner()
        card = program._get_hotel_card(guest) if guest else None
        return show_member(program, card) if card else show_join(program, guest)

    @route("/hotel/club/<string:code>/join", type="http", auth="user", website=True, methods=["POST"])
    @page("book")
    def join(self, code, **values):
        """Make the guest who is logged in a member."""
        program, guest = get_program(code), get_partner()
        card = program._get_hotel_card(guest)
        if card:
            return show_member(program, card)
        pages = request.env["hotel.member.page"]
        facts, problems = pages._read_join_form(program, guest, values)
        if problems:
            return show_join(program, guest, values, problems, 422)
        try:
            with request.env.cr.savepoint():
                card = pages._join_online(program, guest, facts)
        except UserError as error:
            return show_join(program, guest, values, {"form": str(error)}, 409)
        return go_to("/my/club", card, notice="joined")

    @route("/hotel/club/<string:code>/link", type="http", auth="public", website=True, methods=["POST"])
    @page("find")
    def link(self, code, email="", **values):
        """Send a link to make an account; the answer is the same whoever has that address."""
        program = get_program(code)
        if request.env["hotel.member.page"]._is_signup_open():
            return request.redirect(f"/hotel/club/{program.hotel_code}/join")
        shown = {"email": str(email)[:254]}
        try:
            address = contact.normalise_email(str(email))
        except contact.ContactError as error:
            sentence = request.env["hotel.booking.page"]._explain(error)
            return show_join(program, get_partner(), shown, {"email": sentence}, 422)
        if not address:
            sentence = request.env._("Please enter your e-mail address.")
            return show_join(program, get_partner(), shown, {"email": sentence}, 422)
        check_limit("send", f"member {address.lower()}")
        if not visitor.is_trapped(values):
            request.env["hotel.member.page"]._send_join_link(program, address)
        return show_join(program, get_partner(), {**shown, "is_sent": True})

    @route("/hotel/club/<string:code>/account", type="http", auth="public", website=True, methods=["GET"])
    @page("link")
    def start(self, code, token="", **_params):
        """Show the last step before an account: the name. The link of the e-mail leads here."""
        program = get_program(code)
        return show_account(program, token, {})

    @route("/hotel/club/<string:code>/account", type="http", auth="public", website=True, methods=["POST"])
    @page("link")
    def make(self, code, token="", **values):
        """Lead on to Odoo's own page, where the password is chosen."""
        program = get_program(code)
        pages = request.env["hotel.member.page"]
        email = pages._read_join_link(program, token)
        if not email:
            return show_account(program, token, values)
        address, problems = pages._prepare_account(program, email, values)
        if problems:
            return show_account(program, token, values, problems)
        return request.redirect(address)


def get_program(code):
    """Return the programme of a page, with sudo.

    :raises NotFound: there is none that guests may look at
    """
    program = request.env["hotel.member.page"]._find_program(code)
    if not program:
        raise NotFound()
    return program


def show_club(program):
    """Return the page of a programme."""
    pages = request.env["hotel.member.page"]
    guest = get_partner()
    values = {
        "program": program,
        "tiers": pages._get_tiers(program),
        "summary": pages._get_summary(program),
        "welcome": pages._get_welcome_points(program),
        "card": program._get_hotel_card(guest) if guest else None,
        "no_breadcrumbs": True,
    }
    return render("club", values)


def show_member(program, card):
    """Send a member to the own card; the page of the programme says where an account is closed."""
    return go_to("/my/club", card) if card.hotel_state == "active" else show_club(program)


def show_join(program, guest, values=None, problems=None, status=200):
    """Return the form to join, with what was typed and what is wrong with it."""
    pages = request.env["hotel.member.page"]
    shown = {
        "program": program,
        "guest": guest,
        "values": values or {},
        "problems": problems or {},
        "welcome": pages._get_welcome_points(program),
        "asks_birth_date": bool(guest) and pages._asks_birth_date(program, guest),
        "is_signup_open": pages._is_signup_open(),
        "trap": visitor.TRAP,
        "no_breadcrumbs": True,
    }
    return render("club_join", shown, status)


def show_account(program, token, values, problems=None):
    """Return the step after the link of the e-mail; a link that is over says so."""
    email = request.env["hotel.member.page"]._read_join_link(program, token)
    shown = {
        "program": program,
        "token": token,
        "email": email,
        "values": values,
        "problems": problems or {},
        "no_breadcrumbs": True,
    }
    return render("club_account", shown, (422 if problems else 200) if email else 404)
