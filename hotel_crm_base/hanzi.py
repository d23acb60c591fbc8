"""Chinese names: which characters are the family name, and how they are read.

Plain Python, no Odoo. The reading of a single character is the first one that
pypinyin knows, asked once per character; listed here is only what a name reads
differently, and what is commonly read in two ways.

>>> split_chinese('王伟'), split_chinese('欧阳修文')
(('王', '伟'), ('欧阳', '修文'))
>>> read_name('曾国藩')
[('zeng', 'guofan', 'zgf')]
>>> read_name('吕布')
[('lv', 'bu', 'lb'), ('lu', 'bu', 'lb'), ('lyu', 'bu', 'lb')]
>>> read_name('单于文')
[('chanyu', 'wen', 'cyw')]
"""
import re
from functools import cache
from itertools import islice, product

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
#: Scripts whose names have no spaces inside: Han, kana, Hangul.
_CJK = _HAN + "\u3041-\u30ff\uac00-\ud7a3"
#: Runs of such characters, and runs of anything else that is not a space.
find_runs = re.compile(f"[{_CJK}]+|[^{_CJK}\\s]+").findall
has_cjk = re.compile(f"[{_CJK}]").search
is_cjk = re.compile(f"[{_CJK}]+").fullmatch
is_han = re.compile(f"[{_HAN}]+").fullmatch

#: A Chinese personal name has two to four characters.
NAME_LENGTHS = range(2, 5)
#: No more than so many ways to read one name are kept.
MAX_READINGS = 3


def _table(text: str) -> dict[str, str]:
    """Return 'key=value key=value ...' as a dictionary."""
    return dict(pair.split("=") for pair in text.split())


#: Family names of two characters, simplified and traditional.
COMPOUND = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐"
    " 长孙 長孫 宇文 司徒 司空 轩辕 軒轅 端木 独孤 獨孤 南宫 南宮 西门 西門 东郭 東郭 百里"
    " 呼延 闻人 聞人 澹台 澹臺 公冶 淳于 单于 單于 太叔 申屠 钟离 鍾離 濮阳 濮陽 万俟 萬俟"
    " 赫连 赫連 拓跋 完颜 完顏 纳兰 納蘭 宗政 鲜于 鮮于 仲孙 仲孫 左丘 漆雕 乐正 樂正 公羊"
    " 梁丘 东野 東野 爱新 愛新 叶赫 葉赫".split()
)
#: What a family name reads where that is not the common reading of its
#: characters ("_" between syllables); after a slash come other spellings.
SURNAMES = _table(
    "曾=zeng 单=shan 單=shan 仇=qiu 区=ou 區=ou 解=xie 查=zha 盖=ge/gai 蓋=ge/gai"
    " 任=ren 华=hua 華=hua 纪=ji 紀=ji 应=ying 應=ying 宁=ning 甯=ning 沈=shen"
    " 朴=piao/pu 尉=wei/yu 翟=zhai/di 乐=yue/le 樂=yue/le 秘=bi/mi 繁=po/fan 种=chong"
    " 折=she/zhe 召=shao/zhao 缪=miao/mou 繆=miao/mou 員=yun/yuan 员=yun/yuan 洗=xian"
    " 黑=he/hei 隗=wei/kui 覃=qin/tan 牟=mu/mou 佴=nai 卜=bu 宓=mi/fu 祭=zhai/ji"
    " 柏=bai/bo 薄=bo 谌=chen/shen 諶=chen/shen 乜=nie 句=gou 郗=xi/chi 郇=xun/huan"
    " 能=nai 什=shi 适=kuo 都=du 长=chang/zhang 長=chang/zhang 重=chong/zhong"
    " 尉迟=yu_chi 尉遲=yu_chi 长孙=zhang_sun 長孫=zhang_sun 澹台=tan_tai 澹臺=tan_tai"
    " 单于=chan_yu 單于=chan_yu 万俟=mo_qi 萬俟=mo_qi 乐正=yue_zheng 樂正=yue_zheng"
)
#: Characters of given names that are not read the common way, or in two ways.
GIVEN = _table(
    "乐=le/yue 樂=le/yue 茜=qian/xi 朝=chao/zhao 长=chang/zhang 長=chang/zhang"
    " 行=xing/hang 重=zhong/chong 晟=sheng/cheng 调=tiao/diao 調=tiao/diao 曾=zeng"
    " 参=shen/can 參=shen/can 还=huan 還=huan 都=du 藏=zang/cang 佛=fo 娜=na/nuo"
    " 柏=bai/bo 率=shuai 覃=tan/qin 隽=jun/juan 雋=jun/juan 靓=liang/jing"
    " 靚=liang/jing 颉=jie/xie 頡=jie/xie 谌=chen 尧=yao 单=dan 區=qu"
)


