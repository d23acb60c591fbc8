"""The public page of an activity: who may see it, how it is shared, signing up."""

import hashlib
from urllib.parse import quote

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from .campaign_options import SEEN, SHARES


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_page_url = fields.Char(string="Page", compute="_compute_hotel_page_url")

    def _compute_hotel_page_url(self):
        for campaign in self:
            campaign.hotel_page_url = f"{campaign.get_base_url()}{campaign._get_hotel_path()}" if campaign.id else False

    def _get_hotel_path(self):
        self.ensure_one()
        return f"/activities/{self.id}"

    @api.model
    def _find_hotel_pages(self, campaign_id=None):
        """Return the activities that guests may look at, with sudo: visitors have no rights on campaigns.

        :param int campaign_id: one of them; None: those that are not over
        :rtype: utm.campaign
        """
        domain = Domain("hotel_kind", "!=", False) & Domain("hotel_state", "in", SEEN)
        if campaign_id is not None:
            return self.sudo().search(domain & Domain("id", "=", campaign_id))
        live = Domain("hotel_state", "in", ("published", "running"))
        return self.sudo().search(domain & live, order="hotel_start_date, id")

    def _is_hotel_page_open(self, guest):
        """Return whether a guest may see the page: members' pages open for members.

        :param res.partner guest: who is logged in; may be empty
        :rtype: bool
        """
        self.ensure_one()
        if not (self.hotel_is_members_only or self.hotel_tier_ids):
            return True
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .search([("partner_id", "in", guest.ids), ("hotel_managed", "=", True), ("active", "=", True)])
        )
        return bool(cards if not self.hotel_tier_ids else cards.hotel_tier_id & self.hotel_tier_ids)

    def _get_hotel_page_text(self):
        """Return what other sites show of the page.

        :rtype: str
        """
        return self.hotel_summary or html2plaintext(self.hotel_description or "")[:200]

    # ---- sharing ------------------------------------------------------------------------------

    def _get_hotel_shares(self):
        """Return the links by which guests share the page, each counted on its own. With sudo.

        :returns: ``code``, ``name``, ``url`` (that counts), ``href`` (of the network; empty: a QR code)
        :rtype: list[dict]
        """
        self.ensure_one()
        medium = self.env.ref("hotel_crm_marketing.utm_medium_share")
        wanted = [
            {
                "url": self.hotel_page_url,
                "title": self.title,
                "campaign_id": self.id,
                "medium_id": medium.id,
                "source_id": self.env.ref(f"hotel_crm_marketing.utm_source_{code}").id,
            }
            for code in SHARES
        ]
        links = self.env["link.tracker"].sudo().search_or_create(wanted)
        text = quote(self.title or "")
        names = dict(self.env["hotel.campaign.signup"]._fields["source"]._description_selection(self.env))
        return [
            {
                "code": code,
                "name": names[code],
                "url": link.short_url,
                "href": address.format(url=quote(link.short_url, safe=""), text=text),
            }
            for (code, (_name, address)), link in zip(SHARES.items(), links, strict=True)
        ]

    @api.model
    def _get_hotel_share_names(self):
        """Return the names of the sources of shares as Odoo's cookies have them, each with its code.

        :rtype: dict[str, str]
        """
        return {self.env.ref(f"hotel_crm_marketing.utm_source_{code}").sudo().name: code for code in SHARES}

    # ---- signing up ---------------------------------------------------------------------------

    def _get_hotel_signup_problem(self):
        """Return why nobody can sign up now, as a sentence; empty where one can.

        :rtype: str
        """
        self.ensure_one()
        if self.hotel_state == "published":
            return self.env._("This has not begun yet.")
        if self.hotel_state != "running":
            return self.env._("This is over.")
        if self.hotel_capacity and self.hotel_taken >= self.hotel_capacity:
            return self.env._("All places are taken.")
        return ""

    def _sign_up(self, guest, places=1, source="", is_known=True):
        """Sign a guest up, once. With sudo; who may is the caller's to check.

        :param res.partner guest: who signs up
        :param int places: how many
        :param str source: code of SHARES by which the guest came; empty: directly
        :param bool is_known: the guest is logged in; else the address tells who signs up twice
        :returns: the sign-up, an earlier one where there is one
        :rtype: hotel.campaign.signup
        :raises hotel_campaign_signup.SignupRefused: no place is left
        """
        self.ensure_one()
        signups = self.env["hotel.campaign.signup"]
        key = self._get_hotel_contact_key(guest, is_known)
        found = signups.search([("campaign_id", "=", self.id), ("contact_key", "=", key), ("state", "=", "signed")])
        if found:
            return found
        places = min(max(places, 1), self.hotel_guest_limit)
        signups._check_open(self, self._take_hotel_places(places))
        signup = signups.create(
            {
                "campaign_id": self.id,
                "partner_id": guest.id,
                "contact_key": key,
                "places": places,
                "source": source if source in SHARES else False,
            }
        )
        signup._after_sign_up(is_known)
        return signup

    def _get_hotel_contact_key(self, guest, is_known):
        """Return what tells one who signs up from another: the login, else the address; a digest of it."""
        text = f"guest {guest.id}" if is_known else (guest.email_normalized or guest.phone_sanitized or f"{guest.id}")
        return hashlib.sha256(f"{self.id}|{text}".encode()).hexdigest()

    def _take_hotel_places(self, places):
        """Take places where they are left; SQL: asking and taking is one step, who comes second waits.

        :param int places: less than 0 gives them back
        :returns: whether they were there
        :rtype: bool
        """
        self.flush_recordset()
        done = self.env.execute_query(
            SQL(
                """UPDATE utm_campaign SET hotel_taken = COALESCE(hotel_taken, 0) + %(places)s
                    WHERE id = %(id)s AND (%(places)s < 0 OR COALESCE(hotel_capacity, 0) = 0
                          OR COALESCE(hotel_taken, 0) + %(places)s <= hotel_capacity)
                RETURNING id""",
                places=places,
                id=self.id,
            )
        )
        self.invalidate_recordset(["hotel_taken"], flush=False)
        return bool(done)
