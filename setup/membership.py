"""Members of the demo chain: who joined when, what the catalogue offers, and a coupon to try."""
from datetime import timedelta

MEMBERS = 120
REWARDS = (  # name, in Chinese, kind, points, limited stock
    ("Afternoon tea for two", "双人下午茶", "service", 800, 0),
    ("Porcelain tea set", "瓷器茶具", "gift", 2500, 12),
    ("Room credit of 50", "50元房费抵用券", "coupon", 1500, 0),
)


class Membership:
    """Makes members of some guests of the demo.

    :param env: environment of a superuser
    :param noted: guests whom a tour of the product meets
    """

    def __init__(self, env, noted):
        self.env = env
        self.noted = noted
        self.program = env["loyalty.program"].search([("hotel_code", "=", "hotel_club")], limit=1)

    def run(self):
        cards = self.join()
        coupons = self.coupons()
        self.catalogue(coupons)
        print(f"{len(cards)} members of {self.program.name}; a coupon to try: {coupons.coupon_ids[:1].code}")

    def join(self):
        """Let guests join in the course of two years."""
        others = self.env["res.partner"].search(
            [("is_hotel_guest", "=", True), ("id", "not in", self.noted.ids), ("hotel_is_to_match", "=", False)],
            order="id", limit=MEMBERS,
        )
        today = self.program._get_hotel_today()
        cards = self.env["loyalty.card"]
        for number, guest in enumerate(self.noted | others):
            joined = today - timedelta(days=720 - number * 5)
            born = guest.hotel_birth_date
            if born and born.replace(day=1, year=born.year + 18) > joined.replace(day=1):
                continue  # too young for the club
            cards |= self.program._hotel_join(guest, on=joined)
        return cards

    def coupons(self):
        """Make a coupon programme of 10 % on a booking with some codes."""
        program = self.env["loyalty.program"].create(
            {
                "name": "Welcome back: 10 %",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 10, "required_points": 1})],
            }
        )
        quiet = {"loyalty_no_mail": True, "tracking_disable": True}
        coupons = self.env["loyalty.card"].with_context(**quiet)
        coupons.create([{"program_id": program.id, "points": 1} for _code in range(5)])
        return program

    def catalogue(self, coupons):
        """Offer some rewards."""
        for name, chinese, kind, points, stock in REWARDS:
            item = self.env["hotel.loyalty.item"].create(
                {
                    "name": name,
                    "program_id": self.program.id,
                    "kind": kind,
                    "points": points,
                    "is_stocked": bool(stock),
                    "stock": stock,
                    "coupon_program_id": coupons.id if kind == "coupon" else False,
                }
            )
            item.with_context(lang="zh_CN").name = chinese
