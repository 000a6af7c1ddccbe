"""Texts in one form: half width, capitals, no spaces, Chinese numerals as digits where they count.

A place is written in many ways and compared in one. Numerals become digits only before the words
that count houses (号楼 栋 幢 单元 层 室 户 号) or after a unit; never in a name: 西二路 stays. What
only tells about how many (五六号楼, 二三十号) is no number and stays too.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Put: TypeAlias = str | Callable[[re.Match[str]], str]

_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"  # as on receipts; in names of people and places too
_DIGITS = "零〇幺一二三四五六七八九"
_NUMERALS = _DIGITS + "十百千两" + _FORMAL
_VALUE = {word: value for value, word in enumerate("零一二三四五六七八九")} | {
    word: value for value, word in enumerate(_FORMAL[:9], start=1)
}
_VALUE |= {"〇": 0, "两": 2, "幺": 1}
_PLACES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_HOUSES = (
    "之[0-9一二三四五六七八九十]{1,2}号|号楼|号院|号|栋|幢|单元|层|室|户|#|期|"
    "楼第?[0-9一二两三四五六七八九十]{1,2}单元"
)
# Numerals in front of a word that counts, or a room said digit by digit behind its unit.
# Each begins with the characters it may begin with: so a text is searched five times as fast.
_COUNTED = re.compile(
    rf"[{_NUMERALS}](?:[{_NUMERALS}]*(?={_HOUSES})|(?<=单元.)[{_NUMERALS}]{{2,5}}(?![{_NUMERALS}])"
    rf"|(?<=号楼.)[{_NUMERALS}]{{2,5}}(?![{_NUMERALS}])|(?<=[A-Z][座栋幢].)[{_NUMERALS}]{{2,5}}(?![{_NUMERALS}])|(?<=[0-9]-.)[{_NUMERALS}]{{2,4}}(?![{_NUMERALS}])|(?<=[0-9一二三四五六七八九十]号[之附].)[{_NUMERALS}]{{0,2}})"
)
# 五六号楼 and 二三十号楼 are about so many, 一二三号楼 are three: none is a number.
_NEXT = "一二|两三|二三|三四|四五|五六|六七|七八|八九"
_ABOUT = re.compile(
    rf"(?:{_NEXT})[十百]?|[一二三四五六七八九]?十(?:{_NEXT})|一二三|二三四|三四五|四五六|五六七|六七八|七八九"
)
# A room said digit by digit, and what stands in front of it: 三单元三楼三零二, 一单元然后四零二.
_ROOM = re.compile(
    rf"[{_DIGITS}](?<![{_NUMERALS}0-9].)[{_DIGITS}]{{2,3}}(?![{_NUMERALS}0-9几多来余万亿半])"
)
_BEFORE_ROOM = re.compile(
    r"(?:单元|[0-9一二三四五六七八九十顶]楼|[0-9一二三四五六七八九十顶]层|[0-9零〇一二三四五六七八九]{3}[和、与及跟至到])[，]?(?:然后|那个|这个|那边|[嗯呃啊哦的])*[，]?$"
)
_WIDTH = 8  # characters of it
# 张店8中, 17中门口: a school is called by a numeral; 8中午 and 18中间 are none.
_SCHOOL = re.compile(
    r"[0-9](?<![0-9./:：月年-].)[0-9]?(?=中(?:学|校|[东西南北]?[门墙院]|对面|附近|旁|放学|家长|老师|学生|[的，。]|$))",
    re.MULTILINE,
)
# What only decorates. Commas and full stops stay: they part one place from the next.
_DROPPED = re.compile(
    r"[ \t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"()\[\]{}<>《》〈〉【】〔〕「」『』“”‘’\"'`*·•・]+"
)
_DASH = re.compile(
    r"[-_~/一之](?<=[0-9A-Z].)(?:(?<=[-_~/])[-_~/]*|(?=[0-9]))(?=[0-9A-Z])"
    # 3.1.401, as it is noted down.
    r"|\.(?<=[0-9].)(?:(?=[0-9]{1,2}\.[0-9]{3,4}(?![0-9.]))|(?<=\.[0-9].)(?=[0-9]{3,4}(?![0-9.])))"
)
_BEHIND = re.compile(r"[之附-](?:(?<=号.)|(?<=[0-9]附))(?=[0-9甲乙丙丁])")

PARTING = "\n"  # stands between texts that are looked through together, and in none of them
_LONGER = re.compile("[⑩-⑳]")  # become two characters

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ONE_TO_ONE = (
    {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2460, 0x2474)}
    | {code: chr(narrow) for code, narrow in _WIDE.items()}
    | {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
    | {code: chr(narrow).upper() for code, narrow in _WIDE.items() if chr(narrow).islower()}
    | {start + n: str(n + 1) for start in (0x2160, 0x2170) for n in range(9)}  # Ⅰ to Ⅸ
    | {0x3000: " ", 0xFFE5: "¥"}
    | dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
    # Commas of both widths are one comma, and so on: what follows only knows the Chinese ones.
    | {ord(plain): wide for plain, wide in zip(",;:!?", "，；：！？", strict=True)}
    | {ord(wide): wide for wide in "，；：！？"}
    | {ord("＃"): "#", ord("﹟"): "#", ord("．"): ".", ord("、"): "、"}
)


@lru_cache(maxsize=1 << 14)  # the names of a district; each comes in many rows
def normalised(text: str) -> str:
    """Give the one form of a text, in which names are compared and numbers are read."""
    return normalised_all([text])[0]


def normalised_all(texts: Sequence[str]) -> list[str]:
    """Give the one form of each text: together, for every step costs as much for one as for many.

    >>> normalised_all(["柳泉路 二号", "张店区（西二路）"])
    ['柳泉路2号', '张店区西二路']
    """
    plain = PARTING.join(text.replace(PARTING, " ") for text in texts)
    plain = _same_form(plain)
    for pattern, put in _STEPS:
        plain = pattern.sub(put, plain)
    return plain.split(PARTING)


def _same_form(text: str) -> str:
    """Give a text with every character half width, a capital, simplified."""
    text = _LONGER.sub(lambda found: _one_to_one()[ord(found.group())], text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _forms()[codes].tobytes().decode("utf-32-le")


@cache
def _forms() -> NDArray[np.uint32]:
    """Give the code of what each character becomes, by its code, where that is one character."""
    forms = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    forms[0xD800:0xE000] = 0xFFFD  # halves of characters, which are in no text that is well formed
    for code, becomes in _one_to_one().items():
        if len(becomes) == 1:
            forms[code] = ord(becomes)
    return forms


def origins(text: str) -> list[int]:
    """Give for every character of ``normalised(text)``, and its end, where it began in ``text``.

    A numeral of another length than its digits begins, for each of its digits, where it began.
    """
    plain, at = text.replace(PARTING, " "), list(range(len(text)))
    if _LONGER.search(plain):
        at = [n for n, char in enumerate(plain) for _ in range(2 if _LONGER.match(char) else 1)]
    plain = _same_form(plain)
    for pattern, put in _STEPS:
        if pattern.search(plain):
            plain, at = _followed(plain, at, pattern, put)
    return [*at, len(text)]


@cache
def _one_to_one() -> dict[int, str]:
    """Give what each character becomes: half width, a capital, a simplified character."""
    from opencc import OpenCC

    every = "".join(map(chr, range(0x4E00, 0xA000)))
    simple = OpenCC("t2s").convert(every)
    changed = zip(every, simple, strict=True)
    return {ord(one): other for one, other in changed if one != other} | _ONE_TO_ONE


def is_dropped(char: str) -> bool:
    """Whether a character only decorates a text: a space, a bracket, a quotation mark."""
    return char == PARTING or _DROPPED.match(char.translate(_one_to_one())) is not None


def _followed(
    plain: str, at: list[int], pattern: re.Pattern[str], put: Put
) -> tuple[str, list[int]]:
    """Take a step; what is put somewhere began where the characters that were there did."""
    words, kept, done = [], list[int](), 0
    for found in pattern.finditer(plain):
        start, end = found.span()
        new = put if isinstance(put, str) else put(found)
        words += [plain[done:start], new]
        kept += at[done:start]
        kept += [at[min(start + i * (end - start) // len(new), end - 1)] for i in range(len(new))]
        done = end
    return "".join([*words, plain[done:]]), kept + at[done:]


def _digits(words: str) -> str:
    """Read numerals: 十二 is 12, 一百零一 is 101, 五零一 is 501.

    >>> _digits("十二"), _digits("二十"), _digits("一百零一"), _digits("五零一"), _digits("三")
    ('12', '20', '101', '501', '3')
    """
    if not _PLACES.keys() & set(words):
        return "".join(str(_VALUE[word]) for word in words)
    total = number = 0
    for word in words:
        if word in _PLACES:
            total += max(number, 1) * _PLACES[word]
            number = 0
        else:
            number = _VALUE[word]
    return str(total + number)


def _counted(found: re.Match[str]) -> str:
    """Read numerals that count; those that only tell about how many stay, and those of a name."""
    words, text, start, end = found.group(), found.string, found.start(), found.end()
    if len(words) > 1 and words[-1] not in "零〇" and _ABOUT.fullmatch(words):
        return words if text[end : end + 1] != "室" or len(words) < _ROOM_DIGITS else _digits(words)
    if text[start - 1 : start] == "几" and words[0] in _PLACES:  # 几十号楼
        return words
    if words in _FORMAL and len(words) == 1 and not _counts(text, start, end):
        return words
    return _digits(words)


_ROOM_DIGITS = 3  # a room said digit by digit has as many at least


def _counts(text: str, start: int, end: int) -> bool:
    """Whether one formal numeral counts: 叁号楼 and 人民路壹号 do; 天悦壹号, 大陆户口 are names."""
    if text.startswith(("号楼", "栋", "幢", "单元", "层", "室", "#", "楼"), end):
        return True
    return text[end : end + 1] == "号" and text[start - 1 : start] in set("路街道巷")


def _room_said(found: re.Match[str]) -> str:
    """Read a room said digit by digit, if it stands behind its unit or storey."""
    start = found.start()
    if _BEFORE_ROOM.search(found.string, max(0, start - _WIDTH), start):
        return _digits(found.group())
    return found.group()


def _numerals(found: re.Match[str]) -> str:
    """Write a number below a hundred in words: 8 is 八, 17 is 十七."""
    tens, ones = divmod(int(found.group()), 10)
    if not (tens or ones) or found.group()[0] == "0":
        return found.group()
    many = ("" if tens == 1 else _DIGIT_WORDS[tens]) + "十" if tens else ""
    return many + (_DIGIT_WORDS[ones] if ones else "")


_DIGIT_WORDS = "零一二三四五六七八九"

# One after the other: what is found, and what is put in its place.
_STEPS: tuple[tuple[re.Pattern[str], Put], ...] = (
    (_DROPPED, ""),
    (_COUNTED, _counted),
    (_ROOM, _room_said),
    (_SCHOOL, _numerals),
    (_DASH, "-"),
    (_BEHIND, "-"),
)
