from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

RESULTS = [
    ("satisfied", "Reached, Satisfied"),
    ("unsatisfied", "Reached, Not Satisfied"),
    ("not_reached", "Not Reached"),
    ("declined", "Does Not Want to Be Asked"),
]
NEXT_STEPS = [
    ("none", "Nothing"),
    ("again", "Follow Up Again"),
    ("case", "Open a Case"),
]


class HotelFollowUp(models.Model):
    """One follow-up of a guest: planned, assigned, made, with its result and what comes next."""

    _name = "hotel.follow.up"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Follow-Up"
    _order = "planned_date, id"
    _rec_name = "partner_id"
    _guest_fields = ("partner_id",)

    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, index=True, ondelete="restrict",
        domain=[("is_hotel_guest", "=", True)],
    )  # fmt: skip
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )  # fmt: skip
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    case_id = fields.Many2one("hotel.case", index="btree_not_null", ondelete="restrict")
    stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="restrict")
    reason = fields.Selection(
        [
            ("case", "After a Case"),
            ("rating", "Low Rating"),
            ("survey", "Low Survey Score"),
            ("stay", "After a Stay"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    channel = fields.Selection(
        [("phone", "Telephone"), ("visit", "Visit"), ("email", "E-Mail")], required=True, default="phone"
    )
    user_id = fields.Many2one(
        "res.users", string="Assigned To", index="btree_not_null", default=lambda self: self.env.user, tracking=True
    )
    planned_date = fields.Date(required=True, default=fields.Date.context_today)
    question = fields.Text(string="What to Ask")
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Made"), ("cancelled", "Cancelled")],
        required=True, default="planned", readonly=True, copy=False, tracking=True, index=True,
    )  # fmt: skip
    result = fields.Selection(RESULTS, copy=False)
    note = fields.Text(string="What the Guest Said", copy=False)
    next_step = fields.Selection(NEXT_STEPS, default="none", required=True, copy=False)
    next_date = fields.Date(copy=False)
    made_at = fields.Datetime(readonly=True, copy=False)
    made_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    previous_id = fields.Many2one("hotel.follow.up", readonly=True, copy=False, index="btree_not_null")

    _planned_idx = models.Index("(property_id, planned_date) WHERE state = 'planned'")

    @api.constrains("property_id", "case_id", "stay_id")
    def _check_same_property(self):
        for visit in self.sudo():
            if any(place.property_id != visit.property_id for place in (visit.case_id, visit.stay_id) if place):
                raise ValidationError(self.env._("Case and stay belong to the hotel of the follow-up."))

    @api.onchange("case_id")
    def _onchange_case_id(self):
        for visit in self.filtered("case_id"):
            case = visit.case_id
            visit.update({"partner_id": case.partner_id, "stay_id": case.stay_id, "property_id": case.property_id})

    @api.model_create_multi
    def create(self, vals_list):
        """Plan follow-ups; whoever has to make one finds it among what he or she has to do."""
        visits = super().create(vals_list)
        visits._tell_assigned()
        return visits

    def _tell_assigned(self):
        """Give those who have to make follow-ups something to do, instead of those who had before."""
        for visit in self.filtered(lambda visit: visit.state == "planned"):
            # activities of others go too
            todo = visit.sudo().with_context(mail_activity_quick_update=True)
            todo.activity_ids.unlink()
            if visit.user_id:
                told = todo.with_context(lang=visit.user_id.lang)
                told.activity_schedule(
                    "mail.mail_activity_data_todo", visit.planned_date,
                    summary=told.env._("Follow-up of a guest"), user_id=visit.user_id.id,
                )  # fmt: skip

    def write(self, vals):
        if not self.env.su and {"state", "made_at", "made_by_id", "previous_id"} & set(vals):
            raise UserError(self.env._("This follows from what is done with the follow-up; nobody writes it."))
        result = super().write(vals)
        if {"user_id", "planned_date"} & set(vals):
            self._tell_assigned()
        return result

    def action_made(self):
        """Note that these follow-ups were made, and take the next step. Callable by staff who may write them.

        :raises UserError: no result, or it is over already
        """
        self.check_access("write")
        for visit in self:
            if visit.state != "planned":
                raise UserError(self.env._("This follow-up is over already."))
            if not visit.result:
                raise UserError(self.env._("Say what came of it."))
            # follows from what is done
            visit.sudo().write({"state": "done", "made_at": fields.Datetime.now(), "made_by_id": self.env.uid})
            visit._take_next_step()
        self.sudo().activity_ids.unlink()

    def action_cancel(self):
        """Give these follow-ups up. Callable by staff who may write them."""
        self.check_access("write")
        self.filtered(lambda visit: visit.state == "planned").sudo().write({"state": "cancelled"})
        self.sudo().activity_ids.unlink()

    def _close_by_call(self, result, note=""):
        """Close a follow-up that was carried out by telephone; the call center asks for it.

        A guest who is not satisfied is heard again: a case is opened where no other next step was planned. A call that
        failed and will be tried again closes nothing; one that is given up does, as "not_reached".

        :param str result: satisfied, unsatisfied, not_reached or declined
        :param str note: what the guest said, plain text
        :return: whether it was closed now; one that is over already stays as it is
        :rtype: bool
        :raises ValueError: another result
        """
        self.ensure_one()
        if result not in dict(RESULTS):
            raise ValueError(f"no result of a follow-up: {result}")
        # whoever spoke to the guest closes it, whoever was to do so
        visit = self.sudo()
        if visit.state != "planned":
            return False
        vals = {"result": result, "note": note or visit.note}
        if result == "unsatisfied" and visit.next_step == "none":
            vals["next_step"] = "case"
        visit.write(vals)
        visit.action_made()
        return True

    def _take_next_step(self):
        if self.next_step == "again":
            days = 2 if self.result == "not_reached" else 7
            date = self.next_date or fields.Date.add(fields.Date.context_today(self), days=days)
            # as above
            self.copy({"planned_date": date}).sudo().previous_id = self
        elif self.next_step == "case":
            self.env["hotel.case"].create(
                {
                    "partner_id": self.partner_id.id,
                    "property_id": self.property_id.id,
                    "stay_id": self.stay_id.id,
                    "description": self.note or self.question,
                    "source": "phone" if self.channel == "phone" else "desk",
                }
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_manager(self):
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise UserError(self.env._("Only managers delete follow-ups."))
