"""What a column of a file can go to, by kind of import."""

import re
from typing import NamedTuple

from . import dates, values, words

KINDS = ("guests", "stays", "consumption", "services")
STATES = ("booked", "in_house", "departed", "cancelled", "no_show")
STATE_WORDS = dict.fromkeys(["check-out", "checked out", "checked_out", "checkout", "stayed", "已离店"], "departed") | {
    "canceled": "cancelled", "cancellation": "cancelled", "已取消": "cancelled", "取消": "cancelled",
    "no-show": "no_show", "no show": "no_show", "noshow": "no_show", "未到": "no_show",
    "check-in": "in_house", "checked in": "in_house", "in house": "in_house", "在住": "in_house",
    "confirmed": "booked", "reserved": "booked", "预订": "booked", "已预订": "booked",
}  # fmt: skip
CHARGES = ("room", "food", "beverage", "minibar", "spa", "event", "shop", "service", "fee", "other")

OUTCOMES = ("done", "partly", "failed")
OUTCOME_WORDS = {"ok": "done", "completed": "done", "完成": "done", "部分完成": "partly", "未完成": "failed"}


class Target(NamedTuple):
    """One thing that can be taken from a file."""

    name: str
    label: str
    make: str = "text"  #: name of the parser below
    limit: int = 256  #: characters of text, or the greatest whole number
    aliases: str = ""  #: header names (blank-separated, folded) that mean it

    def parser(self, options):
        """Return the parser of one cell.

        :param Options options: of the job
        """
        return PARSERS[self.make](self, options)


def _inside(label):
    """Return a label as it stands inside of another one.

    >>> _inside("Birth date"), _inside("VIP code")
    ('birth date', 'VIP code')
    """
    return label if label[:2].isupper() else label[0].lower() + label[1:]


PARSERS = {
    "text": lambda t, o: values.make_text(t.limit),
    "name": lambda t, o: values.make_text(t.limit, names=True),
    "lines": lambda t, o: values.make_text(t.limit, lines=True),
    "date": lambda t, o: dates.make_date(o.date_form, o.today),
    "instant": lambda t, o: dates.make_instant(o.date_form, o.today),
    "money": lambda t, o: values.make_decimal(o.decimal),
    "integer": lambda t, o: values.make_integer(t.limit, o.decimal),
    "month": lambda t, o: values.make_choice(range_names(12), words.months()),
    "country": lambda t, o: values.make_country(),
    "email": lambda t, o: values.make_email(),
    "phone": lambda t, o: values.make_phone(o.region),
    "gender": lambda t, o: values.make_choice(["male", "female", "other"], words.GENDERS),
    "state": lambda t, o: values.make_choice(STATES, STATE_WORDS),
    "charge": lambda t, o: values.make_choice(CHARGES),
    "outcome": lambda t, o: values.make_choice(OUTCOMES, OUTCOME_WORDS),
}


def range_names(last):
    """Return ["1", ..., str(last)]."""
    return [str(number) for number in range(1, last + 1)]


