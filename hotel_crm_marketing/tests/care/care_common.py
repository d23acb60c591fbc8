"""Makers of care rules, and the job run by hand."""

from odoo.addons.hotel_crm_base.tests.border.message_common import MessageCase, MessageMakers


class CareMakers(MessageMakers):
    @classmethod
    def _make_rule(cls, event="birthday", **values):
        """Make a rule that runs, with texts for both channels."""
        text = {"festival": "festival", "review": "review"}.get(event, "birthday")
        rule = cls.env["hotel.care.rule"].create(
            {
                "name": event.capitalize(),
                "event": event,
                "company_id": cls.hotel.company_id.id,
                "mail_template_id": cls.env.ref(f"hotel_crm_marketing.mail_template_care_{text}").id,
                "sms_template_id": cls.env.ref(f"hotel_crm_marketing.sms_template_care_{text}").id,
                "late_days": 0,
                **values,
            }
        )
        rule.action_start()
        return rule

    @classmethod
    def _make_friend(cls, name="Ana Costa", purposes=("greeting", "offer", "survey", "loyalty"), **values):
        """Make a guest who has agreed to be written to."""
        number = cls.env["res.partner"].search_count([("is_hotel_guest", "=", True)])
        values = {"email": f"friend{number}@example.com", "phone": f"+3519{20000000 + number}", **values}
        guest = cls._make_guest(name, **values)
        for purpose in purposes:
            guest.hotel_record_consent(purpose, "any", "given")
        return guest

    def _greet(self, batch=500):
        """Run the job; a test does not commit."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.care.greeting"]._cron_greet(batch)

    def _get_greeted(self, rule):
        return (
            self.env["hotel.care.greeting"].search([("rule_id", "=", rule.id), ("state", "!=", "refused")]).partner_id
        )


class CareCase(CareMakers, MessageCase):
    """Two properties of two companies at noon of 11 May 2026."""
