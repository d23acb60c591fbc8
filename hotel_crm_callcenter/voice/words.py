"""What the voice menu says by itself, in the languages of guests; and how dates and numbers are spoken.

>>> from datetime import date
>>> fill("points", points=1250, part=200, day=date(2026, 12, 31))["zh_CN"]
'您的可用积分为1250分，其中200分将于2026年12月31日到期。'
>>> fill("nights_read", arrival=date(2026, 12, 24), nights=3)["en_US"]
'Arrival on 24 December 2026, 3 nights. We will call you back to confirm.'
"""

from datetime import date

EN, ZH = "en_US", "zh_CN"
MONTHS = "January February March April May June July August September October November December".split()

WORDS = {
    "choose_language": ("For English, press 2.", "中文服务请按1。"),
    "not_understood": ("Sorry, we did not understand.", "抱歉，我们没有听清。"),
    "ask_proof": (
        "To protect your data, please enter your date of birth with eight digits: year, month and day.",
        "为保护您的信息，请输入您的八位出生日期：年、月、日。",
    ),
    "proof_failed": ("That does not match our records.", "信息不符。"),
    "connecting": ("We are connecting you.", "正在为您转接，请稍候。"),
    "all_busy": (
        "All our colleagues are in a call. Please hold the line, or press 1 and we will call you back.",
        "坐席繁忙，请您稍候；如需回电，请按1。",
    ),
    "will_call": ("We will call you back as soon as we can. Goodbye.", "我们会尽快给您回电，再见。"),
    "sorry": ("Sorry, nobody can take your call now. Goodbye.", "抱歉，暂时无人接听，再见。"),
    "recorded": ("This call may be recorded.", "本次通话可能会被录音。"),
    "points_none": ("You are not a member of our club yet.", "您还不是我们的会员。"),
    "points_plain": ("You have {points} points.", "您的可用积分为{points}分。"),
    "points": (
        "You have {points} points. {part} of them expire on {day}.",
        "您的可用积分为{points}分，其中{part}分将于{day}到期。",
    ),
    "booking_none": ("We find no booking for you.", "没有查到您的预订。"),
    "booking": (
        "Your booking from {arrival}, {nights} nights, is {state}.",
        "您{arrival}入住、共{nights}晚的预订{state}。",
    ),
    "callback": ("We will call you back. Goodbye.", "我们会给您回电，再见。"),
    "no_number": ("Your number is hidden, so we cannot call you back.", "您的号码未显示，我们无法回电。"),
    "do_not_call": ("We will not call this number any more.", "我们不会再拨打这个号码。"),
    "nights_read": (
        "Arrival on {arrival}, {nights} nights. We will call you back to confirm.",
        "{arrival}入住，共{nights}晚。我们会给您回电确认。",
    ),
    "complaint": (
        "Thank you. Your message has been passed on, and we will call you back.",
        "谢谢您，您的留言已转交，我们会给您回电。",
    ),
    "state_held": ("waiting for your confirmation", "待确认"),
    "state_confirmed": ("confirmed", "已确认"),
    "state_in_house": ("running", "正在入住"),
}


def fill(name: str, **values) -> dict:
    """Return a sentence by language; dates are spoken as each language does.

    A value that names a sentence, such as ``state=Words("state_held")``, is spoken in its language.
    """
    return {
        lang: text.format(**{key: speak(value, lang) for key, value in values.items()})
        for lang, text in zip((EN, ZH), WORDS[name], strict=True)
    }


class Words(str):
    """The name of a sentence inside another one."""

    __slots__ = ()


def speak(value, lang: str) -> str:
    """Return a value as it is spoken.

    >>> speak(date(2026, 5, 1), "zh_CN"), speak(Words("state_held"), "en_US"), speak(12.0, "en_US")
    ('2026年5月1日', 'waiting for your confirmation', '12')
    """
    if isinstance(value, Words):
        return WORDS[value][0 if lang == EN else 1]
    if isinstance(value, date):
        if lang == ZH:
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return str(int(value)) if isinstance(value, float) else str(value)
