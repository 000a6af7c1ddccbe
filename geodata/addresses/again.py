"""What is said of a place further on, without its name: the school, her compound, our house.

Who names two places goes on about one of them. 孩子在八中上学，…，学校门口 speaks of the school,
and 我妈住紫园，我住沁园，我妈那个楼 of the first compound.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geodata.addresses import cues
from geodata.addresses.signs import FINE, KIN

if TYPE_CHECKING:
    from geodata.addresses.mentions import Mention

SHORT_NAME = 2  # characters at the end of a name that may stand for it

# How a place of a kind is called for short, and how the names of that kind end.
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("小区|院里|院子", re.compile(r"")),  # every compound
    ("学校|校门|校园|食堂", re.compile(r"学$|中$|幼儿园|学校|[校学]院?$|校区")),
    ("园里|园内", re.compile(r"幼儿园|公园|园$")),
    ("市场", re.compile(r"市场|大集|八大局|批发")),
    ("公园", re.compile(r"公园|园$|湖$|广场")),
    ("医院|急诊|药房|病房", re.compile(r"医院|院区?$")),
    ("商场|广场|影院|扶梯", re.compile(r"商[城场厦]|广场|万达|汇$|[泰荣]城|天地|利群|购物|中心$")),
    ("超市", re.compile(r"超市|大润发|便利|量贩|商店")),
    ("大厦|写字楼", re.compile(r"大厦|中心|写字楼|国际")),
    ("站前|车站|出站口|站内", re.compile(r"站$")),
    ("酒店|宾馆", re.compile(r"酒店|宾馆|旅馆")),
    ("烧烤", re.compile(r"烧烤")),
    ("饭店|饭馆|餐馆|店里|店家|老板", re.compile(r"店|馆|烧烤|火锅|面|居$|楼$")),
)
_POINTS = r"(?:(?<=[，。；：该此本])|(?<=[这那]个)|(?<=[这那]家)|(?<=到了))"
_PART = (
    r"(?:的?(?:[东西南北大正]{0,2}门|门口|门前|里|内|外|保安|管理|停车场|地下|物业|南头|北头|道闸))"
)
_KINDS = {
    word: (re.compile(rf"(?:{_POINTS}[一-鿿]{{0,2}}?{word}|{word}{_PART})"), names)
    for words, names in _NAMES
    for word in words.split("|")
}
_ANY_KIND = re.compile("|".join(_KINDS))
_NOT_THERE = ("不在", "不是", "没在")
_POINTERS = ("该", "此", "这个", "到了")
# Her compound is another one, and what blows into the compound comes from elsewhere.
_NOT_ITS = re.compile(rf"(?:{KIN}|[她他我俺咱]们?)[^，。]*$|[往进向]$|[飘流排倒]到$")
_FINE = re.compile(rf"[^，。]{{0,3}}(?:{FINE})")
_GONE = re.compile(rf"[^，。]{{0,2}}(?:搬|关了|拆了|没了|{FINE})")
_KIN = re.compile(KIN)
_SENTENCE = re.compile(r"[。；！？]")
_NOT_THEIRS = re.compile(r"[送接给]|[，][^，]*(?:[我俺咱]|自己)")
_FETCHED = re.compile(r"[送接给]")
_OWN = re.compile(
    r"(?:[我俺咱]们?这[边里儿头]|[我俺咱]们?自己住的|[我俺咱](?:们|自己)?(?:这个?|那个?|这栋)?(?:小区|家|楼|单元|院|栋|庄|村)|自己?家|本(?:小区|楼|单元)|所[住在居]|家里|"
    r"(?<=回)家|到家|回来发现|回去发现)"
)
_OWN_MEANT = re.compile(
    rf"(?:要|今天|现在|主要|但|不过|可是?|其实|而|我)[^，。]{{0,6}}(?:投诉|反映|举报|说|讲)的?[^。]{{0,12}}?{_OWN.pattern}"
    rf"|(?:但是?|可是?|不过|其实|而是?)[^，。]{{0,6}}{_OWN.pattern}|不是[^，。]{{1,8}}，(?:而?是)?{_OWN.pattern}"
)
_NOT_OWN = re.compile(
    r"不是(?:居住|住)的?(?:地方|地址|小区)|不(?:是|在|说|反映)+(?:[我俺咱]们?)?(?:自己)?(?:这[儿里边]|小区|家|楼|单元|院)|[我俺咱]们?(?:小区|家|楼)(?:本身)?没有?(?:事|问题)"
)
_OTHERS = re.compile(r"[他她]们?(?:那|家|住|的|小区)|老(?:人家?|太太|爷子|两口|头|奶奶|母亲|父亲)")
# 店开在瑞苑，仓库在紫园，…，仓库那头: what a place is to the caller is spoken of again.
_ROLE = re.compile(
    r"(?P<role>仓库|单位|公司|店|门店|厂|工地|宿舍|老家|车库)[开设]?就?(?:在|是|位于|于)$"
)
_OPENED = re.compile(r"开了?(?:[一个家间]|一家|一个)?(?P<trade>[^，。]{2,4}?)(?=[，。])")
_NO_HOME = frozenset({"works_there", "works", "from", "was", "was_there"})
_TOLD = frozenset({"told", "last", "shop"})
OWNED = frozenset({"lives", "lives_there", "moved", "home_field"})


class _Text(NamedTuple):
    """A text with its places, and for each what is told behind it and its signs, near and far."""

    plain: str
    found: list[Mention]
    rests: list[tuple[int, int]]
    around: list[list[str]]
    further: list[list[str]]

    def credit(self, to: int, behind: int, sign: str) -> None:
        """Credit a place with what is told behind another one, which then is not told of that."""
        self.further[to].append(sign)
        if behind != to:
            self.around[behind][:] = [name for name in self.around[behind] if name not in _TOLD]


def again(text: str, found: list[Mention], around: list[list[str]]) -> list[list[str]]:
    """Give for each place the signs that stand further on.

    ``around`` are those around its name; what is told of another place is taken out of them.
    """
    read = _Text(text, found, _rests(text, found), around, [[] for _ in found])
    for at, mention in enumerate(found):
        if _is_named_again(text, mention) or any(_names(m, mention) for m in found):
            read.further[at].append("named_again")
        read.further[at] += _goes_on(text, found, at)
        if at and {"trade", "shop"} <= set(around[at - 1]):
            read.further[at].append("after_trade")
    for word in set(_ANY_KIND.findall(text, found[0].end)):
        _kind(read, *_KINDS[word])
    for at in range(len(found)):
        _home(read, at)
    return read.further


def _goes_on(text: str, found: list[Mention], at: int) -> list[str]:
    """Give the signs of a place of which its house, its part or its trade is spoken of again."""
    mention = found[at]
    house = mention.tail.words.get("building")
    told = (
        ("house_again", house and f"{house}号楼" in text[max(mention.end, mention.tail.end) :]),
        ("kind_again", _role_goes_on(text, found, at)),
        ("trade_again", _trade_goes_on(text, mention)),
    )
    return [name for name, is_told in told if is_told]


def _home(read: _Text, at: int) -> None:
    """Credit a home with what is said of it: of the caller's, or of who is named with it."""
    later = [read.plain[start:end] for start, end in read.rests[at:]]
    if word := _kin(read.plain, read.found, at):
        for n, clause in enumerate(later, at):
            if _speaks_of(word, clause):
                read.credit(at, n, "kin_again")
    elif OWNED & set(read.around[at]):
        read.further[at] += _own(later)
        if "told" in read.around[at]:
            read.further[at].append("home_told")
        if at and _OWN.search(read.plain, *read.rests[at - 1]):
            read.further[at].append("own_before")


