"""What marketing of the demo chain plans: greetings that run, a coupon, activities of each kind and state."""
import base64
from datetime import timedelta

from odoo import fields

TEXTS = {  # rule: event, days, texts, more
    "Birthday of our guests": ("birthday", 0, "birthday", {}),
    "Mid-Autumn Festival": ("festival", 0, "festival", {"festival": "mid_autumn"}),
    "Spring Festival": ("festival", 0, "festival", {"festival": "spring_festival"}),
    "Three days before the arrival": ("before_arrival", -3, "before_arrival", {}),
    "Thank you after the stay": ("after_departure", 1, "after_departure", {}),
    "Half a year away": ("win_back", 180, "win_back", {}),
}
CHINESE = {
    "Birthday of our guests": "宾客生日",
    "Mid-Autumn Festival": "中秋节",
    "Spring Festival": "春节",
    "Three days before the arrival": "到店前三天",
    "Thank you after the stay": "离店致谢",
    "Half a year away": "半年未入住",
    "Evening by the lake": "湖畔之夜",
    "Summer draw": "夏日抽奖",
}


class Campaigns:
    """Fills the marketing of a demo.

    :param env: environment of a superuser
    :param hotels: properties of the chain
    :param picture: of the activities, PNG
    """

    def __init__(self, env, hotels, picture=None):
        self.env = env
        self.hotels = hotels
        self.picture = base64.b64encode(picture) if picture else False
        self.today = fields.Date.context_today(env.user)

    def run(self):
        company = self.hotels[0].company_id
        coupons = self.coupon(company)
        for hotel_company in {hotel.company_id for hotel in self.hotels}:
            self.rules(hotel_company, coupons if hotel_company == company else None)
        self.activities(company, coupons)

    def _name(self, record, field):
        """Give a record its Chinese name where the language is there."""
        name = CHINESE.get(record[field])
        if name and self.env["res.lang"]._lang_get("zh_CN"):
            record.with_context(lang="zh_CN")[field] = name

    def coupon(self, company):
        plan = self.env["hotel.coupon.plan"].with_company(company).create(
            {"name": "Two nights and more: 12 % off", "company_id": company.id, "percent": 12, "least_nights": 2}
        )
        return self.env["loyalty.program"].browse(plan.action_plan()["res_id"])

    def rules(self, company, coupons):
        for number, (name, (event, days, text, more)) in enumerate(TEXTS.items()):
            rule = self.env["hotel.care.rule"].create(
                {
                    "name": name,
                    "sequence": number,
                    "event": event,
                    "offset_days": days,
                    "company_id": company.id,
                    "mail_template_id": self.env.ref(f"hotel_crm_marketing.mail_template_care_{text}").id,
                    "sms_template_id": self.env.ref(f"hotel_crm_marketing.sms_template_care_{text}").id,
                    "program_id": coupons.id if coupons and event == "birthday" else False,
                    "portal_text": f"{name}: all the best from your hotel.",
                    **more,
                }
            )
            self._name(rule, "name")
            rule.action_start()

    def activities(self, company, coupons):
        hotel = self.hotels[0]
        shared = {"hotel_company_id": company.id, "hotel_property_ids": [(6, 0, hotel.ids)]}
        shared["hotel_picture"] = self.picture
        concert = self.env["utm.campaign"].create(
            {
                **shared,
                "title": "Evening by the lake",
                "hotel_kind": "event",
                "hotel_summary": "Music, lanterns and a table by the water",
                "hotel_description": "<p>An evening for those who stay with us, and for their friends.</p>",
                "hotel_terms": "<p>One place for each guest. Come in time.</p>",
                "hotel_start_date": self.today - timedelta(days=3),
                "hotel_end_date": self.today + timedelta(days=30),
                "hotel_capacity": 60,
                "hotel_guest_limit": 2,
                "hotel_program_id": coupons.id,
                "hotel_mail_subject": "An evening by the lake",
                "hotel_budget": 5000,
            }
        )
        self._publish(concert)
        draw = self.draw(shared)
        for campaign in (concert, draw):
            self._name(campaign, "title")
        print(f"activities: {concert.hotel_page_url} {draw.hotel_page_url}")

    def draw(self, shared):
        """Make a prize draw that some guests have entered."""
        draw = self.env["utm.campaign"].create(
            {
                **shared,
                "title": "Summer draw",
                "hotel_kind": "draw",
                "hotel_summary": "Win a weekend for two",
                "hotel_start_date": self.today - timedelta(days=1),
                "hotel_end_date": self.today + timedelta(days=45),
                "hotel_prize_ids": [
                    (0, 0, {"name": "A weekend for two", "stock": 1}),
                    (0, 0, {"name": "Afternoon tea", "stock": 5, "sequence": 20}),
                ],
            }
        )
        self._publish(draw)
        guests = self.env["res.partner"].search(
            [("is_hotel_guest", "=", True), ("hotel_is_to_match", "=", False)], order="id", limit=12
        )
        for guest in guests:
            draw._sign_up(guest)
        return draw

    def _publish(self, campaign):
        campaign.action_hotel_request()
        # two persons of the demo: who plans and who approves
        campaign.write({"hotel_approved_by_id": self.env.ref("base.user_admin").id})
        campaign.action_hotel_publish()
