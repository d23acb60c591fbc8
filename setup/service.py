"""Cases of the demo chain: departments with their staff, a code in each room, and a week of what guests said."""
from datetime import timedelta

DEPARTMENTS = (  # code, name, in Chinese, what it is responsible for, whose account
    ("HK", "Housekeeping", "客房部", ("cleanliness", "smell"), "housekeeping"),
    ("FB", "Food and Beverage", "餐饮部", ("food",), "restaurant"),
    ("ENG", "Engineering", "工程部", ("facilities", "internet", "noise", "safety"), "service"),
    ("FO", "Front Office", "前厅部", ("front_desk", "staff", "price", "location"), "desk"),
)
SAID = (  # kind, source, what the guest says, how far it is, hours ago
    ("complaint", "room_qr", "空调太吵了，一晚上没睡好，打电话也没人来修。", "new", 1),
    ("request", "room_qr", "Two more towels please, and a kettle.", "new", 0),
    ("complaint", "portal", "The bathroom was not cleaned and there was hair in the shower.", "assigned", 3),
    ("complaint", "desk", "早餐的粥是凉的，服务员态度也不好。", "assigned", 5),
    ("inquiry", "email", "Is the indoor pool open for children in the evening?", "waiting", 20),
    ("complaint", "phone", "Wi-Fi in the room is so slow that I cannot work.", "waiting", 26),
    ("request", "desk", "明天早上6点叫醒，并安排去机场的车。", "solved", 30),
    ("complaint", "portal", "We were charged twice for the minibar.", "solved", 48),
    ("praise", "portal", "前台小姐姐特别热情，给我们免费升级了湖景房，谢谢！", "closed", 70),
    ("suggestion", "email", "Please label the breakfast buffet in English too.", "closed", 90),
)


class Service:
    """Makes departments and cases of the hotels.

    :param env: environment of a superuser
    :param hotels: properties of the demo
    """

    def __init__(self, env, hotels):
        self.env = env(context=dict(env.context, tracking_disable=True))
        self.hotels = hotels.with_env(self.env)
        self.chinese = bool(env["res.lang"].search_count([("code", "=", "zh_CN")]))

    def run(self):
        for hotel in self.hotels:
            self.departments(hotel)
            self.cases(hotel)
        room = self.hotels[0].room_ids[:1]
        print(f"The code in room {room.name} of {self.hotels[0].name}: {room.service_url}")

    def departments(self, hotel):
        """Make the departments; the front office takes what is left."""
        for code, name, chinese, categories, login in DEPARTMENTS:
            user = self.env["res.users"].search([("login", "=", login)], limit=1)
            staff = user if hotel in user.hotel_visible_property_ids else user.browse()
            department = self.env["hotel.department"].create(
                {
                    "code": code,
                    "name": name,
                    "property_id": hotel.id,
                    "category_ids": [
                        self.env.ref(f"hotel_crm_service.hotel_case_category_{category}").id for category in categories
                    ],
                    "user_ids": staff.ids,
                    "manager_id": staff.id,
                    "is_fallback": code == "FO",
                    "amend_budget": 500.0,
                }
            )
            if self.chinese:
                department.with_context(lang="zh_CN").name = chinese

    def cases(self, hotel):
        """Let guests who are in house, or have just left, say something."""
        domain = [("property_id", "=", hotel.id), ("partner_id", "!=", False)]
        here = self.env["hotel.stay"].search([*domain, ("state", "=", "in_house")], limit=5)
        gone = self.env["hotel.stay"].search(
            [*domain, ("state", "=", "departed")], order="departure_date desc", limit=len(SAID)
        )
        for number, (kind, source, text, state, hours) in enumerate(SAID):
            ended = state in ("solved", "closed")
            stays = gone if ended or not here else here
            stay = stays[number % len(stays)] if stays else stays
            case = self.env["hotel.case"].create(
                {
                    "kind": kind,
                    "source": source,
                    "description": text,
                    "property_id": hotel.id,
                    "stay_id": stay.id,
                    "partner_id": stay.partner_id.id,
                    "room_id": stay.room_id.id,
                }
            )
            self.go_on(case, state, hours)

    def go_on(self, case, state, hours):
        """Let a case be some hours old, and as far as it is."""
        began = case.create_date - timedelta(hours=hours)
        self.env.cr.execute("UPDATE hotel_case SET create_date = %s WHERE id = %s", [began, case.id])
        case.invalidate_recordset(["create_date"])
        case.clock_started_at = began
        case._set_clock()
        if state != "new":
            case.user_id = case.department_id.manager_id or self.env.user
        if state not in ("new", "assigned"):
            case.message_post(
                body="Thank you for telling us. We look into it.", message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            case.state = state
