"""The models whose rows tell something about a guest; see hotel.guest.trace.mixin."""

from odoo import api, models

from .hotel_guest_trace_mixin import leaves_entry


class HotelStay(models.Model):
    _name = "hotel.stay"
    _inherit = ["hotel.stay", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]

    _guest_fields = ("partner_id", "companion_ids")


class HotelConsumption(models.Model):
    _name = "hotel.consumption"
    _inherit = ["hotel.consumption", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]


class HotelServiceRecord(models.Model):
    _name = "hotel.service.record"
    _inherit = ["hotel.service.record", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]


class HotelGuestPreference(models.Model):
    _name = "hotel.guest.preference"
    _inherit = ["hotel.guest.preference", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]


class HotelGuestRelation(models.Model):
    _name = "hotel.guest.relation"
    _inherit = ["hotel.guest.relation", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]

    _guest_fields = ("partner_id", "related_partner_id")


class HotelConsent(models.Model):
    _name = "hotel.consent"
    _inherit = ["hotel.consent", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]


class HotelGuestMetric(models.Model):
    _name = "hotel.guest.metric"
    _inherit = ["hotel.guest.metric", "hotel.guest.trace.mixin"]

    _is_change_traced = False  # computed, not changed by people


class HotelGuestDocument(models.Model):
    _name = "hotel.guest.document"
    _inherit = ["hotel.guest.document", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]

    _is_change_traced = False  # notes its changes itself


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "hotel.guest.trace.mixin"]

    _is_change_traced = False  # its contact is

    def _add_shown(self, frame, names=None):
        """The account of a guest shows the guest."""
        frame.contact_ids |= self.filtered("share")._get_guest_ids()


class HotelFrontDesk(models.AbstractModel):
    _inherit = "hotel.front.desk"

    @api.model
    @leaves_entry
    def get_day(self, property_id, full=()):
        day = super().get_day(property_id, full)
        shown = {row["partner_id"] for rows in day.values() if isinstance(rows, dict) for row in rows["rows"]}
        self.env["hotel.access.log"]._log("list", shown, model="hotel.stay")
        return day
