"""What a guest writes on a page: read, bounded, cleaned, and made a case."""

import uuid

from odoo import api, models

from ... import pictures, texts
from .hotel_case import KINDS, TEXT_AT_MOST

KIND_CODES = [code for code, _name in KINDS]


class HotelCaseIntake(models.AbstractModel):
    """Forms of the pages on which guests tell something."""

    _name = "hotel.case.intake"
    _description = "Cases from Pages"

    @api.model
    def _get_kinds(self):
        """Return what a guest may choose, in the words of a guest.

        :rtype: list[tuple[str, str]]
        """
        return [
            ("request", self.env._("I need something")),
            ("complaint", self.env._("Something is wrong")),
            ("inquiry", self.env._("I have a question")),
            ("suggestion", self.env._("I have an idea")),
            ("praise", self.env._("I want to say thank you")),
        ]

    @api.model
    def _read_form(self, values, files, needs_text=True):
        """Return what a guest wrote and sentences about what is wrong with it.

        :param values: as they came with the request
        :param list files: uploads, as they came with the request
        :param bool needs_text: whether pictures alone are refused
        :returns: facts (kind, text, pictures: JPEG each), problems (field to sentence)
        :rtype: tuple[dict, dict]
        """
        kind, problems = values.get("kind"), {}
        raw = str(values.get("text") or "")
        text = texts.clean(raw[: 2 * TEXT_AT_MOST])
        if len(text) > TEXT_AT_MOST:
            problems["text"] = self.env._("Please write %s characters at most.", TEXT_AT_MOST)
        elif not text and needs_text:
            problems["text"] = self.env._("Please tell us what it is about.")
        made = self._read_pictures(files, problems)
        if not (text or made) and not needs_text:
            problems["text"] = self.env._("Please tell us what it is about.")
        kind = kind if kind in KIND_CODES else "complaint"
        return {"kind": kind, "text": text[:TEXT_AT_MOST], "pictures": made}, problems

    @api.model
    def _read_pictures(self, files, problems):
        """Return pictures made anew; a sentence is added to the problems where one is not taken.

        :rtype: list[bytes]
        """
        chosen = [file for file in files if file.filename]
        if len(chosen) > pictures.MOST:
            problems["pictures"] = self.env._("Please choose %s pictures at most.", pictures.MOST)
            return []
        made = []
        for number, file in enumerate(chosen, 1):
            try:
                # one byte more tells that it is too large, however large it is
                made.append(pictures.make_anew(file.read(pictures.SIZE_LIMIT + 1)))
            except pictures.PictureError as error:
                problems["pictures"] = self._explain_picture(number, error)
                return []
        return made

    @api.model
    def _explain_picture(self, number, error):
        """Return a sentence about a picture that is not taken.

        :rtype: str
        """
        if error.code == "size":
            return self.env._("Picture %(number)s is larger than 10 MB. Please choose a smaller one.", number=number)
        if error.code == "pixels":
            return self.env._("Picture %(number)s has too many pixels. Please choose a smaller one.", number=number)
        return self.env._(
            "Picture %(number)s cannot be read. Please choose a JPEG, PNG or WebP picture.", number=number
        )

    @api.model
    def _take_in(self, facts, source, **values):
        """Make a case of what a guest wrote.

        :param dict facts: as `_read_form` has returned them, without problems
        :param str source: portal or room_qr
        :param values: further values of the case
        :rtype: hotel.case, with sudo
        """
        # guests have no rights on cases: what they may set is set here
        cases = self.env["hotel.case"].sudo()
        values |= {"kind": facts["kind"], "description": facts["text"], "source": source}
        # written with the case, not after it (what makes it for all others: portal.mixin)
        case = cases.create({**values, "access_token": str(uuid.uuid4())})
        case._add_pictures(facts["pictures"])
        return case

    @api.model
    def _take_in_from_room(self, room, facts):
        """Make a case of what was written in a room: of the stay now in house, where there is one.

        :param hotel.room room: with sudo
        :rtype: hotel.case, with sudo
        """
        stay = room.env["hotel.stay"].search([("room_id", "=", room.id), ("state", "=", "in_house")], limit=1)
        place = {"room_id": room.id, "property_id": room.property_id.id}
        if stay:
            place |= {"stay_id": stay.id, "partner_id": stay.partner_id.id}
        return self._take_in(facts, "room_qr", **place)

    @api.model
    def _get_hotels(self, partner):
        """Return the hotels that a guest may write to: where he or she has stays, else all.

        :rtype: hotel.property, with sudo
        """
        # guests have no rights on stays: these are their own
        stays = self.env["hotel.stay"].sudo().search(
            [("partner_id", "=", partner.id), ("state", "!=", "cancelled")], order="arrival_date desc", limit=50
        )
        hotels = stays.property_id.filtered("active")
        return hotels or self.env["hotel.property"].sudo().search([("is_online", "=", True)], limit=200)

    @api.model
    def _take_in_from_guest(self, partner, hotel, facts):
        """Make a case of what a guest with an account wrote: of the stay in house or the last one there.

        :rtype: hotel.case, with sudo
        """
        # as above
        stays = self.env["hotel.stay"].sudo().search(
            [
                ("partner_id", "=", partner.id),
                ("property_id", "=", hotel.id),
                ("state", "in", ("in_house", "departed")),
            ],
            order="arrival_date desc",
            limit=1,
        )
        place = {"property_id": hotel.id, "partner_id": partner.id}
        if stays:
            place |= {"stay_id": stays.id, "room_id": stays.room_id.id}
        return self._take_in(facts, "portal", **place)
