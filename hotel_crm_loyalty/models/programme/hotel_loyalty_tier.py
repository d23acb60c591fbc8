from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import guards

#: what the rules say of a tier
RULED = frozenset({"program_id", "code", "name", "benefit_text", "rank", "active"})


class HotelLoyaltyTier(models.Model):
    """A level of a programme, as its rules name it."""

    _name = "hotel.loyalty.tier"
    _description = "Loyalty Tier"
    _order = "program_id, rank, id"

    program_id = fields.Many2one("loyalty.program", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="program_id.company_id")
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    rank = fields.Integer(readonly=True, help="0 is everybody's.")
    active = fields.Boolean(default=True)
    pricelist_id = fields.Many2one("product.pricelist", help="Room prices of members of this tier.")
    color = fields.Integer()
    benefit_text = fields.Text(string="Benefits", translate=True, help="One a line; shown at the desk.")
    card_count = fields.Integer(string="Members", compute="_compute_card_count")

    _code_unique = models.UniqueIndex("(program_id, code)", "This programme has a tier of this code already.")

    def _compute_card_count(self):
        counts = dict(
            self.env["loyalty.card"]._read_group([("hotel_tier_id", "in", self.ids)], ["hotel_tier_id"], ["__count"])
        )
        for tier in self:
            tier.card_count = counts.get(tier, 0)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_rules()
        return super().create(vals_list)

    def write(self, vals):
        if RULED & set(vals):
            self._check_rules()
        return super().write(vals)

    def unlink(self):
        self._check_rules()
        return super().unlink()

    def _check_rules(self):
        """Refuse whoever is not the rules being put in force.

        :raises AccessError: always but for them
        """
        if not guards.is_given(self.env.context, guards.RULES):
            raise AccessError(self.env._("Tiers follow from the rules of the programme: draft new rules."))

    @api.model
    def _sync(self, program, programme):
        """Make the records of a programme's tiers as its rules say: those of its last version are active.

        A tier whose code was changed stays the same record; one that replaces another in a later version has the
        other's prices to begin with.

        :param loyalty.program program: whose tiers
        :param rules.programme.Programme programme: what they are
        """
        last = {tier.code: rank for rank, tier in enumerate(programme.versions[-1].tiers)}
        found = {tier.code: tier for version in programme.versions for tier in version.tiers}
        tiers = self.with_context(active_test=False)
        known = {tier.code: tier for tier in tiers.search([("program_id", "=", program.id)])}
        for code, record in found.items():
            vals = {"code": code, "rank": last.get(code, 0), "active": code in last}
            tier = known.get(code) or next((known[old] for old in record.replaces if old in known), None)
            if tier and tier.code != code and tier.code in found:
                vals |= {"pricelist_id": tier.pricelist_id.id, "color": tier.color}
                tier = None
            if not tier:
                tier = self.create({"program_id": program.id, "name": record.code, **vals})
            elif tier.code != code:
                known.pop(tier.code)
            tier.write(vals)
            known[code] = tier
            tier._write_texts(record)
        for code, tier in known.items():
            if code not in found:
                tier.active = False

    def _write_texts(self, record):
        """Write name and benefits in each language, as the rules say them.

        :param rules.record_tiers.Tier record: the rules of this tier
        """
        self.ensure_one()
        names = record.name or {"en": record.code}
        benefits = [benefit.name or {"en": benefit.code} for benefit in record.benefits]
        for lang, _label in self.env["res.lang"].get_installed():
            key = self.env["hotel.loyalty.revision"]._get_rules_language(lang)
            self.with_context(lang=lang).write(
                {
                    "name": names.get(key, names["en"]),
                    "benefit_text": "\n".join(name.get(key, name["en"]) for name in benefits),
                }
            )
