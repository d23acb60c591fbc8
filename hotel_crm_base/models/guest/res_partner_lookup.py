from odoo import api, models
from odoo.exceptions import AccessError

from ...query import parse_query

#: No list is longer, whatever is asked for.
MAX_LIMIT = 80
NO_STAY = {"last_stay": False, "in_house": False}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def hotel_lookup(self, query, limit=12):
        """Return the guests whom a typed text may mean, the best match first. For all hotel staff.

        The text may be a name or a part of it in any script and order, its pinyin or initials; a
        telephone number or its last digits (three at least); an e-mail address, a member number,
        or, for the front office, the number of an identity document. The order is: exact, then
        prefix, then part; within these, guests seen lately before others.

        * exact: the whole name in any order of its words, in characters or pinyin; the whole
          telephone, member or document number or e-mail address;
        * prefix: a whole word of the name or the initials, then the beginning of a name, a word or
          an e-mail address; the beginning or end of a number;
        * part: inside a word, then several words in any order.

        :param str query: what was typed; only the beginning of a long text counts
        :param int limit: how many guests at most, up to 80
        :return: list of dicts: id (int), name, code, phone, email (str or False), birth_date (date
            or False), gender (str or False), vip (str or False), blocked (bool), flags (list of
            (level, text)), last_stay (date of the last arrival that the user may see, or False),
            in_house (bool), match ('exact', 'prefix' or 'part')
        :raise AccessError: the user is no hotel staff
        """
        if not self.env.user.has_group("hotel_crm_base.group_staff"):
            raise AccessError(self.env._("Guests are looked up by hotel staff only."))
        limit = max(1, min(limit, MAX_LIMIT)) if isinstance(limit, int) else 12
        query = parse_query(query if isinstance(query, str) else "")
        matches = self.env["hotel.guest.finder"]._find(query, limit)
        guests = self.browse(matches)
        kinds = ("name", "email", "digits", "code", "document")
        self.env["hotel.access.log"]._log("search", guests.ids, [kind for kind in kinds if getattr(query, kind)])
        stays = self._get_hotel_lookup_stays(guests)
        return [
            {**guest._prepare_hotel_lookup_row(), **stays.get(guest.id, NO_STAY), "match": matches[guest.id]}
            for guest in guests
        ]

    def _prepare_hotel_lookup_row(self):
        """Return what a look-up says about a guest but for stays and the match.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "code": self.hotel_guest_code,
            "phone": self.phone,
            "email": self.email,
            "birth_date": self.hotel_birth_date,
            "gender": self.hotel_gender,
            "vip": self.hotel_vip_code_id.display_name or False,
            "blocked": self.hotel_is_blocked,
            "flags": self._get_hotel_flags(),
        }

    @api.model
    def _get_hotel_lookup_stays(self, guests):
        """Return last_stay and in_house per id of a guest, out of the stays that the user may see.

        :rtype: dict[int, dict]
        """
        stays = {}
        groups = self.env["hotel.stay"]._read_group(
            [("partner_id", "in", guests.ids), ("state", "in", ("in_house", "departed"))],
            ["partner_id", "state"],
            ["arrival_date:max"],
        )
        for guest, state, arrival in groups:
            row = stays.setdefault(guest.id, dict(NO_STAY))
            row["last_stay"] = max(row["last_stay"] or arrival, arrival)
            row["in_house"] = row["in_house"] or state == "in_house"
        return stays
