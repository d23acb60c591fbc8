"""Joining a programme, and what its rules call things."""

from odoo import fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...rules import limits


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_notices = fields.Boolean(
        string="Tell Members",
        default=True,
        help="Write to members before points expire and when their tier changes, if they agreed to it.",
    )

    def _hotel_join(self, partner, on=None, consent=None):
        """Make a guest a member; who is one already stays one.

        Two at once give one card: the database lets one of them in, and the other reads it.

        :param res.partner partner: the guest
        :param date on: first day of membership; default today by the programme's clock
        :param dict consent: values of a hotel.consent to be recorded with it (purpose, channel, ...)
        :returns: the card, evaluated
        :rtype: loyalty.card, with sudo
        :raises UserError: the rules do not let this guest in
        """
        self.ensure_one()
        # guests join by themselves too; the caller has found out who it is
        program, guest = self.sudo(), partner.sudo()
        card = program._get_hotel_card(guest)
        if not card:
            on = on or program._get_hotel_today()
            program._check_hotel_joining(guest, on)
            program._query_add_card(guest, on)
            card = program._get_hotel_card(guest)
            self.env["hotel.loyalty.evaluation"].sudo()._evaluate(card, max(on, program._get_hotel_today()))
            card._after_join()
        if consent:
            self.env["hotel.consent"].sudo().create({"partner_id": guest.id, **consent})
        return card

    def _get_hotel_card(self, partner):
        """Return a guest's card of this programme, or none.

        :rtype: loyalty.card
        """
        domain = [("program_id", "=", self.id), ("partner_id", "=", partner.id), ("hotel_managed", "=", True)]
        return self.env["loyalty.card"].sudo().search(domain, limit=1)

    def _check_hotel_joining(self, partner, on):
        """Refuse a guest whom the rules do not let in.

        :raises UserError: with the reasons
        """
        terms = self._get_hotel_plan().at(on)
        verdict = limits.check_joining(terms.version.accounts, partner.hotel_birth_date or None, on, False)
        if not verdict.is_allowed:
            card = self.env["loyalty.card"].new({"program_id": self.id})
            raise UserError(card._explain_hotel_reasons(verdict.reasons))

    def _query_add_card(self, partner, on):
        """Add a card, unless somebody was quicker; SQL for ``ON CONFLICT``."""
        cards = self.env["loyalty.card"]
        cards.flush_model()
        now = self.env.cr.now()
        self.env.execute_query(
            SQL(
                """INSERT INTO loyalty_card (program_id, company_id, partner_id, code, points, active, hotel_managed,
                          hotel_state, hotel_joined_date, hotel_debt, hotel_pending,
                          create_uid, create_date, write_uid, write_date)
                   VALUES (%s, %s, %s, %s, 0, TRUE, TRUE, 'active', %s, 0, 0, %s, %s, %s, %s)
                   ON CONFLICT (program_id, partner_id) WHERE hotel_managed AND active AND partner_id IS NOT NULL
                   DO NOTHING RETURNING id""",
                *(self.id, self.company_id.id or None, partner.id, cards._generate_code(), on),
                *(self.env.uid, now, self.env.uid, now),
            )
        )
        partner.invalidate_recordset()

    @tools.ormcache("self.id", "self.sudo().hotel_revision_id.id", "language")
    def _get_hotel_names(self, language):
        """Return what codes of the rules in force are called: tiers, metrics, options, rewards, bonuses.

        :param str language: en or zh_CN
        :rtype: dict[str, str]
        """
        names = {}
        if not self.sudo().hotel_revision_id:
            return names
        for version in self._get_hotel_plan().programme.versions:
            options = [option for milestone in version.milestones for option in milestone.options]
            named = (*version.tiers, *version.metrics, *version.earning.bonuses, *options, *version.rewards)
            for record in named:
                if record.name:
                    names[record.code] = record.name.get(language, record.name["en"])
        return names
