"""What other systems may ask of guests, stays and consumption.

Technical users have no rights on any of it: what a client may read is said here, by its company (a guest's
profile is one for the chain, or of one company) and its properties (facts). Who was read is noted in the
access log, as for staff.
"""

from dataclasses import replace

from odoo import api, models

from ...query import parse_query
from ...rest.errors import ApiError

LOOKUP_LIMIT = 12


class HotelApiReading(models.AbstractModel):
    """Answers the endpoints of rest/reading.py but for lists."""

    _name = "hotel.api.reading"
    _description = "Reading Half of the API"

    # ---- guests -----------------------------------------------------------------------------

    @api.model
    def _api_lookup(self, client, query, limit=None):
        """Return the guests whom a text may mean; see res.partner.hotel_lookup."""
        # numbers of documents are looked for by the front office only
        query = replace(parse_query(query), document="")
        # what is seen is said by the company that the finder is given
        finder = self.env["hotel.guest.finder"].sudo().with_context(hotel_api_company=client.company_id.id)
        matches = finder._find(query, limit or LOOKUP_LIMIT)
        guests = self.env["res.partner"].sudo().browse(matches)
        self.env["hotel.access.log"]._log("search", guests.ids, ["query"])
        stays = self._get_stay_facts(client, guests)
        return {
            "guests": [
                {**self._show_hit(guest), **stays.get(guest.id, {"last_stay": None, "in_house": False}),
                 "match": matches[guest.id]}
                for guest in guests
            ]
        }  # fmt: skip

    @api.model
    def _api_by_reference(self, client, source_ref, source_system=None):
        """Return the guest whom another system knows by a number."""
        about = [("source_system", "=", source_system or client.source_system), ("source_ref", "=", source_ref)]
        reference = self.env["hotel.guest.reference"].sudo().search(about, limit=1)
        return self._api_guest(client, reference.partner_id.id)

    @api.model
    def _api_guest(self, client, id):
        """Return a guest by number."""
        guest = self._find_guest(client, id)
        self.env["hotel.access.log"]._log("open", guest.ids)
        return self._show_guests(guest)[0]

    @api.model
    def _api_flags(self, client, id):
        """Return what is to be known first of a guest."""
        guest = self._find_guest(client, id)
        self.env["hotel.access.log"]._log("open", guest.ids, ["flags"])
        return {"flags": [{"level": level, "text": text or ""} for level, text in guest._get_hotel_flags()]}

    # ---- who may be read ----------------------------------------------------------------------

    @api.model
    def _find_guest(self, client, number):
        """Return a guest of the chain or of the client's company, archived ones too.

        :param hotel.api.client client: who asks
        :param int number: id
        :rtype: res.partner, as the superuser, with the client's company and properties
        :raises ApiError: there is no such guest for this client
        """
        domain = [("id", "=", number or 0), ("is_hotel_guest", "=", True)]
        domain += [("company_id", "in", [False, client.company_id.id])]
        # technical users read no contacts: the domain says whom
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        guest = partners.search(domain, limit=1)
        if not guest:
            raise ApiError("There is no such guest for this key.", "not_found", field="id")
        return guest.with_context(active_test=True, allowed_company_ids=client.company_id.ids)

    @api.model
    def _get_stay_facts(self, client, guests):
        """Return last_stay and in_house of guests at the properties of a client, by guest.

        :rtype: dict[int, dict]
        """
        groups = self.env["hotel.stay"].sudo()._read_group(
            [
                ("partner_id", "in", guests.ids),
                ("property_id", "in", client.property_ids.ids),
                ("state", "in", ("in_house", "departed")),
            ],
            ["partner_id", "state"],
            ["arrival_date:max"],
        )
        facts = {}
        for guest, state, arrival in groups:
            row = facts.setdefault(guest.id, {"last_stay": arrival.isoformat(), "in_house": False})
            row["last_stay"] = max(row["last_stay"], arrival.isoformat())
            row["in_house"] |= state == "in_house"
        return facts

    # ---- how they are shown -------------------------------------------------------------------

    @api.model
    def _show_hit(self, guest):
        return {
            "id": guest.id,
            "code": guest.hotel_guest_code or None,
            "name": guest.name or None,
            "email": guest.email or None,
            "phone": guest.phone or None,
            "birth_date": show_day(guest.hotel_birth_date),
        }

    @api.model
    def _show_guests(self, guests):
        """Return guests as rest.reading.GUEST; a query for all their references.

        :rtype: list[dict]
        """
        references = {}
        for row in self.env["hotel.guest.reference"].sudo().search([("partner_id", "in", guests.ids)]):
            values = {"source_system": row.source_system, "source_ref": row.source_ref}
            references.setdefault(row.partner_id.id, []).append(values)
        return [self._show_guest(guest, references.get(guest.id, [])) for guest in guests]

    @api.model
    def _show_guest(self, guest, references):
        return {
            **self._show_hit(guest),
            "gender": guest.hotel_gender or None,
            "nationality": guest.hotel_nationality_id.code or None,
            "language": guest.lang or None,
            "city": guest.city or None,
            "country": guest.country_id.code or None,
            "vip": guest.hotel_vip_code_id.name or None,
            "is_blocked": bool(guest.hotel_is_blocked),
            "state": self._get_state(guest),
            "merged_into_id": guest.hotel_merged_into_id.id or None,
            "references": references,
            "changed_at": show_moment(guest.write_date),
        }

    @api.model
    def _get_state(self, guest):
        if guest.hotel_erased_at:
            return "erased"
        if guest.hotel_merged_into_id:
            return "merged"
        return "active" if guest.active else "archived"


def show_day(day):
    """Return a date as the API writes it."""
    return day.isoformat() if day else None


def show_moment(moment):
    """Return a moment as the API writes it: UTC."""
    return f"{moment.isoformat()}Z" if moment else None
