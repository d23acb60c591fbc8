"""What can be wrong with a programme, told with its place, in English and Chinese.

>>> problem = Problem.of("versions[0].tiers[1].gain", "no_metric", what="nigths")
>>> print(problem)
versions[0].tiers[1].gain: there is no metric 'nigths'
>>> problem.say("zh_CN")
'没有指标“nigths”'
>>> sorted(TEXTS["en"]) == sorted(TEXTS["zh_CN"])
True
"""

from typing import NamedTuple

#: language -> code of a problem -> sentence
TEXTS = {
    "en": {
        "missing": "is missing",
        "unknown_field": "there is no such field; known: {known}",
        "no_text": "{value!r} is not a text",
        "no_choice": "{value!r} is none of {choices}",
        "no_code": "{value!r} is not a code: letters, digits, _, - and .",
        "no_whole": "{value!r} is not a whole number",
        "too_small": "{value} is less than {least}",
        "too_big": "{value} is more than {most}",
        "no_number": "{value!r} is not a decimal number",
        "negative": "{value} is not 0 or more",
        "no_date": "{value!r} is not a date as 2026-01-31",
        "no_flag": "{value!r} is neither true nor false",
        "no_english": "{value!r} has no name in English",
        "no_name": "a name is a text",
        "no_list": "{value!r} is not a list",
        "no_record": "{value!r} is not a record",
        "no_json": "not JSON: {error}",
        "too_deep": "nested too deeply",
        "none": "there is none",
        "no_tiers": "there is none; the first one is everybody's",
        "later_version": "a later version begins on a later day",
        "twice": "{what!r} is there twice",
        "first_tier": "the first tier is everybody's: it has no conditions",
        "unreachable": "nobody can reach it: it has neither gain nor lifetime nor grants",
        "two_bonuses": "bonus_percent or bonus_multiplier, not both",
        "welcome_fixed": "joining has no base points: fixed",
        "inactivity_twice": "inactivity is there twice",
        "renewal_at_end": "counts that begin at 0 with each renewal need at_end",
        "calendar_months": "a calendar year has 12",
        "rolling": "a rolling window has no end: nothing rolls over and none is before it",
        "zero": "0 cannot divide",
        "no_metric": "there is no metric {what!r}",
        "no_tier": "there is no tier {what!r}",
        "needs_field": "a leaf about a fact names a field",
        "misfit": "{op} does not fit {field}",
        "needs_metric": "a leaf about counts names a metric",
        "metric_op": "a metric is at_least or at_most, not {op}",
        "joining_days": "joining needs days",
        "needs_value": "{op} needs {what}",
        "needs_one_node": "{op} needs one node",
        "needs_nodes": "{op} needs nodes",
    },
    "zh_CN": {
        "missing": "未填写",
        "unknown_field": "没有这个字段；可用：{known}",
        "no_text": "“{value}”不是文本",
        "no_choice": "“{value}”不在可选项之内：{choices}",
        "no_code": "“{value}”不是代码：只能用字母、数字、_、- 和 .",
        "no_whole": "“{value}”不是整数",
        "too_small": "{value}小于{least}",
        "too_big": "{value}大于{most}",
        "no_number": "“{value}”不是数字",
        "negative": "{value}必须是0或正数",
        "no_date": "“{value}”不是日期，例如2026-01-31",
        "no_flag": "“{value}”不是“是”或“否”",
        "no_english": "没有英文名称",
        "no_name": "名称必须是文本",
        "no_list": "“{value}”不是列表",
        "no_record": "“{value}”不是一条记录",
        "no_json": "不是JSON文件：{error}",
        "too_deep": "嵌套层数过多",
        "none": "一个也没有",
        "no_tiers": "没有等级；第一个等级属于所有会员",
        "later_version": "后面的版本必须从更晚的日期开始",
        "twice": "“{what}”重复出现",
        "first_tier": "第一个等级属于所有会员，不能有条件",
        "unreachable": "无人能达到：既没有升级条件、终身条件，也不能授予",
        "two_bonuses": "奖励百分比和奖励倍数只能填一个",
        "welcome_fixed": "入会时没有基础积分：请选固定积分",
        "inactivity_twice": "“无活动”规则出现两次",
        "renewal_at_end": "续级时计数归零的，必须在周期结束时续级",
        "calendar_months": "自然年为12个月",
        "rolling": "滚动周期没有终点：不能结转，也没有上一周期",
        "zero": "不能除以0",
        "no_metric": "没有指标“{what}”",
        "no_tier": "没有等级“{what}”",
        "needs_field": "此条件须选择住宿或消费的某一项",
        "misfit": "这种比较方式不适用于“{field}”",
        "needs_metric": "此条件须选择一个指标",
        "metric_op": "指标只能用“至少”或“至多”",
        "joining_days": "入会初期的条件须填写天数",
        "needs_value": "请填写要比较的值",
        "needs_one_node": "“非”之下须有且只有一个条件",
        "needs_nodes": "其下至少要有一个条件",
    },
}


class Problem(NamedTuple):
    """What is wrong, and where: a path as ``versions[0].tiers[2].gain``."""

    path: str
    code: str
    params: tuple = ()

    @classmethod
    def of(cls, path, code, **params):
        """Return a problem with parameters given by name."""
        return cls(path, code, tuple(params.items()))

    @property
    def text(self) -> str:
        """What is wrong, in English."""
        return self.say()

    def say(self, language: str = "en") -> str:
        """Return what is wrong; a language that is not known is answered in English."""
        return TEXTS.get(language, TEXTS["en"])[self.code].format(**dict(self.params))

    def __str__(self):
        return f"{self.path or '(top)'}: {self.text}"


class ProgrammeError(ValueError):
    """A programme that cannot be used; ``problems`` has each reason."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Wrong(ValueError):
    """A value that a column does not take; ``code`` and ``params`` as those of a `Problem`."""

    def __init__(self, code, **params):
        self.code, self.params = code, params
        super().__init__(code)
