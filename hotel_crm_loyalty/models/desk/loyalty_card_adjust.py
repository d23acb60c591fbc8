"""Points and tiers that the hotel gives by hand: within a limit at once, above it with approval."""

from odoo import models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...rules.record_tiers import GRANTS
from .hotel_loyalty_limit import ADJUSTERS

#: more than this is a slip of the hand, whoever approves it
MOST_POINTS = 10_000_000


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _hotel_adjust(self, points, reason, note=None, expiry_date=None):
        """Give a member points, or take some: at once within the limit of the role, else it waits for approval.

        :param int points: less than 0 takes
        :param hotel.loyalty.reason reason: why
        :param str note: what happened, kept and said to the member
        :param date expiry_date: until when given points live; default by the rules
        :rtype: hotel.loyalty.posting, with sudo
        :raises AccessError: another role
        :raises UserError: no points, too many, no reason, a closed account, or more than there is
        """
        self.ensure_one()
        self._check_hotel_adjuster()
        self._check_hotel_adjustment(points, reason, expiry_date)
        limit, _can_grant = self.env["hotel.loyalty.limit"]._get_limit(self.sudo().program_id, self.env.user)
        vals = self._prepare_hotel_request_vals(reason, note, abs(points) <= limit)
        vals.update(kind="adjust", points=points, expiry_date=expiry_date if points > 0 else None)
        return self._file_hotel_request("hotel.loyalty.posting", vals)

    def _hotel_grant(self, tier, kind, until_date=None, reason=None, note=None):
        """Give a member a tier that was not earned: at once where the role may, else it waits for approval.

        :param hotel.loyalty.tier tier: of the member's programme
        :param str kind: bought, gifted, invited or matched, as the rules of the tier allow
        :param date until_date: last day; default as if the tier had been earned
        :rtype: hotel.loyalty.grant, with sudo
        :raises AccessError: another role
        :raises UserError: the rules do not give this tier so, or a closed account
        """
        self.ensure_one()
        self._check_hotel_adjuster()
        self._check_hotel_grant(tier, kind, until_date)
        _points, can_grant = self.env["hotel.loyalty.limit"]._get_limit(self.sudo().program_id, self.env.user)
        vals = self._prepare_hotel_request_vals(reason, note, can_grant)
        vals.update(tier_id=tier.id, kind=kind, until_date=until_date)
        return self._file_hotel_request("hotel.loyalty.grant", vals)

    def _file_hotel_request(self, model, vals):
        """Keep a fact; evaluate where it holds at once, else ask for approval."""
        # facts are the program's: who may ask for them is checked by the callers
        fact = self.env[model].sudo().create(vals)
        if fact.state == "posted":
            self._hotel_evaluate()
            fact._after_posted()
        else:
            fact._ask_for_approval()
        return fact

    def _prepare_hotel_request_vals(self, reason, note, is_within):
        return {
            "card_id": self.id,
            "user_id": self.env.uid,
            "reason_id": reason.id if reason else None,
            "note": (note or "").strip() or None,
            "state": "posted" if is_within else "waiting",
            "property_id": self.env.user._get_hotel_property().id,
        }

    def _check_hotel_adjuster(self):
        """Refuse who may not see this member, or may not ask for anything.

        :raises AccessError: with the reason
        """
        self.check_access("read")
        self._check_hotel_open()
        if not self.env.su and not any(self.env.user.has_group(group) for group in ADJUSTERS):
            raise AccessError(self.env._("Your role does not give or take points."))

    def _check_hotel_adjustment(self, points, reason, expiry_date):
        if not isinstance(points, int) or isinstance(points, bool) or not points:
            raise UserError(self.env._("Give or take one point or more."))
        if abs(points) > MOST_POINTS:
            raise UserError(self.env._("That are too many points for one adjustment."))
        if not reason:
            raise UserError(self.env._("Choose a reason."))
        card = self.sudo()
        available = card.points + card.hotel_pending
        if points < 0 and -points > available:
            raise UserError(self.env._("The member has %(points)s points only.", points=int(available)))
        if expiry_date and expiry_date <= card.program_id._get_hotel_today():
            raise ValidationError(self.env._("The points would have expired already."))

    def _check_hotel_grant(self, tier, kind, until_date):
        """Refuse a tier that the rules in force do not give in this way.

        :raises UserError: with the reason
        """
        program = self.sudo().program_id
        today = program._get_hotel_today()
        found = program._get_hotel_plan().at(today).find_tier(tier.sudo().code or "")
        if tier.sudo().program_id != program or found is None:
            raise UserError(self.env._("This tier is not one of the member's programme."))
        if kind not in GRANTS or kind not in found.record.grants:
            raise UserError(self.env._("The rules of the programme do not give %(tier)s in this way.", tier=tier.name))
        if until_date and until_date < today:
            raise UserError(self.env._("The tier would have ended already."))
        held = program._get_hotel_plan().at(today).get_tier(self.sudo().hotel_tier_id.code or "")
        if held.rank > found.rank:
            raise UserError(self.env._("The member has a higher tier already."))
