"""Points to another member, who is named by member number and last name."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base import contact, likeness, visitor

#: what a transfer on the page is, the first that the programme has
KINDS = ("transfer", "gift")
MAX_NUMBER, MOST_POINTS = 32, 10**9


class HotelMemberTransfer(models.AbstractModel):
    """A transfer from the card of the guest who is logged in."""

    _name = "hotel.member.transfer"
    _description = "Transfer by a Member"

    @api.model
    def _get_rule(self, card):
        """Return what the programme says about transfers, and the kind that the page makes.

        :rtype: tuple[rules.record_offers.Transfers, str] | tuple[None, None]
        """
        rule = self.env["hotel.member.page"]._get_terms(card.program_id).version.transfers
        kind = next((kind for kind in KINDS if rule and kind in rule.kinds), None)
        return (rule, kind) if kind else (None, None)

    @api.model
    def _get_limits(self, card):
        """Return what the programme allows, a sentence each.

        :param loyalty.card card: the guest's own, with sudo
        :rtype: list[str]
        """
        rule, _kind = self._get_rule(card)
        lines = []
        if rule.least > 1:
            lines.append(self.env._("At least %(points)s points at once.", points=rule.least))
        if rule.step > 1:
            lines.append(self.env._("Only multiples of %(points)s points.", points=rule.step))
        if rule.most is not None:
            lines.append(self.env._("At most %(points)s points at once.", points=rule.most))
        if rule.year_points is not None:
            lines.append(
                self.env._(
                    "At most %(most)s points a year; you have given %(used)s this year.",
                    most=rule.year_points,
                    used=self._get_given(card),
                )
            )
        if rule.year_count is not None:
            lines.append(self.env._("At most %(count)s times a year.", count=rule.year_count))
        if rule.member_days:
            lines.append(self.env._("From %(days)s days after you have joined.", days=rule.member_days))
        if rule.minimum_tier:
            names = card.program_id._get_hotel_names(self.env["hotel.member.page"]._get_language())
            lines.append(self.env._("From %(tier)s up.", tier=names.get(rule.minimum_tier, rule.minimum_tier)))
        return lines

    @api.model
    def _get_given(self, card):
        """Return how many points a member has passed on this year.

        :rtype: int
        """
        first = card.program_id._get_hotel_today().replace(month=1, day=1)
        domain = [
            ("card_id", "=", card.id),
            ("kind", "in", KINDS),
            ("state", "=", "posted"),
            ("points", "<", 0),
            ("date", ">=", first),
        ]
        # guests have no rights on the ledger: the card is their own
        ((points,),) = self.env["hotel.loyalty.posting"].sudo()._read_group(domain, [], ["points:sum"])
        return -int(points or 0)

    @api.model
    def _read_form(self, values):
        """Return what a member wrote and sentences about what is missing.

        :param values: as they came with the request
        :returns: facts (number, name, points), problems (field to sentence)
        :rtype: tuple[dict, dict]
        """
        digits = visitor.read_number(values.get("points"), 0, MOST_POINTS, 0)
        facts = {
            "number": contact.clean(str(values.get("number") or ""))[:MAX_NUMBER].replace(" ", ""),
            "name": contact.clean_name(str(values.get("name") or ""))[: visitor.MAX_NAME],
            "points": digits,
        }
        problems = {}
        if not facts["number"]:
            problems["number"] = self.env._("Please enter the member number of who gets the points.")
        if not facts["name"]:
            problems["name"] = self.env._("Please enter the last name of who gets the points.")
        if facts["points"] <= 0:
            problems["points"] = self.env._("Please enter how many points, in whole numbers.")
        return facts, problems

    @api.model
    def _find_receiver(self, card, number, name):
        """Return the card of the member that number and last name name together, or none.

        Whether there is no such number, another name, or no membership: the answer is the same.

        :param loyalty.card card: the giver's
        :rtype: loyalty.card, with sudo
        """
        # guests have no rights on guests; both have to be known
        guest = self.env["res.partner"].sudo()._find_hotel_guest_by_code(number)
        if not guest or not likeness.is_last_name(name, guest.name):
            return self.env["loyalty.card"].sudo()
        found = card.program_id._get_hotel_card(guest)
        return found.filtered(lambda one: one.hotel_state == "active")

    @api.model
    def _check(self, card, receiver, points):
        """Return a sentence about what stands against a transfer, or an empty text; nothing is written.

        :rtype: str
        """
        _rule, kind = self._get_rule(card)
        outcome = self.env["hotel.loyalty.evaluation"]._look(card)[card.id]
        try:
            card._check_hotel_transfer(card, receiver, points, kind, outcome)
        except UserError as error:
            return str(error)
        return ""

    @api.model
    def _transfer(self, card, receiver, points):
        """Pass points on.

        :raises UserError: with all that stands against it
        """
        _rule, kind = self._get_rule(card)
        return card._hotel_transfer(receiver, points, kind)
