"""Calls of a guest, and whether and when he or she may be called."""

import phonenumbers

from odoo import api, fields, models

from odoo.addons.hotel_crm_base import quiet


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_call_ids = fields.One2many("hotel.call", "partner_id", string="Calls")
    hotel_call_count = fields.Integer(compute="_compute_hotel_call_count")

    @api.depends("hotel_call_ids")
    @api.depends_context("uid")
    def _compute_hotel_call_count(self):
        calls = self.env["hotel.call"]
        counts = {}
        if calls.has_access("read"):
            counts = dict(calls._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"]))
        for guest in self:
            guest.hotel_call_count = counts.get(guest._origin, 0)

    def action_hotel_calls(self):
        """Return the action that lists the calls of this guest. Callable by those who may read calls.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_callcenter.hotel_call_action")
        return {**action, "domain": [("partner_id", "=", self.id)]}

    def action_hotel_dial(self):
        """Call this guest: the own telephone rings first. Callable by agents with a telephone.

        :rtype: dict: a note that the telephone will ring
        :raises UserError: no telephone, or no number
        """
        self.ensure_one()
        self.env["hotel.call.desk"].dial(self.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("Your telephone rings in a moment."), "type": "success"},
        }

    @api.model
    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.call": "partner_id", "hotel.call.job": "partner_id"}

    def _get_hotel_call_refusal(self, purpose, number):
        """Return the code of what stands against calling a number; the gate of messages for telephones.

        What a guest has asked for passes all but the list of numbers that are not to be called.

        :param str purpose: of hotel.consent, transaction (the guest has asked for it) or service (an answer to a call)
        :param str number: with + and country code
        :returns: do_not_call, gone, blocked, no_consent, contact_block, or ''
        :rtype: str
        """
        # closed to those who plan calls
        listed = self.env["phone.blacklist"].sudo().search_count([("number", "=", number)], limit=1)
        if listed and purpose != "transaction":
            return "do_not_call"
        if not self or purpose in ("transaction", "service"):
            return ""
        if not self.active:
            return "gone"
        if self.hotel_is_blocked:
            return "blocked"
        if not self._has_hotel_consent(purpose, "phone"):
            return "no_consent"
        return "contact_block" if self._get_hotel_contact_block(purpose) else ""

    def _get_hotel_call_time(self, moment, hotel, number):
        """Return the first instant from a moment on at which the guest may be called.

        :param datetime moment: naive, UTC
        :param hotel.property hotel: who calls; its company says which hours are quiet
        :param str number: where the guest is unknown, its country says where he or she lives
        :rtype: datetime
        """
        company = hotel.company_id
        start, end = company.hotel_quiet_start, company.hotel_quiet_end
        if start == end:
            return moment
        country = self.country_id.code or self._guess_hotel_country(number)
        zones = quiet.get_zones(self.tz or None, country, hotel.tz)
        return quiet.next_allowed_everywhere(moment, zones, start, end)

    @api.model
    def _guess_hotel_country(self, number):
        """Return the country (two letters) that a number belongs to, None where it cannot be said."""
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return None
        return phonenumbers.region_code_for_number(parsed)

    def _hotel_anonymize(self):
        """Numbers, notes and recordings go; that there was a call stays, for the figures."""
        # closed to those who may erase but not see
        calls = self.env["hotel.call"].sudo().search([("partner_id", "in", self.ids)])
        calls.recording_ids.unlink()
        calls.write({"number": False, "note": False})
        self.env["hotel.call.job"].sudo().search([("partner_id", "in", self.ids)]).unlink()
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        # as above
        calls = self.env["hotel.call"].sudo().search([("partner_id", "=", self.id)], order="id")
        if calls:
            data[self.env._("Calls")] = [
                {
                    self.env._("Date"): call.started_at,
                    self.env._("Direction"): call.direction,
                    self.env._("Number"): call.number,
                    self.env._("Outcome"): call.outcome,
                    self.env._("Note"): call.note,
                }
                for call in calls
            ]
        return data
