"""Potential guests: contacts who never stayed and are like those who have."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .hotel_prospect_band import USERS


class HotelProspect(models.Model):
    """One contact who never stayed in a company's hotels, on the list because of the band he or she is in."""

    _name = "hotel.prospect"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Potential Guest"
    _order = "lift desc, id"
    _rec_name = "partner_id"
    _log_access = False

    _is_change_traced = False  # a list that is made anew says nothing new of a guest

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    band_id = fields.Many2one("hotel.prospect.band", readonly=True, index=True, ondelete="set null")
    lift = fields.Float(string="Score", readonly=True, digits=(16, 2), aggregator="avg")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    is_handed_over = fields.Boolean(string="Handed Over", readonly=True)

    _once = models.UniqueIndex("(company_id, partner_id)", "This guest is on the list already.")
    _partner_idx = models.Index("(partner_id)")

    @api.model
    def _query_insert(self, company, closest, most):
        """Put those on the list who never stayed, are not expected and are likelier than others; SQL for volume.

        :param list closest: age, gender, country, channel, band and lift of each profile
        :param int most: how many at most
        """
        columns = [list(column) for column in zip(*closest, strict=True)] or [[] for _number in range(6)]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_prospect (partner_id, company_id, band_id, lift)
                   SELECT t.id, %s, c.band_id, c.lift
                     FROM hotel_prospect_tmp t
                     JOIN unnest(%s::text[], %s::text[], %s::int[], %s::int[], %s::int[], %s::float8[])
                          c (age, gender, country_id, channel_id, band_id, lift)
                       ON t.age IS NOT DISTINCT FROM c.age AND t.gender IS NOT DISTINCT FROM c.gender
                      AND t.country_id IS NOT DISTINCT FROM c.country_id
                      AND t.channel_id IS NOT DISTINCT FROM c.channel_id
                     JOIN res_partner p ON p.id = t.id
                    WHERE NOT t.has_stayed AND NOT t.is_expected AND c.lift > 1 AND p.active
                      AND p.hotel_block_reason IS NULL AND NOT COALESCE(p.hotel_is_to_match, FALSE)
                      AND (p.email IS NOT NULL OR p.phone IS NOT NULL)
                    ORDER BY c.lift DESC, t.id DESC LIMIT %s
                   ON CONFLICT (company_id, partner_id)
                   DO UPDATE SET band_id = excluded.band_id, lift = excluded.lift""",
                company.id, *columns, most,
            )
        )  # fmt: skip
        self.invalidate_model()

    def action_hand_over(self):
        """Hand these potential guests over to Odoo's CRM, as leads. Callable by marketing and managers.

        Who must not be contacted now is left out, and who was handed over before.

        :raises UserError: CRM is not installed, or nobody is left
        """
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in USERS):
            raise AccessError(self.env._("Marketing and managers hand over potential guests."))
        if "crm.lead" not in self.env:
            raise UserError(self.env._("Install Odoo's CRM first: leads are worked on there."))
        waiting = self.filtered(lambda prospect: not prospect.is_handed_over)
        blocked = waiting.partner_id._get_hotel_contact_blocks("offer")
        waiting = waiting.filtered(lambda prospect: prospect.partner_id.id not in blocked)
        if not waiting:
            raise UserError(self.env._("Nobody of these can be handed over now."))
        # marketing need not work in CRM itself
        self.env["crm.lead"].sudo().create([prospect._prepare_lead_vals() for prospect in waiting])
        waiting.sudo().is_handed_over = True

    def _prepare_lead_vals(self):
        """Return the values of the lead that a potential guest becomes."""
        self.ensure_one()
        partner = self.partner_id
        return {
            "name": self.env._("Potential guest: %s", partner.name),
            "type": "lead",
            "partner_id": partner.id,
            "contact_name": partner.name,
            "email_from": partner.email,
            "phone": partner.phone,
            "company_id": self.company_id.id,
            "description": self.env._("%(band)s: %(lift).1f times as likely to stay as others.",
                                      band=self.band_id.name or "", lift=self.lift),
        }  # fmt: skip