_REFERENCE = Target("source_ref", "Number in the source system", limit=128, aliases="id ref reference number 编号")
GUESTS = (
    _REFERENCE,
    Target("name", "Full name", "name", aliases="full_name guest guest_name customer 姓名 名字 客户姓名 客人"),
    Target("first_name", "First name", "name", 128, "given_name forename 名"),
    Target("last_name", "Last name", "name", 128, "family_name surname 姓"),
    Target("email", "E-mail", "email", aliases="e_mail mail email_address 邮箱 电子邮件"),
    Target("phone", "Phone", "phone", aliases="telephone mobile phone_number cell 电话 手机 手机号 联系电话"),
    Target("gender", "Gender", "gender", aliases="sex 性别"),
    Target("birth_date", "Birth date", "date", aliases="birthday birthdate date_of_birth dob born 生日 出生日期"),
    Target("nationality", "Nationality", "country", aliases="citizenship 国籍"),
    Target("lang", "Language", limit=16, aliases="language 语言"),
    Target("street", "Street", aliases="address address1 地址"),
    Target("street2", "Street 2", aliases="address2"),
    Target("zip", "ZIP code", limit=24, aliases="postcode postal_code zip_code 邮编"),
    Target("city", "City", limit=128, aliases="town 城市"),
    Target("country", "Country", "country", aliases="country_code 国家"),
    Target("vip_code", "VIP code", limit=64, aliases="vip 贵宾"),
    Target("registered_at", "Registered on", "instant", aliases="created registered registration_time 登记时间"),
    Target("comment", "Note", "lines", 4000, "comments notes remark 备注"),
    Target("document_type", "Document type", limit=64, aliases="id_type 证件类型"),
    Target("document_number", "Document number", limit=64, aliases="id_number passport 证件号码 身份证号"),
    Target("document_country", "Document country", "country", aliases="issuing_country"),
    Target("guest_code", "Our member number (to match only)", limit=32, aliases="member_number 会员号"),
)
_PLACE = Target("property", "Property", limit=128, aliases="hotel property_name 酒店")
_GUEST_REFERENCE = Target("guest_ref", "Guest: number in the source system", limit=128, aliases="guest_id customer_id")
STAYS = (
    _REFERENCE._replace(aliases="booking booking_number reservation reservation_number confirmation 预订号"),
    _PLACE,
    Target("arrival_date", "Arrival", "date", aliases="arrival check_in checkin date_in 入住日期 到店日期"),
    Target("arrival_year", "Arrival: year", "integer", 2100, "arrival_date_year"),
    Target("arrival_month", "Arrival: month (name or number)", "month", aliases="arrival_date_month"),
    Target("arrival_day", "Arrival: day of the month", "integer", 31, "arrival_date_day_of_month"),
    Target("departure_date", "Departure", "date", aliases="departure check_out checkout date_out 离店日期"),
    Target("nights", "Nights (several columns are added up)", "integer", 1000, "night_count 晚数 房晚"),
    Target("state", "State", "state", aliases="status reservation_status 状态"),
    Target("room_type", "Room type", limit=64, aliases="roomtype assigned_room_type 房型"),
    Target("booked_room_type", "Room type that was booked", limit=64, aliases="reserved_room_type"),
    Target("room", "Room number", limit=32, aliases="room_number 房号"),
    Target("adults", "Adults", "integer", 999, "成人"),
    Target("children", "Children", "integer", 999, "儿童"),
    Target("infants", "Infants", "integer", 999, "babies 婴儿"),
    Target("rate", "Rate per night", "money", aliases="adr price rate_per_night 房价"),
    Target("guest_country_only", "Country of the guest (statistics)", "country", aliases="country 国家"),
    Target("channel", "Channel", limit=64, aliases="distribution_channel 渠道"),
    Target("market_segment", "Market segment", limit=64, aliases="segment 细分市场"),
    Target("rate_plan", "Rate plan", limit=64, aliases="meal rate_code 房价码"),
    Target("booked_at", "Booked on", "instant", aliases="booking_date booked created 预订日期"),
    Target("lead_days", "Booked: days before arrival", "integer", 3650, "lead_time"),
    Target("checked_in_at", "Checked in at", "instant", aliases="check_in_time"),
    Target("checked_out_at", "Checked out at", "instant", aliases="check_out_time"),
    Target("cancelled_at", "Cancelled at", "instant", aliases="cancelled_on cancellation_date"),
    Target("status_date", "Date of the last state (of cancelled stays)", "instant", aliases="reservation_status_date"),
    _GUEST_REFERENCE,
    *(Target(f"guest_{t.name}", f"Guest: {_inside(t.label)}", t.make, t.limit, t.aliases) for t in GUESTS[1:-1]),
    GUESTS[-1],
)
CONSUMPTION = (
    _REFERENCE._replace(aliases="line_id transaction_id"),
    _PLACE,
    _GUEST_REFERENCE,
    Target("stay_ref", "Stay: number in the source system", limit=128, aliases="booking_number reservation_number"),
    Target("outlet", "Outlet", limit=64, aliases="place 营业点"),
    Target("kind", "Kind of charge", "charge", aliases="category type 类别"),
    Target("business_date", "Business date", "date", aliases="date 日期 营业日期"),
    Target("bill_ref", "Bill number", limit=64, aliases="bill invoice folio 账单号 单号"),
    Target("description", "Items", aliases="item items text 项目 明细"),
    Target("quantity", "Quantity", "money", aliases="qty 数量"),
    Target("amount_gross", "Amount with tax", "money", aliases="amount gross total 金额"),
    Target("amount_net", "Amount without tax", "money", aliases="net 不含税金额"),
    Target("currency", "Currency", limit=8, aliases="币种"),
    Target("reversal_of_ref", "Takes back: number in the source system", limit=128, aliases="reversal_of"),
)
SERVICES = (
    _REFERENCE._replace(aliases="service_id task_id"),
    _PLACE,
    _GUEST_REFERENCE,
    Target("stay_ref", "Stay: number in the source system", limit=128, aliases="booking_number reservation_number"),
    Target("kind", "Kind of service", limit=64, aliases="service service_kind category type 服务类型"),
    Target("served_at", "Served at", "instant", aliases="time date done_at 服务时间"),
    Target("outcome", "Outcome", "outcome", aliases="result status 结果"),
    Target("note", "Note", "lines", 4000, "comment comments remark 备注"),
    Target("outcome_note", "Note on the outcome", aliases="result_note 结果说明"),
)
BY_KIND = {
    kind: {target.name: target for target in targets}
    for kind, targets in zip(KINDS, (GUESTS, STAYS, CONSUMPTION, SERVICES), strict=True)
}


def fold_header(header):
    """Return a header as aliases are written.

    >>> fold_header(" E-Mail "), fold_header("Date of Birth")
    ('e_mail', 'date_of_birth')
    """
    return re.sub(r"[\W_]+", "_", header.casefold()).strip("_")


def guess(kind, header):
    """Return the name of the target that a column of this name most likely means, or None.

    >>> guess("guests", "E-Mail"), guess("stays", "arrival_date"), guess("guests", "姓名"), guess("guests", "xyz")
    ('email', 'arrival_date', 'name', None)
    """
    folded = fold_header(header)
    targets = BY_KIND[kind].values()
    for target in targets:
        if folded in (target.name, fold_header(target.label)):
            return target.name
    return next((target.name for target in targets if folded in target.aliases.split()), None)
