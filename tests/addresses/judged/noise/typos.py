"""Slips of the ear and of the eye, by a table of our own, and how alike two names sound."""

from __future__ import annotations

from functools import cache
from random import Random

from pypinyin import lazy_pinyin

_SOUND_ALIKE = (
    "金今斤|银寅|华花划|瑞锐睿|锦紧|祥翔详|康慷|盛胜圣|鸿宏洪|嘉家佳加|永泳勇|丰风峰枫|恒衡横|泰太态|兴星杏幸"
    "|隆龙珑|翠脆|碧毕必|绿律|蓝兰岚|紫子籽|丹单|文纹闻|德得|仁人|明名铭|清青轻|丽利莉立|雅亚|怡宜颐|福富"
    "|吉及|天添|江姜|山杉|湖胡|云芸|阳洋杨|月悦岳|秋丘|新欣鑫|学雪|建健|联连莲|博搏|尚上|御玉裕|光广|辉晖徽"
    "|达大|润闰|源园圆缘|泉全|河和合荷|林琳|竹烛|桂贵|桥乔|京晶|秀绣|平苹坪|喜禧|昌常|茂贸|荣容蓉|韵运|轩宣"
    "|诚城成|智志|勤琴|苑院|庭亭|邸底|府俯|泽则|春椿|梅美|柳绺"
)
_LOOK_ALIKE = (
    "泰秦|恒桓|清请|祥样|荣荥|润涧|翠粹|竹竺|阁阔|轩斩|堤提|桂挂|城域|庭廷|勤勒|博傅|峰锋|泽择|智暂|银根|湖糊|宁"
    "寺|末未|舍含|复夏|枫讽|茂芪|岸岩|丹舟|永水"
)
# What a tired ear confuses beside tones: kept apart from any other name as if it were the same.
_SLACK = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def slip(name: str, draw: Random) -> str:
    """Give the name with one character misheard or, one time in four, misread; else the name."""
    table = _table(_LOOK_ALIKE) if draw.random() < 0.25 else _table(_SOUND_ALIKE)
    places = [n for n, one in enumerate(name) if one in table]
    if not places:
        return name
    place = draw.choice(places)
    return name[:place] + draw.choice(table[name[place]]) + name[place + 1 :]


def lookalikes(name: str) -> list[str]:
    """Give every name that looks like this one but for one character."""
    table = _table(_LOOK_ALIKE)
    return [
        name[:n] + other + name[n + 1 :]
        for n, one in enumerate(name)
        for other in table.get(one, "")
    ]


@cache
def sound(name: str) -> str:
    """Give how a name sounds without tones, with near sounds as one."""
    said = " ".join(lazy_pinyin(name))
    for wide, narrow in _SLACK:
        said = said.replace(wide, narrow)
    return said


@cache
def _table(groups: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups.split("|"):
        for one in group:
            found[one] = found.get(one, "") + group.replace(one, "")
    return found