@cache
def read_character(character: str) -> tuple[str, ...]:
    """Return how a character of a given name is read, the common way first.

    Letters a to z only; ü is v, as it is typed, and u and yu as on passports.

    >>> read_character('伟'), read_character('乐'), read_character('绿')
    (('wei',), ('le', 'yue'), ('lv', 'lu', 'lyu'))
    >>> read_character('々')
    ()
    """
    if character in GIVEN:
        return tuple(GIVEN[character].split("/"))
    from pypinyin import lazy_pinyin  # its tables take a moment to load

    reading = lazy_pinyin(character)[0]
    if not (reading.isascii() and reading.isalpha()):
        return ()
    if reading.startswith(("lv", "nv")):
        return reading, reading.replace("v", "u"), reading.replace("v", "yu")
    return (reading,)


@cache
def read_surname(surname: str) -> tuple[tuple[str, str], ...]:
    """Return how a family name is read, the common way first, with initials.

    >>> read_surname('仇'), read_surname('尉迟'), read_surname('诸葛')
    ((('qiu', 'q'),), (('yuchi', 'yc'),), (('zhuge', 'zg'),))
    """
    if surname in SURNAMES:
        spellings = [reading.split("_") for reading in SURNAMES[surname].split("/")]
    else:
        spellings = product(*map(read_character, surname))
    return tuple(("".join(way), "".join(part[0] for part in way)) for way in spellings)


def split_chinese(name: str) -> tuple[str, str]:
    """Split a name in Chinese characters into family and given name.

    >>> split_chinese('王'), split_chinese('司马'), split_chinese('司马光')
    (('王', ''), ('司', '马'), ('司马', '光'))
    """
    length = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
    return name[:length], name[length:]


def is_personal(chunks: list[str]) -> bool:
    """Return whether these runs of characters are one Chinese personal name.

    >>> is_personal(['王伟']), is_personal(['王', '桂兰']), is_personal(['玛丽', '居里'])
    (True, True, False)
    """
    whole = "".join(chunks)
    if len(whole) not in NAME_LENGTHS or not is_han(whole):
        return False
    return len(chunks) == 1 or len(chunks[0]) == 1 or chunks[0] in COMPOUND


def read_name(name: str) -> list[tuple[str, str, str]]:
    """Return the readings of a Chinese name: (family, given, initials).

    :param name: two to four Chinese characters, the family name first
    :return: at most MAX_READINGS, the most likely first; none if a character
        has no reading
    """
    surname, given = split_chinese(name)
    ways = product(read_surname(surname), product(*map(read_character, given)))
    return [
        (family, "".join(syllables), initial + "".join(part[0] for part in syllables))
        for (family, initial), syllables in islice(ways, MAX_READINGS)
    ]


def read_text(text: str) -> tuple[str, str]:
    """Return the common reading of any Chinese text, and its initials.

    >>> read_text('北京饭店')
    ('beijingfandian', 'bjfd')
    """
    syllables = [ways[0] for ways in map(read_character, text) if ways]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
