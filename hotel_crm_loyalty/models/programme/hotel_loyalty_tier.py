from odoo import api, fields, models


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

    @api.model
    def _sync(self, program, programme):
        """Make the records of a programme's tiers as its rules say: those of its last version are active.

        :param loyalty.program program: whose tiers
        :param rules.programme.Programme programme: what they are
        """
        last = {tier.code: rank for rank, tier in enumerate(programme.versions[-1].tiers)}
        found = {tier.code: tier for version in programme.versions for tier in version.tiers}
        known = {
            tier.code: tier
            for tier in self.with_context(active_test=False).search([("program_id", "=", program.id)])
        }
        for code, record in found.items():
            vals = {"rank": last.get(code, 0), "active": code in last}
            if code not in known:
                names, lines = self._list_texts(record)
                tier = self.create({"program_id": program.id, "code": code, "name": names["en"], **vals})
                for lang, _label in self.env["res.lang"].get_installed():
                    text = lines.get(lang, lines["en"])
                    tier.with_context(lang=lang).write({"name": names.get(lang, names["en"]), "benefit_text": text})
            else:
                known[code].write(vals)
        for code, tier in known.items():
            if code not in found:
                tier.active = False

    @api.model
    def _list_texts(self, record):
        """Return name and benefits of a tier, each as language -> text."""
        names = record.name or {"en": record.code}
        benefits = [benefit.name or {"en": benefit.code} for benefit in record.benefits]
        langs = {"en"}.union(*benefits)
        return names, {lang: "\n".join(name.get(lang, name["en"]) for name in benefits) for lang in langs}
