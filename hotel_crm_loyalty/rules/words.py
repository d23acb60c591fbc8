"""Reasons in words (F32): each code has a sentence per language, filled with the reason's parameters.

>>> from .results import Reason
>>> explain(Reason.of("tier_bonus", points=1000, tier="gold", percent=25, base=4000))
'1000 points: 25 % of 4000 for gold.'
>>> explain(Reason.of("tier_bonus", points=1000, tier="gold", percent=25, base=4000), "zh_CN", {"gold": "金卡"})
'金卡会员奖励：4000积分的25%，即1000积分。'
>>> reason = Reason.of("milestone", metric="nights", reached=10, options="points_500, spa")
>>> explain(reason, names={"nights": "nights", "points_500": "500 points", "spa": "Spa voucher"})
'10 nights were reached; to choose from: 500 points, Spa voucher.'
>>> sorted(WORDS["en"]) == sorted(WORDS["zh_CN"])
True
"""

from collections.abc import Mapping
from decimal import Decimal

from .results import Reason
from .summary_words import PHRASES

#: language -> code of a reason -> sentence
WORDS = {
    "en": {
        "spend": "{points} points for a spend of {amount}.",
        "tier_bonus": "{points} points: {percent} % of {base} for {tier}.",
        "rule_bonus": "{points} points by the rule {rule}.",
        "posted_partner": "{points} points of a partner. {note}",
        "posted_buy": "{points} points were bought. {note}",
        "posted_transfer": "{points} points were transferred. {note}",
        "posted_gift": "{points} points were given. {note}",
        "posted_adjust": "{points} points were adjusted. {note}",
        "posted_opening": "{points} points were brought in. {note}",
        "redeemed": "{points} points were redeemed. {reward}",
        "redemption_cancelled": "The redemption of {points} points was cancelled; they are back where they came from.",
        "redemption_short": "{missing} of {points} points were not there; they are owed.",
        "refunded": "{points} points were taken back: what they were earned by was refunded.",
        "recomputed": "Reckoned anew after facts or rules have changed: {points} points.",
        "debt_paid": "{points} points pay what was owed.",
        "returned_late": "{points} points came back after the day on which they expired.",
        "lot_expired": "The points earned on {earned} have expired.",
        "inactive": "No activity for {months} months since {last}: the balance is lost.",
        "not_eligible": "Earns no points: {field} is {value}.",
        "before_joining": "Lies before the day of joining, {joined}.",
        "refund_without_target": "There is no stay or purchase that this refund is for.",
        "tier_gained": "{tier} was reached (before: {previous}).",
        "tier_kept": "The need of {tier} was met again.",
        "tier_granted": "{tier} was given: {kind}.",
        "tier_lifetime": "{tier} for life.",
        "tier_lapsed": "{tier} has ended and its need was not met again.",
        "tier_never_lost": "{tier} is never lost.",
        "tier_dropped": "The new rules have no {tier}.",
        "tier_revoked": "After a refund the need of {tier} is not met any more.",
        "tier_checked": "{tier} was looked at again after a refund; it stays.",
        "tier_shortened": "{tier} was looked at again after a refund; it stays, but ends on another day.",
        "grant_refused": "{tier} cannot be given as {kind}.",
        "grant_over": "{tier} would have ended on {until} already.",
        "rolled_over": "Goes on into the next cycle: {all}.",
        "milestone": "{reached} {metric} were reached; to choose from: {options}.",
        "milestone_chosen": "{option} was chosen at a milestone.",
        "milestone_withdrawn": "After a refund too few {metric} are left for a milestone.",
        "choice_refused": "{option} is not on offer, or the choice was made already.",
        "too_late": "More than {days} days have passed.",
        "not_yet": "It has not taken place yet.",
        "not_allowed": "{what} is not allowed.",
        "too_few": "At least {least} points.",
        "too_many": "At most {most} points.",
        "bad_step": "Only multiples of {step} points.",
        "year_points": "At most {most} points a year; {used} are used.",
        "year_count": "At most {most} times a year.",
        "receiver_full": "The receiver may get at most {most} points a year, and would get more.",
        "too_new": "Only {days} days after joining.",
        "tier_needed": "Needs {tier}.",
        "short_balance": "{missing} points are missing.",
        "pool_full": "A pool has at most {most} members.",
        "same_member": "Giver and receiver are one member.",
        "closed_dates": "Not available from {start} to {end}.",
        "no_price": "The programme does not say what it costs.",
        "no_cash": "Points and money cannot be mixed here.",
        "has_account": "There is an account already.",
        "too_young": "At least {years} years old.",
        "within_limit": "A stay matches and {points} points are within the limit.",
        "to_decide": "Somebody must decide.",
    },
    "zh_CN": {
        "spend": "消费{amount}获得{points}积分。",
        "tier_bonus": "{tier}会员奖励：{base}积分的{percent}%，即{points}积分。",
        "rule_bonus": "按规则{rule}获得{points}积分。",
        "posted_partner": "合作伙伴积分{points}。{note}",
        "posted_buy": "购买积分{points}。{note}",
        "posted_transfer": "转让积分{points}。{note}",
        "posted_gift": "赠送积分{points}。{note}",
        "posted_adjust": "调整积分{points}。{note}",
        "posted_opening": "期初积分{points}。{note}",
        "redeemed": "兑换使用{points}积分。{reward}",
        "redemption_cancelled": "兑换已取消，{points}积分退回原批次。",
        "redemption_short": "{points}积分中缺少{missing}积分，记为欠款。",
        "refunded": "对应消费已退款，扣回{points}积分。",
        "recomputed": "因消费记录或规则变更重新核算：{points}积分。",
        "debt_paid": "{points}积分用于抵还欠款。",
        "returned_late": "{points}积分在到期日之后退回，已失效。",
        "lot_expired": "{earned}获得的积分已到期。",
        "inactive": "自{last}起{months}个月无活动，积分清零。",
        "not_eligible": "不计积分：{field}为{value}。",
        "before_joining": "发生在入会日{joined}之前。",
        "refund_without_target": "没有与此退款对应的住宿或消费。",
        "tier_gained": "达到{tier}（原为{previous}）。",
        "tier_kept": "再次满足{tier}的条件。",
        "tier_granted": "授予{tier}：{kind}。",
        "tier_lifetime": "终身{tier}。",
        "tier_lapsed": "{tier}已到期且未再满足条件。",
        "tier_never_lost": "{tier}不会降级。",
        "tier_dropped": "新规则不再有{tier}。",
        "tier_revoked": "退款后不再满足{tier}的条件。",
        "tier_checked": "退款后重新核定，{tier}保持不变。",
        "tier_shortened": "退款后重新核定，保留{tier}，但到期日改变。",
        "grant_refused": "{tier}不能以{kind}方式授予。",
        "grant_over": "{tier}已于{until}到期。",
        "rolled_over": "结转至下一周期：{all}。",
        "milestone": "{metric}达到{reached}，可选奖励：{options}。",
        "milestone_chosen": "已选择里程碑奖励{option}。",
        "milestone_withdrawn": "退款后{metric}不足，里程碑奖励撤回。",
        "choice_refused": "{option}不可选，或已经选择过。",
        "too_late": "已超过{days}天。",
        "not_yet": "尚未发生。",
        "not_allowed": "不允许{what}。",
        "too_few": "至少{least}积分。",
        "too_many": "最多{most}积分。",
        "bad_step": "必须是{step}积分的倍数。",
        "year_points": "每年最多{most}积分，已用{used}。",
        "year_count": "每年最多{most}次。",
        "receiver_full": "接收人每年最多接收{most}积分，本次将超出。",
        "too_new": "入会{days}天后方可。",
        "tier_needed": "需要{tier}等级。",
        "short_balance": "还缺{missing}积分。",
        "pool_full": "积分池最多{most}名成员。",
        "same_member": "转出人与接收人相同。",
        "closed_dates": "{start}至{end}不可用。",
        "no_price": "计划未规定所需积分。",
        "no_cash": "此处不能积分加现金。",
        "has_account": "已有账户。",
        "too_young": "须年满{years}岁。",
        "within_limit": "找到匹配的住宿，且{points}积分在限额之内。",
        "to_decide": "需要人工决定。",
    },
}

