"""What activities are about."""

KINDS = [
    ("offer", "Offer"),
    ("coupon", "Coupon"),
    ("draw", "Prize Draw"),
    ("event", "Event"),
    ("member_day", "Member Day"),
]
STATES = [
    ("planned", "Planned"),
    ("published", "Published"),
    ("running", "Running"),
    ("ended", "Ended"),
    ("evaluated", "Evaluated"),
]
#: states in which guests see the page
SEEN = ("published", "running", "ended", "evaluated")
#: what an approver has approved
APPROVED = frozenset(
    {
        "hotel_kind",
        "hotel_company_id",
        "hotel_property_ids",
        "hotel_start_date",
        "hotel_end_date",
        "hotel_segment_ids",
        "hotel_tier_ids",
        "hotel_is_members_only",
        "hotel_budget",
        "hotel_program_id",
        "hotel_capacity",
        "hotel_guest_limit",
        "hotel_holdout_percent",
    }
)
#: what follows from what people do, and is no one's to write
DERIVED = frozenset(
    {
        "hotel_state",
        "hotel_taken",
        "hotel_approved_by_id",
        "hotel_approved_at",
        "hotel_requested_by_id",
        "hotel_send_state",
        "hotel_told_at",
        "hotel_seed",
        "hotel_winner",
        "hotel_draw_secret",
        "hotel_draw_commitment",
        "hotel_draw_seed",
        "hotel_draw_codes",
        "hotel_drawn_at",
    }
)
#: where a page is shared: code -> (name of the utm.source, address with places for link and text)
SHARES = {
    "wechat": ("WeChat", ""),
    "weibo": ("Weibo", "https://service.weibo.com/share/share.php?url={url}&title={text}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "x": ("X", "https://x.com/intent/post?url={url}&text={text}"),
    "mail": ("E-mail", "mailto:?subject={text}&body={url}"),
}
