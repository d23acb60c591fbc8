"""What care rules are about: events, festivals, channels."""

EVENTS = [
    ("birthday", "Birthday"),
    ("festival", "Festival"),
    ("anniversary", "Anniversary of the First Stay"),
    ("before_arrival", "Before the Arrival"),
    ("in_stay", "During the Stay"),
    ("after_departure", "After the Departure"),
    ("win_back", "Win Back"),
    ("tier_change", "Change of Tier"),
    ("points_expiring", "Points about to Expire"),
    ("review", "Request for a Review"),
]
FESTIVALS = [
    ("spring_festival", "Spring Festival"),
    ("lantern", "Lantern Festival"),
    ("dragon_boat", "Dragon Boat Festival"),
    ("qixi", "Qixi"),
    ("mid_autumn", "Mid-Autumn Festival"),
    ("chongyang", "Chongyang"),
    ("new_year", "New Year's Day"),
    ("valentine", "Valentine's Day"),
    ("women", "Women's Day"),
    ("labour", "Labour Day"),
    ("children", "Children's Day"),
    ("national", "National Day of China"),
    ("christmas", "Christmas"),
    ("own", "Another Day"),
]
#: events of stays
STAY_EVENTS = ("before_arrival", "in_stay", "after_departure", "review")
#: events of which a guest is greeted once, whatever rules and companies there are
SHARED = ("birthday", "festival", "anniversary")
#: event -> purpose of the message gate
PURPOSE = {
    "birthday": "greeting",
    "festival": "greeting",
    "anniversary": "greeting",
    "tier_change": "loyalty",
    "points_expiring": "loyalty",
    "review": "survey",
}
CHANNEL_ORDER = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("email,sms", "E-mail, else SMS"),
    ("sms,email", "SMS, else E-mail"),
]
#: reasons against one channel that say nothing of the next one
OTHER_CHANNEL = ("no_address", "bad_address", "bounced", "no_consent", "opted_out")
#: reasons after which the portal may still show a greeting: nobody is disturbed by it
PORTAL = (*OTHER_CHANNEL, "too_often")
BATCH = 500