def _names(other: Mention, mention: Mention) -> bool:
    """Whether another mention names a place again, with its whole name or the end of it."""
    if other.tells_where is mention:
        return _is_end(other, mention)
    return mention.is_named_as(other)


def _is_end(other: Mention, mention: Mention) -> bool:
    place, end = mention.place, other.anchor
    return place is not None and end is not None and place.form.endswith(end.form)


def _own(later: list[str]) -> list[str]:
    """Give the sign of a home by what is said later of our house: the last to hold goes first."""
    if any(map(_NOT_OWN.search, later)):
        return ["not_own"]
    if any(map(_OWN_MEANT.search, later)):
        return ["own_meant"]
    return ["own_again"] if any(map(_OWN.search, later)) else []


def _rests(text: str, found: list[Mention]) -> list[tuple[int, int]]:
    """Where between one place and the next whole clauses stand: not what leads to the next."""
    spans = []
    for one, other in pairwise(found):
        end = max((text.rfind(mark, one.end, other.start) for mark in "，。；：！？"), default=-1)
        spans.append((one.end, max(end, one.end)))
    return [*spans, (found[-1].end, len(text))]


def _kind(read: _Text, pattern: re.Pattern[str], names: re.Pattern[str]) -> None:
    """Credit what is called by its kind to the last place of that kind.

    Of two homes neither is the compound: 我住紫园，我妈住沁园，小区没人管.
    """
    around = [set(signs) for signs in read.around]
    of_kind = [
        at
        for at, mention in enumerate(read.found)
        if _is_of(mention, names) and (names.pattern or not _NO_HOME & around[at])
    ]
    homes = [at for at in of_kind if OWNED & around[at]]
    for at, (start, end) in enumerate(read.rests):
        last = max((n for n in of_kind if n <= at), default=-1)
        is_alone = len(homes) < 2 or last not in homes
        for other in pattern.finditer(read.plain, start, end) if last >= 0 else ():
            before = read.plain[max(0, other.start() - 5) : other.start()]
            if before.endswith(_NOT_THERE) or other.group().startswith(_NOT_THERE):
                read.further[last].append("not_there")
                continue
            if (is_alone or before.endswith(_POINTERS)) and not (
                _NOT_ITS.search(before) or _GONE.match(read.plain, other.end())
            ):
                read.credit(last, at, "kind_again")


