"""What the members' pages show: programmes, a card and where it stands. Guests have no rights of their own."""

from decimal import Decimal

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ... import progress, qr
from ...rules import summary


class HotelMemberPage(models.AbstractModel):
    """The members' pages: everything that a guest sees is picked here, with sudo, field by field."""

    _name = "hotel.member.page"
    _description = "Member Page"

    # ---- whose --------------------------------------------------------------------------------

    @api.model
    def _get_cards(self, partner):
        """Return the open accounts of a guest, the oldest first.

        :rtype: loyalty.card, with sudo
        """
        cards = self.env["loyalty.card"].sudo()
        if not partner:
            return cards
        domain = [("partner_id", "=", partner.id), ("hotel_managed", "=", True), ("hotel_state", "=", "active")]
        return cards.search_fetch(domain, order="id")

    @api.model
    def _get_programs(self):
        """Return the programmes that guests may look at: those with rules in force.

        :rtype: loyalty.program, with sudo
        """
        # visitors have no rights on programmes
        programs = self.env["loyalty.program"].sudo()
        domain = Domain("hotel_managed", "=", True) & Domain("portal_visible", "=", True)
        return programs.search(domain & Domain("hotel_revision_id", "!=", False), order="sequence, id")

    @api.model
    def _find_program(self, code):
        """Return the programme of a page, or none.

        :param str code: as it stands in the address
        :rtype: loyalty.program, with sudo
        """
        return self._get_programs().filtered(lambda program: program.hotel_code == code)

    # ---- words --------------------------------------------------------------------------------

    @api.model
    def _get_language(self):
        """Return the language in which rules speak to this guest."""
        return "zh_CN" if (self.env.lang or "").startswith("zh") else "en"

    @api.model
    def _get_terms(self, program):
        """Return the version of the rules that is in force today.

        :rtype: rules.plan.Terms
        """
        return program._get_hotel_plan().at(program._get_hotel_today())

    @api.model
    def _format_metric(self, program, terms, code, value):
        """Return an amount of a metric in words, such as “12 nights” or “€ 340.00 spend”.

        :param terms: version of the rules
        :param value: number
        :rtype: str
        """
        name = program._get_hotel_names(self._get_language()).get(code, code)
        kinds = {metric.code: metric.kind for metric in terms.version.metrics}
        if kinds.get(code) == "spend":
            money = formatLang(self.env, float(value), currency_obj=program.currency_id)
            return self.env._("%(money)s of %(name)s", money=money, name=name)
        digits = 0 if Decimal(value) == int(value) else 2
        number = formatLang(self.env, float(value), digits=digits)
        return self.env._("%(number)s %(name)s", number=number, name=name)

    @api.model
    def _draw_qr(self, text):
        """Return a QR code as an image to stand in a page."""
        return Markup(qr.draw(text)) if text else Markup()

    # ---- a programme --------------------------------------------------------------------------

    @api.model
    def _get_tiers(self, program):
        """Return the tiers of a programme, everybody's first.

        :returns: tier (hotel.loyalty.tier), ways (see `_describe_ways`), benefits (lines)
        :rtype: list[dict]
        """
        terms = self._get_terms(program)
        tiers = {tier.code: tier for tier in program.hotel_tier_ids}
        return [
            {
                "tier": tiers[one.code],
                "ways": self._describe_ways(program, terms, progress.list_ways(one.record.gain, {})),
                "benefits": self._get_benefits(program, tiers[one.code]),
            }
            for one in terms.tiers
            if one.code in tiers
        ]

    @api.model
    def _describe_ways(self, program, terms, ways):
        """Return what leads to a tier: a list of alternatives, each a list of needs in words.

        :returns: lists of dicts: need, have and missing (texts), percent, is_met, is_lifetime
        """
        return [
            [
                {
                    "need": self._format_metric(program, terms, need.metric, need.need),
                    "have": self._format_metric(program, terms, need.metric, need.have),
                    "missing": self._format_metric(program, terms, need.metric, need.missing),
                    "percent": need.percent,
                    "is_met": not need.missing,
                    "is_lifetime": need.scope == "lifetime",
                }
                for need in way.needs
            ]
            for way in ways
        ]

    @api.model
    def _get_benefits(self, program, tier):
        """Return what comes with a tier, a line each.

        :rtype: list[str]
        """
        found = self._get_terms(program).find_tier(tier.code)
        lines = []
        if found and found.record.bonus_percent:
            lines.append(self.env._("%(percent)s %% more points", percent=f"{found.record.bonus_percent:g}"))
        if found and found.record.bonus_multiplier:
            lines.append(self.env._("%(times)s times the points", times=f"{found.record.bonus_multiplier:g}"))
        if found and found.record.discount_percent:
            lines.append(self.env._("%(percent)s %% off the room", percent=f"{found.record.discount_percent:g}"))
        return lines + [line.strip() for line in (tier.benefit_text or "").splitlines() if line.strip()]

    @api.model
    def _get_summary(self, program):
        """Return the rules in force today in plain words: sections with title and lines.

        :rtype: list[rules.summary.Section]
        """
        programme = program._get_hotel_plan().programme
        return summary.summarize(programme, self._get_language(), on=program._get_hotel_today())

    @api.model
    def _get_welcome_points(self, program):
        """Return how many points a guest gets for joining today.

        :rtype: int
        """
        today = program._get_hotel_today()
        bonuses = self._get_terms(program).version.earning.bonuses
        return sum(
            int(bonus.value)
            for bonus in bonuses
            if bonus.trigger == "enrolment"
            and (not bonus.from_date or bonus.from_date <= today)
            and (not bonus.until_date or today <= bonus.until_date)
        )
