"""Guests who may be the one that somebody is about to register."""

from odoo import api, models
from odoo.exceptions import UserError

from ... import likeness, names

#: guests shown at most
SHOWN = 5
#: Guests of one name looked at. Where more bear it, the name alone says nothing.
SAME_NAME = 50


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def hotel_find_likely_duplicates(self, values):
        """Return guests who may be the person that these values describe, the likeliest first.

        Callable by those who may register guests.

        :param dict values: as `hotel_register_guest` takes them; any of them may be missing or wrong
        :returns: at most five guests, each as in `hotel_lookup` (but for stays and match), with reasons (list of
            str, for the user) and is_sure (bool)
        :rtype: list[dict]
        :raises AccessError: the user registers no guests
        """
        self._check_hotel_registration_rights()
        return self._hotel_find_alike(self._read_hotel_registration(values))[0]

    @api.model
    def _hotel_find_alike(self, facts):
        """Return likely duplicates and how many more have the same name and nothing else in common.

        :param dict facts: as `_read_hotel_registration` returns them
        :rtype: tuple[list[dict], int]
        """
        person = likeness.Person(
            facts["name"], facts["phone"], facts["email"], facts["birth_date"], facts["gender"]
        )
        by_document = self._find_hotel_document_holders(facts["document_number"])
        by_name = self._query_hotel_same_name(person.name)
        strong = {*by_document, *self._query_hotel_same_contact(person), *self._query_hotel_same_birth(person)}
        # as the user, so that only guests whom he or she may see are named
        guests = self.search([("id", "in", [*strong, *by_name]), ("is_hotel_guest", "=", True)])
        found = []
        for guest in guests:
            codes = ["document"] if guest.id in by_document else []
            codes += likeness.compare(person, guest._get_hotel_person())
            if codes:
                found.append((likeness.score(codes), guest.id, guest, codes))
        only_name = [entry for entry in found if entry[3] == ["name"]]
        if len(only_name) > SHOWN:
            found = [entry for entry in found if entry[3] != ["name"]]
        else:
            only_name = []
        found.sort(key=lambda entry: (-entry[0], -entry[1]))
        alike = [guest._describe_hotel_alike(codes) for _score, _id, guest, codes in found[:SHOWN]]
        if alike:
            self.env["hotel.access.log"]._log("search", [row["id"] for row in alike])
        return alike, len(only_name)

    def _get_hotel_person(self):
        """Return what likeness compares this guest by."""
        return likeness.Person(
            self.name or "", self.phone or "", self.email or "", self.hotel_birth_date, self.hotel_gender
        )

    def _describe_hotel_alike(self, codes):
        """Return one row of `hotel_find_likely_duplicates`."""
        self.ensure_one()
        sentences = {
            "document": self.env._("Same document number"),
            "birth_name": self.env._("Same name and birth date"),
            "birth_part": self.env._("Same birth date and part of the name"),
            "email": self.env._("Same e-mail address"),
            "phone": self.env._("Same phone number"),
            "name": self.env._("Same name"),
        }
        return {
            **self._prepare_hotel_lookup_row(),
            "reasons": [sentences[code] for code in codes],
            "is_sure": likeness.score(codes) >= likeness.SURE,
        }

    @api.model
    def _find_hotel_document_holders(self, number):
        """Return ids of guests with this document; none for those who may not find by it."""
        try:
            return self.env["hotel.guest.document"]._find_partner_ids_by_number(number) if number else []
        except UserError:  # the limit of look-ups, or no key: registering goes on
            return []

    @api.model
    def _query_hotel_same_name(self, name):
        """Return ids of the guests of this name last seen, in any order of words or in pinyin."""
        return self._query_hotel_tokens(names.WHOLE, likeness.whole_tokens(name))

    @api.model
    def _query_hotel_same_contact(self, person):
        """Return ids of guests with this phone number or e-mail address."""
        found = []
        for kind, token in names.tokens("", person.phone, person.email):
            if kind in (names.TAIL, names.EMAIL):
                found += self._query_hotel_tokens(kind, [token])
        return found

    @api.model
    def _query_hotel_tokens(self, kind, tokens):
        """Return ids of guests with one of these tokens, those seen last first."""
        # the look-up table is closed to users; guests are checked when they are read
        rows = self.env["hotel.guest.token"].sudo().search_fetch(
            [("kind", "=", names.KIND_NUMBERS[kind]), ("token", "in", tokens)],
            ["partner_id"],
            order="seen DESC, partner_id DESC",
            limit=SAME_NAME,
        )
        return list(dict.fromkeys(rows.mapped("partner_id")))

    @api.model
    def _query_hotel_same_birth(self, person):
        """Return ids of guests born on the same day with this name or a word of it."""
        born = person.birth_date
        if not born or not person.name:
            return []
        # the index is on the day of the year: some thousands of a million guests
        guests = self.search_fetch(
            [("hotel_birth_mmdd", "=", born.month * 100 + born.day), ("hotel_birth_date", "=", born)],
            ["name"],
            order="id DESC",
            limit=500,
        )
        return [
            guest.id
            for guest in guests
            if likeness.is_same_name(person.name, guest.name or "", by_sound=True)
            or likeness.has_common_word(person.name, guest.name or "")
        ]
