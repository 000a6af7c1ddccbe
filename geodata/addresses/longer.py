"""Names that go on: words behind a known name may make it the beginning of an unknown one.

恒大御景湾 is not 恒大, 银都国际公寓 not 银都, 中心医院家属院 not the hospital. Where what stands
behind a name looks like the rest of one, the labeller is asked; most texts are let by at a glance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.addresses.crf import Labeller
from geodata.addresses.surfaces import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.mentions import Mention, Reading

# Of 2,100 texts that were judged, not one has behind a place that was meant what looks like the
# rest of a longer name, with the word for its kind: little has to speak for that. Where only a
# building stands behind unknown words, names that were meant agree more with their text than this.
LEAST_OF_KIND = 0.96
LEAST_OF_NAME, LEAST_OF_ALIAS = 0.2, 0.5

_HOUSE = r"[0-9A-Z]{1,3}(?:-[0-9]|号楼?|栋|幢|座|#)"
# Characters that build sentences, and no names.
_PROSE = (
    "的了在和与跟是有把被让给就也还这那每各整我你他们说没不很太个几全某该本老旁附门对边侧周"
    "啊呀哦嗯呢吧嘛哈吗"
)
_PART = rf"[^\W0-9A-Z{_PROSE}]"
_DWELLINGS = (
    r"花园|家园|新村|公寓|名苑|国际(?!学校|幼儿园)|名都|名城|新城|华庭|豪庭|华府|公馆|山庄|佳园|"
    r"嘉园|雅居|雅苑|嘉苑|佳苑|家属[院楼区]|宿舍|生活区|壹号|一号院|世家|名邸|新苑|新居|丽城|小区"
)
_SHOPS = r"百货(?!店|超市)|商场|商城|商厦|购物中心|大厦|广场(?!舞)|市场|商贸城"
_LAST = (
    r"(?<!幼儿)(?<![公乐校果菜田游])园|(?<![阳天窗平露站吧灶柜舞讲])台|(?<![中前后家法])庭|"
    r"(?<!政)府|(?<!别)墅|[苑湾郡邸轩城汇玺隽樾]|号院|(?:[一二三四五六七八九十百]|春天)里"
)
_BEHIND = (
    rf"(?=$|[，。；、！？：的]|{_HOUSE}|小区|物业|业主|居民|住户|[东西南北]?大?门|附近|旁边|对面|"
    r"停[水电气暖]|楼下|里面)"
)
_REST = re.compile(
    rf"(?P<more>{_PART}{{0,5}}?)"
    rf"(?:(?P<kind>{_DWELLINGS}|{_SHOPS})|(?P<last>(?:{_LAST}){_BEHIND})|(?P<house>(?={_HOUSE})))"
)
_KIND = re.compile(rf"{_DWELLINGS}|{_SHOPS}")
_SHOP = re.compile(_SHOPS)
# Parts of a place, which no name of a place of its own begins with.
_WITHIN = re.compile(
    r"(?:中心|中央|空中|屋顶|楼顶|街心|口袋|小|大|文化|健身|休闲|站前|[东西南北]|负?[一二三四五六])(?:花园|广场)|[大前后]院|"
    r"(?:老年|[长短日月]租)公寓|(?:工地|工人|员工|民工)(?:宿舍|生活区)|(?:农贸|菜|便民|露天)市场|沿街|"
    r"[东西南北中新]+[区院]|[东西南北]{1,2}(?:面|头|首|角|段|户|单元)"
)
_SCHOOL = re.compile(r"(?:大学|学院|中学|学校|校区|职专|技校|[一二三四五六七八九十]中)$")


def goes_further(read: Reading, mention: Mention, candidates: Iterable[Base]) -> bool:
    """Whether the place of a mention of a text is rather the beginning of a longer name."""
    text, hit = read.plain, mention.place
    if hit is None or not "一" <= text[hit.end : hit.end + 1] <= "鿿":
        return False
    if hit.slip and _KIND.match(text, hit.end - 1):  # 凯瑞国|际 is no slip of 凯瑞园
        return True
    rest = _REST.match(text, hit.end)
    if rest is None or _is_explained(text, hit, rest, candidates):
        return False
    others = (other.start for named in read.mentions for other in named.hits)
    if any(hit.end <= start < max(rest.end(), hit.end + 1) for start in others):
        return False
    return Labeller.load().agreement(text, hit.start, hit.end) < _least(hit, rest)


def _least(hit: Hit, rest: re.Match[str]) -> float:
    if rest["house"] is None:
        return LEAST_OF_KIND
    return LEAST_OF_NAME if hit.senses[0].quality >= NAME and not hit.slip else LEAST_OF_ALIAS


def _is_explained(text: str, hit: Hit, rest: re.Match[str], candidates: Iterable[Base]) -> bool:
    """Whether what looks like the rest of a name is a part of the place, or its own kind."""
    if _WITHIN.match(text, hit.end):
        return True
    kind, is_quarter = rest["kind"], hit.level == "quarter"
    if rest["more"] or kind is None:
        return False
    if kind in ("小区", "广场"):
        return is_quarter == (kind == "小区")
    is_named = hit.senses[0].quality >= NAME and _SHOP.match(kind)
    of_students = kind in ("宿舍", "公寓") and _SCHOOL.search(hit.form)
    return bool(is_named or of_students) or any(
        kind in name for base in candidates for name in (base.name, *dict(base.aliases))
    )
