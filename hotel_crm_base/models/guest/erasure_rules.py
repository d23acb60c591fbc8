"""What an erasure does with each table: plain data, and the patterns that find a guest's strings.

>>> find = make_pattern(["Ana Costa", "ana@example.com"], ["+351912345678"])
>>> import re
>>> re.sub(find, MASK, "Ana Costa, tel. 912 345 678; Costa, Ana <ANA@example.com>", flags=re.I)
'***, tel. ***; *** <***>'
>>> make_pattern(["王伟", "X", ""], ["12"])
'王伟'
>>> make_pattern(["", None], []) is None
True
"""

import re

#: what stands in the place of a guest's string
MASK = "***"
#: a pattern for those who have no strings: found nowhere
NOTHING = "\\x01nothing\\x01"
#: the name of everybody who was erased
NAME = "Erased Guest"

#: rows that go: nothing in the books or statistics asks for them
DELETED = (
    "hotel_guest_preference", "hotel_guest_relation", "hotel_consent", "hotel_guest_reference",
    "hotel_guest_document", "hotel_guest_block", "hotel_guest_registration", "hotel_duplicate_pair",
    "hotel_segment_member",
    "hotel_prospect", "mail_followers", "mail_notification", "mail_push_device",
    "mail_message_reaction", "discuss_channel_member", "sms_sms", "snailmail_letter", "portal_wizard_user",
    "res_partner_res_partner_category_rel", "mail_scheduled_message", "hotel_stay_checkin_guest",
)  # fmt: skip
#: tables with rules of their own, and those that are no guest's
LEFT_OUT = {"res_partner", "res_users", "res_company", "hotel_property", "mail_message", "hotel_merge"}
#: entries that are sealed by a hash stay as they are: their texts name goods, not guests
SEALED = {
    "account_move": "x.inalterable_hash IS NULL",
    "account_move_line": "NOT EXISTS (SELECT FROM account_move m WHERE m.id = x.move_id"
    " AND m.inalterable_hash IS NOT NULL)",
}
#: columns that hold what tells who somebody is, or lets somebody in, in whatever table
PERSONAL = re.compile(
    r"e?mail$|phone|mobile|contact_name|signed_by|access_token|nickname|account_number|landing_route"
    r"|^partner_(name|city|address|zip|phone|email)$|_email$|invoice_source_email|payment_details|note$"
)
#: long texts that describe goods: searched for strings of the guest, not emptied
DESCRIPTIONS = {("account_move", "narration"), ("loyalty_history", "description")}
#: further columns that are emptied: structures
EMPTIED = {
    "account_bank_statement_line": ("transaction_details",),
}
#: required texts that get a value of their own
REPLACED = {
    "res_partner_bank": {"acc_number": "'erased-' || x.id", "sanitized_acc_number": "'ERASED' || x.id"},
    "payment_token": {"provider_ref": "'erased-' || x.id", "active": "FALSE"},
}
#: columns of contacts that stay: they say nothing about a person, or figures are counted by them
KEPT_COLUMNS = {"lang", "tz", "hotel_gender", "name", "complete_name"}
#: fields of contacts of other kinds that go with the texts
CLEARED_FIELDS = (
    "hotel_birth_date", "parent_id", "partner_latitude", "partner_longitude", "hotel_vip_code_id", "state_id",
    "user_id", "title", "industry_id", "signup_type", "properties", "barcode", "hotel_block_reason",
    "hotel_block_until",
)  # fmt: skip


def make_pattern(texts, phones) -> str | None:
    """Return one regular expression for all strings by which a guest is known, or None.

    It means the same to Python and to PostgreSQL. A name of two words is found in either order, a phone number
    by its last eight digits however they are parted.

    :param texts: names, addresses, numbers; what is shorter than two characters (three outside of Chinese
        characters, kana and hangul) is nobody's
    :param phones: telephone numbers
    """
    found = set()
    for text in filter(None, (text and text.strip() for text in texts)):
        if len(text) < (2 if ord(max(text)) > 0x2E80 else 3):
            continue
        found.add(text)
        words = text.split()
        if len(words) == 2:
            found |= {f"{words[1]} {words[0]}", f"{words[1]}, {words[0]}"}
    parts = [re.escape(text) for text in sorted(found, key=lambda text: (-len(text), text))]
    for phone in sorted(set(filter(None, phones))):
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= 7:
            parts.append(r"[+0-9]*[ ()./-]*".join(["", r"[ ()./-]*".join(digits[-8:])]))
    return "|".join(dict.fromkeys(parts)) or None
