"""Calls that plan themselves: follow-ups of the service addon, and guests who have left."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

KINDS = {"case": "case", "rating": "rating", "survey": "rating", "stay": "departure"}
#: follow-ups an hour; departures of a hotel and day
BATCH, MOST_DEPARTURES = 500, 5000


class HotelCallJob(models.Model):
    _inherit = "hotel.call.job"

    @api.model
    def _cron_plan(self):
        """Plan what has become due since the last time; each occasion once."""
        self._plan_follow_ups()
        for hotel in self.env["hotel.property"].search([("departure_call_days", ">", 0)]):
            self._plan_departures(hotel)

    @api.model
    def _plan_follow_ups(self):
        """Plan a call for each follow-up by telephone that is due; the service addon says which these are."""
        exchanges = self.env["hotel.call.exchange"].search([])
        due = self.env["hotel.follow.up"].search(
            Domain("state", "=", "planned")
            & Domain("company_id", "in", exchanges.company_id.ids)
            & Domain("channel", "=", "phone")
            & Domain("planned_date", "<=", fields.Date.today())
            & Domain("call_job_ids", "=", False)
            & Domain("partner_id.phone_sanitized", "!=", False),
            limit=BATCH,
        )
        for follow_up in due:
            guest = follow_up.partner_id
            self._plan(
                follow_up.property_id,
                KINDS.get(follow_up.reason, "manual"),
                guest.phone_sanitized,
                f"follow_up/{follow_up.id}",
                partner_id=guest.id,
                note=follow_up.question,
                follow_up_id=follow_up.id,
                agent_id=self._find_agent(follow_up.user_id).id,
            )

    @api.model
    def _plan_departures(self, hotel):
        """Plan a call to each guest who has left some days ago."""
        day = hotel.business_date - timedelta(days=hotel.departure_call_days)
        stays = self.env["hotel.stay"].search(
            [
                ("property_id", "=", hotel.id),
                ("state", "=", "departed"),
                ("departure_date", "=", day),
                ("partner_id.phone_sanitized", "!=", False),
            ],
            limit=MOST_DEPARTURES,
        )
        for stay in self._get_unplanned(stays, "departure"):
            guest = stay.partner_id
            self._plan(hotel, "departure", guest.phone_sanitized, f"departure/{stay.id}", partner_id=guest.id)

    @api.model
    def _get_unplanned(self, records, word):
        """Return those of these records that have no call yet, by one query."""
        keys = [f"{word}/{record.id}" for record in records]
        known = {job.source_key for job in self.search_fetch([("source_key", "in", keys)], ["source_key"])}
        return records.filtered(lambda record: f"{word}/{record.id}" not in known)

    @api.model
    def _find_agent(self, user):
        """Return the telephone of a user, empty where there is none."""
        return self.env["hotel.call.agent"].search([("user_id", "=", user.id)], limit=1) if user else self.agent_id
