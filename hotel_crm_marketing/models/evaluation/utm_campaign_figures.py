"""What an activity has brought so far: counted from messages, sign-ups, coupons and bookings when it is looked at."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..campaign.utm_campaign import MONEY_READERS

#: field -> column of the queries
FIGURES = {
    "hotel_reached_count": "reached",
    "hotel_delivered_count": "delivered",
    "hotel_opened_count": "opened",
    "hotel_clicked_count": "clicked",
    "hotel_sms_cost": "sms_cost",
    "hotel_signup_count": "signups",
    "hotel_won_count": "won",
    "hotel_given_count": "given",
    "hotel_used_count": "used",
    "hotel_booking_count": "bookings",
    "hotel_night_count": "nights",
    "hotel_revenue": "revenue",
    "hotel_discount": "discount",
}


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_reached_count = fields.Integer(string="Reached", compute="_compute_hotel_figures", help="Messages that left.")
    hotel_delivered_count = fields.Integer(
        string="Delivered", compute="_compute_hotel_figures", help="Of these, those that did not come back."
    )
    hotel_opened_count = fields.Integer(string="Opened", compute="_compute_hotel_figures")
    hotel_clicked_count = fields.Integer(string="Clicked", compute="_compute_hotel_figures")
    hotel_sms_cost = fields.Monetary(
        string="Cost of SMS",
        compute="_compute_hotel_figures",
        currency_field="hotel_currency_id",
        groups=MONEY_READERS,
        help="As the SMS gateway says.",
    )
    hotel_signup_count = fields.Integer(string="Took Part", compute="_compute_hotel_figures")
    hotel_won_count = fields.Integer(string="Winners", compute="_compute_hotel_figures")
    hotel_given_count = fields.Integer(string="Coupons Given", compute="_compute_hotel_figures")
    hotel_used_count = fields.Integer(string="Coupons Used", compute="_compute_hotel_figures")
    hotel_booking_count = fields.Integer(
        string="Bookings", compute="_compute_hotel_figures", help="By a link or with a coupon of the activity."
    )
    hotel_night_count = fields.Integer(string="Nights", compute="_compute_hotel_figures")
    hotel_revenue = fields.Monetary(
        string="Revenue", compute="_compute_hotel_figures", currency_field="hotel_currency_id", help="Of these nights."
    )
    hotel_discount = fields.Monetary(
        string="Discounts", compute="_compute_hotel_figures", currency_field="hotel_currency_id"
    )

    def _compute_hotel_figures(self):
        for campaign in self:
            figures = campaign._query_hotel_figures() if campaign.id and campaign.hotel_kind else {}
            for name, column in FIGURES.items():
                campaign[name] = figures.get(column) or 0

    def _query_hotel_figures(self):
        """Return what the activity has brought so far; SQL because there are hundreds of thousands of messages.

        Whoever sees the activity sees its sums, not whose they are.

        :rtype: dict[str, int | float]
        """
        self.ensure_one()
        self.env.flush_all()
        figures = {}
        for query in (
            self._get_hotel_message_figures(),
            self._get_hotel_coupon_figures(),
            self._get_hotel_booking_figures(),
        ):
            cursor = self.env.cr
            cursor.execute(query)
            for row in cursor.dictfetchall():
                figures |= row
        return figures

    def _get_hotel_message_figures(self):
        return SQL(
            """SELECT count(*) FILTER (WHERE message.state = 'sent') AS reached,
                      count(*) FILTER (WHERE message.state = 'sent' AND COALESCE(trace.trace_status, '')
                                       NOT IN ('bounce', 'error', 'cancel')) AS delivered,
                      count(*) FILTER (WHERE trace.open_datetime IS NOT NULL) AS opened,
                      count(*) FILTER (WHERE trace.links_click_datetime IS NOT NULL) AS clicked,
                      (SELECT count(*) FROM hotel_campaign_signup signup
                        WHERE signup.campaign_id = %(id)s AND signup.state = 'signed') AS signups,
                      (SELECT count(*) FROM hotel_prize_win win WHERE win.campaign_id = %(id)s) AS won,
                      COALESCE(sum(message.sms_cost), 0)::float AS sms_cost
                 FROM hotel_campaign_member member
                 JOIN hotel_message message ON message.id = member.message_id
                 LEFT JOIN LATERAL (SELECT * FROM mailing_trace found WHERE found.model = 'hotel.campaign.member'
                       AND found.res_id = member.id ORDER BY found.id DESC LIMIT 1) trace ON TRUE
                WHERE member.campaign_id = %(id)s""",
            id=self.id,
        )

    def _get_hotel_cards(self):
        """Return a SELECT of the coupons that this activity gave to audiences and to those who signed up."""
        return SQL(
            """SELECT card_id FROM hotel_campaign_member WHERE campaign_id = %(id)s AND card_id IS NOT NULL
               UNION SELECT card_id FROM hotel_campaign_signup WHERE campaign_id = %(id)s AND card_id IS NOT NULL""",
            id=self.id,
        )

    def _get_hotel_coupon_figures(self):
        return SQL(
            """SELECT count(DISTINCT given.card_id) AS given,
                      count(DISTINCT use.card_id) AS used, COALESCE(sum(use.amount * rate.rate), 0)::float AS discount
                 FROM (%(cards)s) AS given (card_id)
                 LEFT JOIN hotel_reward_use use ON use.card_id = given.card_id AND use.state IN ('held', 'used', 'kept')
                 LEFT JOIN hotel_property hotel ON hotel.id = use.property_id
                 LEFT JOIN %(rates)s ON rate.currency_id = COALESCE(hotel.currency_id, %(currency)s)""",
            cards=self._get_hotel_cards(),
            rates=self._get_hotel_rates(),
            currency=self.hotel_currency_id.id,
        )

    def _get_hotel_booked(self):
        """Return a SELECT of the reservations made by a link or with a coupon of this activity."""
        return SQL(
            """SELECT orders.hotel_reservation_id AS id FROM sale_order orders
                WHERE orders.campaign_id = %(id)s AND orders.hotel_reservation_id IS NOT NULL
               UNION SELECT use.reservation_id FROM hotel_reward_use use
                WHERE use.card_id IN (%(cards)s) AND use.state IN ('held', 'used', 'kept')""",
            id=self.id,
            cards=self._get_hotel_cards(),
        )

    def _get_hotel_booking_figures(self):
        return SQL(
            """SELECT count(DISTINCT stay.reservation_id) AS bookings, count(night.id) AS nights,
                      COALESCE(sum(COALESCE(night.gross, night.rate) * rate.rate), 0)::float AS revenue
                 FROM hotel_stay stay JOIN (%(booked)s) booked ON booked.id = stay.reservation_id
                 LEFT JOIN hotel_stay_night night ON night.stay_id = stay.id
                 LEFT JOIN %(rates)s ON rate.currency_id = stay.currency_id
                WHERE stay.state IN ('held', 'booked', 'in_house', 'departed')""",
            booked=self._get_hotel_booked(),
            rates=self._get_hotel_rates(),
        )

    def _say_hotel_figures(self, names, evaluation):
        """Return fields of this activity as rows of the report of an evaluation; budgets are its readers' to see.

        :rtype: list[tuple[str, object, str]]
        """
        labels = self.fields_get(names, ["string"])
        return [
            (labels[name]["string"], self[name], evaluation._say_figure(name, self[name]))
            for name in names
            if name in labels
        ]

    @api.model
    def _get_hotel_currencies(self):
        return self.env["hotel.property"].sudo().search([]).currency_id | self.hotel_currency_id

    def _get_hotel_rates(self):
        """Return what each currency is worth in that of the activity today, as a table of a query."""
        today = fields.Date.context_today(self)
        pairs = [
            SQL(
                "(%s::int, %s::float)",
                currency.id,
                currency._get_conversion_rate(currency, self.hotel_currency_id, self.hotel_company_id, today),
            )
            for currency in self._get_hotel_currencies()
        ]
        return SQL("(VALUES %s) AS rate(currency_id, rate)", SQL(", ").join(pairs))
