"""What administrators may set about messages, and what holds until they do."""

MONTHS_PARAMETER = "hotel_crm_base.message_months"
MONTHS_DEFAULT = 24
MONTHS_LEAST = 1
#: an address that brought back so many messages is given up
BOUNCES_PARAMETER = "hotel_crm_base.message_bounces"
BOUNCES_DEFAULT = 2
#: tries of one message, and minutes before the second; each next one waits four times as long
TRIES = 5
FIRST_WAIT_MINUTES = 5
#: failures that a second try does not mend
LASTING = {
    "mail_email_invalid",
    "mail_email_missing",
    "sms_number_missing",
    "sms_number_format",
    "sms_country_not_supported",
    "sms_blacklist",
    "sms_optout",
    "sms_invalid_destination",
    "sms_rejected",
    "no_content",
}
#: failures that say that nobody can be reached there
DEAD_NUMBERS = {"sms_number_format", "sms_invalid_destination", "sms_rejected"}
