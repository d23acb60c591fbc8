"""Activities on the web: made for a phone, open to everybody or to members."""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers import booking_tools
from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit, get_partner, page
from odoo.addons.hotel_crm_base.models.booking.errors import BookingError
from odoo.addons.hotel_crm_loyalty import qr

from ..models.campaign.hotel_campaign_signup import SignupRefused


class Activities(Controller):
    """The pages under /activities."""

    @route("/activities", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True)
    @page()
    def activities(self, **_params):
        """List what there is; members' activities for members."""
        guest = get_partner()
        found = request.env["utm.campaign"]._find_hotel_pages()
        found = found.filtered(lambda campaign: campaign._is_hotel_page_open(guest))
        return render("activities", {"campaigns": found})

    @route("/activities/<int:campaign_id>", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    @page()
    def activity(self, campaign_id, **_params):
        """Show one activity."""
        return show(get_campaign(campaign_id))

    @route(
        "/activities/<int:campaign_id>/picture",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def picture(self, campaign_id, **_params):
        """Send the picture of an activity that the visitor may see."""
        check_limit("look")
        campaign = get_campaign(campaign_id)
        return request.env["ir.binary"]._get_image_stream_from(campaign, "hotel_picture").get_response()

    @route(
        "/activities/<int:campaign_id>/draw", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True
    )
    def draw(self, campaign_id, **_params):
        """Send what anybody needs to recompute a prize draw: codes, no names."""
        check_limit("look")
        campaign = get_campaign(campaign_id)
        if not campaign.hotel_draw_commitment:
            raise NotFound()
        return request.make_json_response(campaign._get_hotel_draw())

    @route("/activities/<int:campaign_id>", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    @page("book")
    def sign_up(self, campaign_id, **values):
        """Sign up: who is logged in as oneself, others by name and address. The answer tells nobody who is known."""
        campaign, guest = get_campaign(campaign_id), get_partner()
        if visitor.is_trapped(values):
            return show(campaign, {"is_signed": True})
        check_limit("act", f"signup {campaign.id}" if not guest else None)
        problems = {}
        if not guest:
            pages = request.env["hotel.booking.page"]
            facts, problems = pages._read_booking_form(campaign._get_hotel_speaker(), values, 0)
        elif not values.get("agreed"):
            problems = {"agreed": request.env._("Please agree to the terms.")}
        if problems:
            return show(campaign, {"values": values, "problems": problems}, 422)
        try:
            with request.env.cr.savepoint():
                signer = guest or pages._make_booker(campaign._get_hotel_speaker(), facts)
                places = visitor.read_number(values.get("places"), 1, campaign.hotel_guest_limit, 1)
                signup = campaign._sign_up(signer, places, get_source(), bool(guest))
                if not guest and signup.partner_id != signer:
                    signer.unlink()  # the same address has signed up before: nothing new, and no word of it
                elif not guest and values.get("offers"):
                    signer.hotel_record_consent("offer", "any", "given", source="web", proof=campaign._get_hotel_path())
        except (SignupRefused, BookingError) as error:
            return show(campaign, {"values": values, "problems": {"form": str(error)}}, 409)
        is_new = not guest and signup.partner_id == signer
        return show(campaign, {"is_signed": True, "signup": signup if guest or is_new else None})


def render(template, values, status=200):
    """Return a page of this addon."""
    return booking_tools.render(f"hotel_crm_marketing.{template}", values, status)


def get_campaign(campaign_id):
    """Return an activity that the visitor may see, with sudo; members' pages lead to the login.

    :raises NotFound: there is none
    """
    campaign = request.env["utm.campaign"]._find_hotel_pages(campaign_id)
    if not campaign:
        raise NotFound()
    guest = get_partner()
    if not campaign._is_hotel_page_open(guest):
        path = "/hotel/club" if guest else f"/web/login?redirect={campaign._get_hotel_path()}"
        booking_tools.end_request(request.redirect(path))
    return campaign


def get_source():
    """Return by which share a visitor came: Odoo keeps it in a cookie.

    :rtype: str
    """
    name = request.cookies.get("odoo_utm_source") or ""
    shares = request.env["utm.campaign"]._get_hotel_share_names()
    return shares.get(name, "")


def show(campaign, values=None, status=200):
    """Return the page of an activity."""
    shares = campaign._get_hotel_shares()
    shown = {
        "campaign": campaign,
        "guest": get_partner(),
        "shares": shares,
        "share_qr": Markup(qr.draw(shares[0]["url"])),
        "signup_problem": campaign._get_hotel_signup_problem(),
        "values": {},
        "problems": {},
        "is_signed": False,
        "signup": None,
        "trap": visitor.TRAP,
    }
    return render("activity", {**shown, **(values or {})}, status)
