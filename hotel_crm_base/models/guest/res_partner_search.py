"""Odoo's own search of contacts by name, made fast where there are very many."""

import dataclasses

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...names import INNER, KIND_NUMBERS, PHONE, TAIL, WHOLE, WORD
from ...query import parse_query
from .hotel_guest_hits import MIN_PART

#: Digits that a telephone number is searched by at least.
MIN_DIGITS = 4
#: Guests among whom those are sought that a field's domain allows.
CANDIDATES = 200
#: Condition of contacts who are no guests, as Odoo writes it.
NO_GUEST = "is_hotel_guest IS NOT TRUE"


def trigram_index(column):
    """Return an index that serves ``ilike`` on a column of contacts.

    It has a name of its own, because Odoo never rebuilds an index of a field that it has already.
    """

    def definition(registry):
        return f"USING gin ({registry.unaccent(column)} gin_trgm_ops)" if registry.has_trigram else ""

    return models.Index(definition)


class ResPartner(models.Model):
    _inherit = "res.partner"

    _hotel_name_trgm = trigram_index("complete_name")
    _hotel_email_trgm = trigram_index("email")
    _hotel_ref_trgm = trigram_index("ref")
    _hotel_vat_trgm = trigram_index("vat")
    _hotel_registry_trgm = trigram_index("company_registry")
    _hotel_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _hotel_phone_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
    _hotel_others_idx = models.Index(f"(complete_name) WHERE {NO_GUEST}")

    @api.model
    def _search_display_name(self, operator, value):
        """Find the same contacts as before, by indexes; guests also by pinyin, code and telephone.

        PostgreSQL walks the order of names and filters when it sees a limit, however few match. An
        array of ids that is worked out first leaves it no choice (``IN`` a subquery would).
        """
        domain = super()._search_display_name(operator, value)
        if operator != "ilike" or not isinstance(value, str):
            return domain
        query = parse_query(value)
        is_short = len(value.strip()) < MIN_PART
        if is_short and not query.joined:
            return domain
        if is_short:
            # no trigram: guests by what their names and words begin with, the few others one by one
            inner = Domain("is_hotel_guest", "=", False) & Domain(domain)
        else:
            inner = Domain(domain) | Domain("hotel_guest_code", "=", value.strip())
        # the outer search keeps the rules and leaves out the archived ones
        plain = self.sudo().with_context(active_test=False)._search(inner).subselect()
        tokens = self._get_hotel_token_sql(query, is_short)
        found = SQL("%s UNION %s", plain, tokens) if tokens else plain

        def to_sql(_model, alias, _query):
            return SQL("%s = ANY(ARRAY(%s))", SQL.identifier(alias, "id"), found)

        return Domain.custom(to_sql=to_sql, predicate=lambda partner: bool(partner.filtered_domain(domain)))

    @api.model
    def _get_hotel_token_sql(self, query, is_short):
        """Return SQL of the ids of guests who have a token that a typed text asks for, or None.

        :param query.Query query: the text
        :param bool is_short: one or two letters or characters: tokens that begin so; else equal ones,
            or the digits that a telephone number begins or ends with
        """
        if is_short:
            pairs = [(kind, f"{query.joined}%") for kind in (WHOLE, WORD, INNER)]
        elif len(query.digits) >= MIN_DIGITS:
            pairs = [(PHONE, f"{query.digits.lstrip('0')}%"), (TAIL, f"{query.digits[::-1]}%")]
        else:
            pairs = [(WHOLE, text) for text in {query.name, query.joined} if text]
        # folded texts and digits: nothing in them is special to LIKE
        return SQL(" UNION ").join(
            SQL(
                "SELECT partner_id FROM hotel_guest_token WHERE kind = %s AND token LIKE %s",
                KIND_NUMBERS[kind],
                pattern,
            )
            for kind, pattern in pairs
        ) or None

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Search contacts by name as Odoo does; where more guests match than the list has room for, the best.

        The first ones in the order of the alphabet serve nobody then, and finding them is slow. Half of
        the list is for contacts who are no guests, the rest for guests in the order of `hotel_lookup`.
        """
        if operator == "ilike" and isinstance(name, str) and limit and limit <= CANDIDATES:
            # identity documents are for the look-up box only
            query = dataclasses.replace(parse_query(name), document="")
            if query.name:
                found = self._search_hotel_best(name, query, Domain(domain or Domain.TRUE), limit)
                if found:
                    return [(partner.id, partner.display_name) for partner in found.sudo()]
        return super().name_search(name, domain, operator, limit)

    @api.model
    def _search_hotel_best(self, name, query, domain, limit):
        """Return the contacts that match best, or none where fewer guests than ``limit`` do.

        :param query.Query query: what ``name`` asks for
        """
        wanted = limit if domain.is_true() else CANDIDATES
        candidates = list(self.env["hotel.guest.finder"]._find(query, wanted))
        allowed = set(self._search(domain & Domain("id", "in", candidates)))
        guests = [partner_id for partner_id in candidates if partner_id in allowed][:limit]
        if len(guests) < limit:
            return self.browse()
        stock = Domain(super()._search_display_name("ilike", name))
        others = self.search(domain & Domain("is_hotel_guest", "=", False) & stock, limit=max(1, limit // 2))
        return self.browse(others.ids + guests[: limit - len(others)])
