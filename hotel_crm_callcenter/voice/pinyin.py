"""Chinese as pinyin with tones as digits: the free speech engine reads that, and characters not.

>>> read("您好，积分1250分。")
'nin2 hao3, ji1 fen1 yi1 qian1 er4 bai3 wu3 shi2 fen1.'
>>> count(10), count(205), count(0), count(20030)
('十', '二百零五', '零', '二万零三十')
"""

import re

from pypinyin import Style, lazy_pinyin

DIGITS, UNITS = "零一二三四五六七八九", ("", "十", "百", "千")
SIGNS = str.maketrans({"，": ",", "。": ".", "：": ",", "；": ",", "、": ",", "！": ".", "？": "?"})


def count(number: int) -> str:
    """Return a number below 100,000,000 in Chinese."""
    if number >= 10**8:
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if number >= 10**4:
        rest = number % 10**4
        gap = "零" if 0 < rest < 1000 else ""
        return count(number // 10**4) + "万" + gap + (count(rest) if rest else "")
    text = str(number)
    words = "".join(
        DIGITS[int(digit)] + (UNITS[len(text) - 1 - place] if digit != "0" else "") for place, digit in enumerate(text)
    )
    words = re.sub("零+", "零", words)
    words = words.rstrip("零") if number else words
    return words[1:] if words.startswith("一十") else words


def read(text: str) -> str:
    """Return text in pinyin, a syllable each, tones as digits."""
    text = re.sub(r"(\d{4})(?=年)", lambda year: "".join(DIGITS[int(digit)] for digit in year[1]), text)
    text = re.sub(r"\d+", lambda number: count(int(number[0])), text)
    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return re.sub(r" ([,.?])", r"\1", " ".join(part.translate(SIGNS).strip() for part in syllables))
