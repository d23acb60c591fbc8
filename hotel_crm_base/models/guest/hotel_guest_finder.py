from odoo import api, models
from odoo.exceptions import UserError

from ... import hanzi
from ...names import CODE, EMAIL, INNER, PHONE, TAIL, WHOLE, WORD
from .hotel_guest_hits import MIN_PART

#: Digits that the tail of a telephone number has at least.
MIN_TAIL = 3
#: Digits of the numbers of Chinese residents; the old ones had fewer.
RESIDENT_NUMBERS = (15, 18)
#: Fields of a contact that a look-up shows, and those that the record rules ask for.
SHOWN_FIELDS = (
    "name",
    "hotel_guest_code",
    "phone",
    "email",
    "hotel_birth_date",
    "hotel_gender",
    "hotel_vip_code_id",
    "hotel_block_reason",
    "hotel_block_until",
    "company_id",
    "partner_share",
)
#: Letters from which on the reading of a whole name is taken for nothing else.
LONG_READING = 8
EXACT, PREFIX, PART = "exact", "prefix", "part"


class HotelGuestFinder(models.AbstractModel):
    """Finds guests for a typed text, the best match first.

    A search is a row of stages, from the best class of matches to the weakest. Each stage gives
    the ids of its newest guests; the next one is asked only while there is room on the list.
    """

    _name = "hotel.guest.finder"
    _description = "Guest Finder"

    @api.model
    def _find(self, query, limit):
        """Return the guests that the user may see for a query, the best match first.

        :param query.Query query: what was typed
        :param int limit: how many at most
        :return: id to match: 'exact', 'prefix' or 'part', in the order of the list
        :rtype: dict[int, str]
        """
        self.env["hotel.guest.token"]._flush_waiting()
        found, refused = {}, set()
        for match, stage, *arguments in self._get_stages(query, found):
            wanted = limit - len(found)
            if wanted <= 0:
                break
            for partner_id in self._take(stage, arguments, wanted, found, refused):
                found[partner_id] = match
        return found

    @api.model
    def _take(self, stage, arguments, wanted, found, refused):
        """Return up to ``wanted`` new ids of a stage that the user may see.

        :param Callable stage: method that takes its arguments and a limit, and returns ids
        :param found: ids that are on the list already
        :param set refused: ids that the user may not see; grows
        """
        limit = wanted + len(found)
        while True:
            partner_ids = stage(*arguments, limit)
            fresh = [partner_id for partner_id in partner_ids if partner_id not in found and partner_id not in refused]
            visible = self._get_visible_ids(fresh)
            refused.update(set(fresh) - visible)
            if len(visible) >= wanted or len(partner_ids) < limit:
                return [partner_id for partner_id in fresh if partner_id in visible][:wanted]
            limit = max(limit, wanted + len(found) + len(refused)) * 4

    @api.model
    def _get_visible_ids(self, partner_ids):
        """Return those of these guests that the record rules let the user see, archived ones not.

        What a look-up shows of them is read by the same query.
        """
        if not partner_ids:
            return set()
        domain = [("id", "in", partner_ids), ("is_hotel_guest", "=", True)]
        return set(self.env["res.partner"].search_fetch(domain, SHOWN_FIELDS).ids)

    # ---- what to ask, in which order --------------------------------------------------------

    @api.model
    def _get_stages(self, query, found):
        """Yield (match, method, arguments...) from the best class of matches to the weakest.

        :param found: the list so far; it grows while the stages are worked through
        """
        hits = self.env["hotel.guest.hits"]
        if query.digits:
            yield from self._get_digit_stages(query, found, hits)
        elif query.name:
            yield from self._get_name_stages(query, found, hits)
        elif query.email:
            yield EXACT, hits._query_equal, [(EMAIL, query.email)]
            yield PREFIX, hits._query_prefix, [(EMAIL, query.email)]
            if not found:
                yield PART, hits._query_email_part, query.email

    @api.model
    def _get_digit_stages(self, query, found, hits):
        """Yield the stages of a telephone, member or document number.

        Fewer than MIN_TAIL digits are looked for at the beginning of numbers only.
        """
        plain = query.digits if query.is_international else query.digits.lstrip("0")
        codes = dict.fromkeys((query.code, query.code.lstrip("0")))
        beginnings = [(PHONE, plain), *((CODE, code) for code in codes)]
        if query.document and len(query.digits) in RESIDENT_NUMBERS:
            yield EXACT, self._find_document, query.document
        yield EXACT, hits._query_equal, beginnings
        if not query.is_international and len(query.digits) >= MIN_TAIL:
            yield PREFIX, hits._query_prefix, [(TAIL, query.digits[::-1])]
        yield PREFIX, hits._query_prefix, beginnings
        if query.document and not found:
            # a passport may have digits only
            yield EXACT, self._guess_document, query.document

    @api.model
    def _get_name_stages(self, query, found, hits):
        """Yield the stages of a name; it may be a member or document number or an address too."""
        written = list(dict.fromkeys((query.name, query.joined)))
        words = query.words
        yield EXACT, hits._query_equal, [(WHOLE, text) for text in written] + [(CODE, query.code)]
        if query.document:
            known = len(found)
            yield EXACT, self._find_document, query.document
            if len(found) > known:
                return  # it is a document's number, and nothing else
        if len(words) == 1 or all(len(word) == 1 for word in words):
            yield PREFIX, hits._query_equal, [(WORD, query.joined)]
        yield PREFIX, hits._query_name_prefix, written
        if query.email:
            yield PREFIX, hits._query_prefix, [(EMAIL, query.email), (CODE, query.code)]
        if len(words) > 1:
            yield PART, hits._query_words, query.name, [self._get_word_pattern(word) for word in words]
        elif query.has_cjk:
            yield PART, hits._query_prefix, [(INNER, query.joined)]
        elif len(query.name) < LONG_READING or not self._is_reading(found):
            yield PART, hits._query_part, query.name

    @api.model
    def _is_reading(self, found):
        """Return whether what was typed is the whole reading of names in characters.

        A long one stands inside no Latin word then, and looking there takes longest.
        """
        exact = [partner_id for partner_id, match in found.items() if match == EXACT]
        guests = self.env["res.partner"].browse(exact)
        return bool(guests) and all(hanzi.has_cjk(name) for name in guests.mapped("name"))

    @api.model
    def _get_word_pattern(self, word):
        """Return the pattern of a word among others: inside of words only where trigrams can serve."""
        inside = len(word) >= MIN_PART and not hanzi.has_cjk(word)
        return f"%{word}%" if inside else f"% {word}%"

    @api.model
    def _find_document(self, number, limit):
        """Return the guests who have this identity document; nobody to roles that may not look for it."""
        return self.env["hotel.guest.document"]._find_partner_ids_by_number(number)[:limit]

    @api.model
    def _guess_document(self, number, limit):
        """Do the same for digits that are a document's number only perhaps: nobody hears of a limit."""
        try:
            return self._find_document(number, limit)
        except UserError:
            return []