def _is_of(mention: Mention, names: re.Pattern[str]) -> bool:
    anchor = mention.anchor
    if anchor is None or anchor.level not in ("quarter", "poi"):
        return False
    if anchor.level == "quarter":
        return not names.pattern or names.pattern == "大厦"
    return bool(names.pattern) and names.search(anchor.form) is not None


def _kin(text: str, found: list[Mention], at: int) -> str:
    """Whose home a place is said to be; empty where of nobody else."""
    mention = found[at]
    begin = max(mention.start - 20, found[at - 1].end if at else 0)
    before = _SENTENCE.split(text[begin : mention.start])[-1]
    words = list(_KIN.finditer(before))
    if not words or _NOT_THEIRS.search(before, words[-1].end() - 1):
        return ""
    return "" if _FETCHED.search(before, 0, words[-1].start()) else words[-1].group()


def _speaks_of(word: str, clause: str) -> bool:
    """Whether a clause goes on about somebody: by the same word, by she, or by the old people."""
    short = word[-1 if word[0] in "我俺咱" or word[0] == word[-1] else 0 :]
    spoken = re.search(rf"{short}|{_OTHERS.pattern}", clause)
    return spoken is not None and not _FINE.match(clause, spoken.end())


def _role_goes_on(text: str, found: list[Mention], at: int) -> bool:
    role = _ROLE.search(text, found[at - 1].end if at else 0, found[at].start)
    if role is None:
        return False
    _, spoken, rest = text[found[at].end :].partition(role["role"])
    return bool(spoken) and not _FINE.match(rest)


def _trade_goes_on(text: str, mention: Mention) -> bool:
    """在紫园开了个托管班，…，托管班楼上: what was opened there is spoken of again."""
    opened = _OPENED.match(text, mention.end)
    return opened is not None and opened["trade"] in text[opened.end() :]


def _is_named_again(text: str, mention: Mention) -> bool:
    """张店八中…，八中门口: by the end of its name, at the beginning of a clause."""
    name = mention.place.form if mention.place else ""
    if len(name) <= SHORT_NAME or cues.GENERAL.fullmatch(name[-SHORT_NAME:]):
        return False
    at = text.find(name[-SHORT_NAME:], mention.end)
    return at > 0 and cues.CLAUSE.match(text, at - 1) is not None
