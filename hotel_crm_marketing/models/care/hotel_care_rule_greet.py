"""Greeting guests of one occasion: the channels in their order, then the present."""

from odoo import fields, models
from odoo.tools import SQL

from .care_options import OTHER_CHANNEL, PORTAL


class HotelCareRule(models.Model):
    _inherit = "hotel.care.rule"

    def _greet(self, greetings, hotel, occasion):
        """Ask for one message to each of some guests, on the first channel that is not refused.

        The number of queries does not grow with the number of guests.

        :param hotel.care.greeting greetings: of this rule, one per guest
        :param hotel.property hotel: who speaks; may be empty
        :param str occasion: names what all of them are about
        """
        self.ensure_one()
        guests, channels = greetings.partner_id, self._get_channels()
        for channel in channels:
            messages = self.env["hotel.message"]._send(
                guests,
                self.purpose,
                channel,
                f"care/{occasion}",
                template=self._get_template(channel),
                record=greetings[:1],
                property=hotel,
                company=self.company_id,
            )
            self._query_note(greetings, messages, channel)
            refused = messages.filtered(lambda message: message.reason_code in OTHER_CHANNEL)
            guests = refused.partner_id
            if not guests:
                break
        greetings.invalidate_recordset()
        if self.is_portal:
            self._show_in_portal(greetings)
        self._give_coupons(greetings.filtered(lambda greeting: greeting.state != "refused"))

    def _show_in_portal(self, greetings):
        """Let the portal show what no message may say."""
        shown = greetings.filtered(
            lambda greeting: greeting.state == "refused" and greeting.message_id.reason_code in PORTAL
        )
        shown.write({"state": "portal", "channel": "portal"})

    def _query_note(self, greetings, messages, channel):
        """Tie messages and greetings of one occasion together; SQL because of volume."""
        self.env.flush_all()
        for statement in (
            SQL(
                """UPDATE hotel_care_greeting greeting
                      SET message_id = message.id, channel = %(channel)s, write_date = %(now)s,
                          state = CASE WHEN message.state = 'refused' THEN 'refused' ELSE 'asked' END
                     FROM hotel_message message
                    WHERE message.id = ANY(%(messages)s) AND greeting.id = ANY(%(greetings)s)
                      AND greeting.partner_id = message.partner_id""",
                channel=channel,
                now=fields.Datetime.now(),
                messages=messages.ids,
                greetings=greetings.ids,
            ),
            SQL(
                """UPDATE hotel_message message SET res_id = greeting.id
                     FROM hotel_care_greeting greeting
                    WHERE greeting.message_id = message.id AND greeting.id = ANY(%s)""",
                greetings.ids,
            ),
        ):
            self.env.cr.execute(statement)
        messages.invalidate_recordset(["res_id"])

    def _give_coupons(self, greetings):
        """Give each of these guests the coupon of this rule."""
        if not self.program_id or not greetings:
            return
        cards = self.program_id._hotel_issue(greetings.partner_id, is_once=False)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_care_greeting greeting SET card_id = card.id FROM loyalty_card card
                    WHERE card.id = ANY(%s) AND greeting.id = ANY(%s) AND card.partner_id = greeting.partner_id""",
                cards.ids,
                greetings.ids,
            )
        )
        greetings.invalidate_recordset(["card_id"])
