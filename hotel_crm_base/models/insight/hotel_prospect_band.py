"""Where those who stay come from: groups of people with how many of them have stayed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ... import prospects

#: people that a band needs to say something, and guests on the list of a company, by default
LEAST_PARAMETER, LEAST_DEFAULT = "hotel_crm_base.prospect_least", 50
MOST_PARAMETER, MOST_DEFAULT = "hotel_crm_base.prospect_most", 5000
USERS = ("hotel_crm_base.group_marketing", "hotel_crm_base.group_manager")
AGES = [(band, band) for band in ("0-17", "18-29", "30-39", "40-49", "50-59", "60+")]
#: age band of a contact ``p`` on a day, as prospects.age_band has it
AGE_SQL = """CASE WHEN p.hotel_birth_date IS NULL THEN NULL
    WHEN extract(year FROM age(%(today)s, p.hotel_birth_date)) < 18 THEN '0-17'
    WHEN extract(year FROM age(%(today)s, p.hotel_birth_date)) < 30 THEN '18-29'
    WHEN extract(year FROM age(%(today)s, p.hotel_birth_date)) < 40 THEN '30-39'
    WHEN extract(year FROM age(%(today)s, p.hotel_birth_date)) < 50 THEN '40-49'
    WHEN extract(year FROM age(%(today)s, p.hotel_birth_date)) < 60 THEN '50-59'
    ELSE '60+' END"""


class HotelProspectBand(models.Model):
    """One band of people of a company: what they have in common, and how much likelier than all they are to stay."""

    _name = "hotel.prospect.band"
    _description = "Band of Guests"
    _order = "lift desc, contacts desc, id"
    _log_access = False

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    age = fields.Selection(AGES, readonly=True)
    gender = fields.Char(readonly=True)
    country_id = fields.Many2one("res.country", string="Region", readonly=True, ondelete="cascade")
    channel_id = fields.Many2one("hotel.channel", readonly=True, ondelete="cascade")
    contacts = fields.Integer(string="People", readonly=True)
    converted = fields.Integer(string="Have Stayed", readonly=True)
    share = fields.Float(readonly=True, digits=(16, 4), aggregator="avg")
    lift = fields.Float(
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
        help="Share of this band that has stayed, divided by that of all: 2 is twice as likely.",
    )
    prospect_count = fields.Integer(string="Potential Guests", readonly=True)
    computed_at = fields.Datetime(string="Computed On", readonly=True)

    @api.depends_context("lang")
    @api.depends("age", "gender", "country_id", "channel_id")
    def _compute_name(self):
        genders = dict(self.env["res.partner"]._fields["hotel_gender"]._description_selection(self.env))
        for band in self:
            parts = [band.age, genders.get(band.gender), band.country_id.name, band.channel_id.name]
            band.name = ", ".join(filter(None, parts)) or self.env._("Everybody")

    @api.model
    def action_compute(self):
        """Have the bands and the list made anew, in the background. Callable by marketing and managers.

        :rtype: dict: an action that says so
        """
        if not any(self.env.user.has_group(group) for group in USERS):
            raise AccessError(self.env._("Marketing and managers look for potential guests."))
        self.env.ref("hotel_crm_base.ir_cron_prospects").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("The list is being made anew in the background."), "type": "info"},
        }

    # ---- computing --------------------------------------------------------------------------

    @api.model
    def _cron_compute(self):
        """Make the bands and the list of each company anew, one company in each transaction."""
        companies = self.env["hotel.property"].search([]).company_id
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(companies))
        for company in companies:
            self._compute_company(company)
            if not progress._commit_progress(1):
                break

    @api.model
    def _get_number(self, parameter, default):
        # parameters are closed to users
        text = self.env["ir.config_parameter"].sudo().get_param(parameter) or ""
        return int(text) if text.isdecimal() and int(text) else default

    @api.model
    def _compute_company(self, company):
        """Judge all guests whom a company may see, and keep those who never stayed and are likelier than others."""
        for model in ("res.partner", "hotel.stay"):
            self.env[model].flush_model()
        self._query_profiles(company)
        rows = self.env.execute_query(
            SQL(
                """SELECT age, gender, country_id, channel_id, count(*), count(*) FILTER (WHERE has_stayed)
                     FROM hotel_prospect_tmp GROUP BY 1, 2, 3, 4"""
            )
        )
        least = self._get_number(LEAST_PARAMETER, LEAST_DEFAULT)
        found = prospects.judge([(row[:4], row[4], row[5]) for row in rows], least)
        old = self.search([("company_id", "=", company.id)])
        self.env["hotel.prospect"].search([("company_id", "=", company.id), ("is_handed_over", "=", False)]).unlink()
        kept = self.env["hotel.prospect"].search([("company_id", "=", company.id)])
        kept.band_id = False
        old.unlink()
        ids = self._create_bands(company, found)
        closest = [(*profile, ids[band], found.bands[band].lift) for profile, band in found.closest.items()]
        self.env["hotel.prospect"]._query_insert(company, closest, self._get_number(MOST_PARAMETER, MOST_DEFAULT))
        self._query_count(company)

    def _create_bands(self, company, found):
        """Create the bands of a judgement; return their ids by what they have in common."""
        now = fields.Datetime.now()
        bands = self.create(
            [
                {
                    "company_id": company.id, "age": profile[0], "gender": profile[1], "country_id": profile[2],
                    "channel_id": profile[3], "contacts": band.contacts, "converted": band.converted,
                    "share": band.converted / band.contacts, "lift": band.lift, "computed_at": now,
                }
                for profile, band in found.bands.items()
            ]
        )  # fmt: skip
        return dict(zip(found.bands, bands.ids, strict=True))

    @api.model
    def _query_profiles(self, company):
        """Make the table of all guests with their profiles; SQL because there may be a million."""
        self.env.cr.execute("DROP TABLE IF EXISTS hotel_prospect_tmp")
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE hotel_prospect_tmp ON COMMIT DROP AS
                   SELECT p.id, %(age)s AS age, p.hotel_gender AS gender, p.country_id, s.channel_id,
                          COALESCE(s.has_stayed, FALSE) AS has_stayed, COALESCE(s.is_expected, FALSE) AS is_expected
                     FROM res_partner p LEFT JOIN (
                          SELECT stay.partner_id, bool_or(stay.state IN ('departed', 'in_house')) AS has_stayed,
                                 bool_or(stay.state IN ('held', 'booked')) AS is_expected,
                                 (array_agg(stay.channel_id ORDER BY stay.arrival_date, stay.id)
                                  FILTER (WHERE stay.channel_id IS NOT NULL))[1] AS channel_id
                            FROM hotel_stay stay JOIN hotel_property h ON h.id = stay.property_id
                           WHERE h.company_id = %(company)s AND stay.partner_id IS NOT NULL
                           GROUP BY 1) s ON s.partner_id = p.id
                    WHERE p.is_hotel_guest AND NOT COALESCE(p.is_company, FALSE) AND p.hotel_merged_into_id IS NULL
                      AND (p.active OR p.hotel_erased_at IS NOT NULL)
                      AND (p.company_id IS NULL OR p.company_id = %(company)s)""",
                age=SQL(AGE_SQL, today=fields.Date.context_today(self)),
                company=company.id,
            )
        )

    @api.model
    def _query_count(self, company):
        """Count the list by band; SQL because of volume."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_prospect_band b SET prospect_count = (
                       SELECT count(*) FROM hotel_prospect p WHERE p.band_id = b.id) WHERE b.company_id = %s""",
                company.id,
            )
        )
        self.invalidate_model()
