"""Where facts are told to other systems."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL, LazyTranslate

from ... import webhook

_lt = LazyTranslate(__name__)

#: networks inside the house to which events may go, separated by commas
NETWORKS_PARAMETER = "hotel_crm_base.event_allowed_networks"
#: hours during which the former secret is valid beside the new one
ROTATION_HOURS = 24
#: code of a bad target -> sentence
TARGETS = {
    "bad_url": _lt("This is not a usable address."),
    "not_https": _lt("The address begins with https://."),
    "private_address": _lt("The address lies in a private network, which no administrator has allowed."),
    "unknown_host": _lt("There is no such host."),
}


class HotelEventSubscription(models.Model):
    """One receiver: which facts another system is told of, and where."""

    _name = "hotel.event.subscription"
    _inherit = ["hotel.cached.mixin"]
    _description = "Event Subscription"
    _order = "name, id"
    # which kinds anybody listens to
    _cached_fields = frozenset({"active", "kind_ids"})

    name = fields.Char(string="Receiver", required=True)
    active = fields.Boolean(default=True, help="Switched off, what happens is not noted for it.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    client_id = fields.Many2one(
        "hotel.api.client",
        string="API Client",
        domain="[('company_id', '=', company_id)]",
        ondelete="set null",
        index="btree_not_null",
        groups="hotel_crm_base.group_admin",
        help="With whose key the same system reads what it is told of.",
    )
    property_ids = fields.Many2many(
        "hotel.property",
        "hotel_event_subscription_property_rel",
        "subscription_id",
        "property_id",
        string="Properties",
        domain="[('company_id', '=', company_id)]",
        help="Facts of these properties only; empty: of all of the company. What is about a guest as such belongs"
        " to no property.",
    )
    kind_ids = fields.Many2many(
        "hotel.event.kind",
        "hotel_event_subscription_kind_rel",
        "subscription_id",
        "kind_id",
        string="Events",
    )
    url = fields.Char(string="Address", required=True, help="Events are sent there by POST; it begins with https://.")
    secret = fields.Char(
        required=True,
        copy=False,
        readonly=True,
        default=lambda self: webhook.make_secret(),
        groups="hotel_crm_base.group_admin",
        help="Signs each event, so that the receiver knows where it comes from.",
    )
    previous_secret = fields.Char(copy=False, readonly=True, groups="hotel_crm_base.group_admin")
    previous_until = fields.Datetime(
        string="Former Secret Valid Until", copy=False, readonly=True, groups="hotel_crm_base.group_admin"
    )
    hold_until = fields.Datetime(
        string="On Hold Until",
        copy=False,
        readonly=True,
        help="The receiver was in trouble and is left alone until then.",
    )
    failure_count = fields.Integer(string="Failures in a Row", copy=False, readonly=True)
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    dead_count = fields.Integer(string="Given Up", compute="_compute_counts")

    def _compute_counts(self):
        groups = self.env["hotel.event.delivery"]._read_group(
            [("subscription_id", "in", self.ids), ("state", "!=", "sent")],
            ["subscription_id", "state"],
            ["__count"],
        )
        for subscription in self:
            counts = {state: count for owner, state, count in groups if owner == subscription}
            subscription.dead_count = counts.pop("dead", 0)
            subscription.waiting_count = sum(counts.values())

    @api.constrains("url")
    def _check_url(self):
        """Refuse addresses that cannot be, or lie inside the house."""
        for subscription in self:
            try:
                webhook.check_url(subscription.url, self._get_networks())
            except webhook.TargetError as error:
                # a sentence of ours, chosen by its code
                raise ValidationError(self.env._(TARGETS[error.code])) from None

    @api.constrains("property_ids", "company_id")
    def _check_property_company(self):
        for subscription in self:
            if subscription.property_ids.company_id - subscription.company_id:
                raise ValidationError(self.env._("The properties of a receiver belong to its company."))

    # ---- actions ------------------------------------------------------------------------------

    def action_new_secret(self):
        """Make a new secret; the former one stays valid for a day. Callable by administrators.

        :raises AccessError: for everybody else
        """
        self._check_admin()
        until = fields.Datetime.now() + timedelta(hours=ROTATION_HOURS)
        for subscription in self:
            former = subscription.secret
            subscription.write(
                {"secret": webhook.make_secret(), "previous_secret": former, "previous_until": until}
            )

    def action_test(self):
        """Send an event of the kind ``ping``. Callable by administrators.

        :raises AccessError: for everybody else
        """
        self._check_admin()
        self.hold_until = False
        self.env["hotel.event.delivery"]._emit_ping(self)

    def action_open_deliveries(self):
        """Return the events of this receiver. Callable by those who may read it.

        :rtype: dict
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_event_delivery_action")
        return {**action, "domain": [("subscription_id", "=", self.id)], "context": {}}

    def _check_admin(self):
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("hotel_crm_base.group_admin")):
            raise AccessError(self.env._("Only administrators do this."))

    # ---- for the job --------------------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _query_listened_kinds(self):
        """Return the codes of all kinds that anybody is told of. Most transactions ask: kept, and one query else.

        :rtype: frozenset[str]
        """
        # whoever causes a fact need not know who is told of it
        self.sudo().flush_model(["active", "kind_ids"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT kind.code FROM hotel_event_kind kind
                     JOIN hotel_event_subscription_kind_rel rel ON rel.kind_id = kind.id
                     JOIN hotel_event_subscription subscription ON subscription.id = rel.subscription_id
                    WHERE subscription.active"""
            )
        )
        return frozenset(code for (code,) in rows)

    @api.model
    def _get_networks(self):
        """Return the networks inside the house that an administrator has allowed."""
        # parameters are closed to others than administrators of the server
        text = self.env["ir.config_parameter"].sudo().get_param(NETWORKS_PARAMETER)
        return webhook.read_networks(text or "")

    def _make_receiver(self):
        """Return what the sending thread needs to know.

        :rtype: webhook.Receiver
        """
        self.ensure_one()
        valid = [self.secret]
        if self.previous_secret and self.previous_until and self.previous_until > fields.Datetime.now():
            valid.append(self.previous_secret)
        return webhook.Receiver(self.url, tuple(valid), self._get_networks())