#: the same as not_eligible, where the field is a yes or a no
FLAGGED = {"en": "Earns no points: {field}.", "zh_CN": "不计积分：{field}。"}


def explain(reason: Reason, language: str = "en", names: Mapping | None = None) -> str:
    """Return a reason in words.

    :param language: en or zh_CN; another one is answered in English
    :param names: code (of a tier, metric, option...) -> what it is called in that language
    """
    names, language = names or {}, language if language in WORDS else "en"
    params, sentence = {name: _say(value, names) for name, value in reason.params}, WORDS[language][reason.code]
    if reason.code == "not_eligible":
        flag = dict(reason.params)["value"]
        sentence = FLAGGED[language] if isinstance(flag, bool) else sentence
        params["field"] = _name_field(params["field"], flag, PHRASES[language])
    elif "kind" in params:
        params["kind"] = PHRASES[language].get(params["kind"], params["kind"])
    listed = ", ".join(f"{names.get(name, name)} {value}" for name, value in params.items())
    return sentence.format(**{"all": listed, **params}).strip()


def _name_field(field, value, phrases):
    """Return what a field of a fact is called; of a yes or no, what it says.

    >>> explain(Reason.of("not_eligible", field="is_own", value=False), "zh_CN")
    '不计积分：他人入住。'
    >>> explain(Reason.of("not_eligible", field="property_code", value="LIS"))
    'Earns no points: property is LIS.'
    """
    if isinstance(value, bool):
        key = field if value else field.replace("is_", "not_", 1)
        return phrases.get(key, key)
    return phrases.get(f"field_{field}", field)


def _say(value, names):
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, str):
        return names.get(value) or ", ".join(names.get(part, part) for part in value.split(", "))
    return str(value)
