"""Names of roads, compounds and shops, drawn from pools of our own; and the real areas."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

FACTS = Path(__file__).parents[4] / "geodata" / "demo" / "facts"

_FIRST = (
    "金银华瑞锦祥康安盛鸿嘉永丰恒泰兴隆龙凤翠碧绿蓝紫丹文德仁明清美丽雅怡颐福吉庆天海江山湖云星阳"
    "月春秋新国学建联宏博尚御"
)
_SECOND = "光辉达发润泽源泉河峰林森竹梅兰桂枫桥都京景秀和平宁乐喜瑞泰昌茂荣贵韵岸堤台阁轩信诚智勤"
_KINDS = (
    *(("小区", 14), ("花园", 14), ("家园", 10), ("苑", 8), ("嘉园", 4), ("佳园", 4), ("新村", 5)),
    *(("公寓", 3), ("豪庭", 3), ("华庭", 3), ("名邸", 2), ("府", 3), ("公馆", 3), ("城", 3)),
    *(("庄园", 2), ("雅居", 3), ("宿舍", 4), ("生活区", 3), ("名都", 2), ("湾", 2)),
)
_ZONES = (
    ("东区", "西区"),
    ("南区", "北区"),
    ("一期", "二期"),
    ("一期", "二期", "三期"),
    ("A区", "B区"),
)
_BRANDS = (
    "老张|老李|老王|小马|胖哥|二姐|大刘|三嫂|阿强|四海|聚仙|福满|百味|鲁味|口福|满堂|好运|顺风"
)
_SHOPS = (
    "烧烤|烧烤店|炒鸡店|羊汤馆|饭店|火锅城|拉面馆|水饺店|包子铺|超市|便利店|药店|诊所|理发店|洗车行|汽修厂"
    "|网吧|宾馆|旅馆|茶楼|KTV|酒吧|棋牌室|足疗店|浴池|幼儿园|培训学校|五金店|建材店|菜店|水果店|蛋糕店|打印社"
    "|健身房|台球厅|眼镜店|手机店|服装店|干洗店|快递站"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names that may come twice, each with the index of the name that it shares (or its own)."""

    names: list[str]
    aliases: list[str]
    group: list[int]  # homonyms and zones of one name have one group


@cache
def places() -> list[tuple[str, str]]:
    """Every community with its town, by their full names."""
    towns = {row["code"]: row["name"] for row in _facts("streets")}
    return [(towns[row["code"][:9]], row["name"]) for row in _facts("communities")]


@cache
def codes() -> dict[tuple[str, str], str]:
    """Codes of the communities by the names of town and community."""
    return dict(zip(places(), (row["code"] for row in _facts("communities")), strict=True))


@cache
def seats() -> dict[str, tuple[float, float]]:
    """A point (lon, lat) inside each town."""
    return {r["name"]: (float(r["seat_lon"]), float(r["seat_lat"])) for r in _facts("streets")}


def roads(count: int, draw: Random) -> list[str]:
    """Give the real main roads first, then invented ones; all differ."""
    real = list(dict.fromkeys(row["name"] for row in _facts("main_roads")))
    stems = [first + second for first, second in product(_FIRST, _SECOND)]
    draw.shuffle(stems)
    made = (stem + draw.choice(("路", "路", "路", "街", "大街", "巷")) for stem in stems)
    known = {name[:2] for name in real}
    invented = [name for name in made if name[:2] not in known]
    return [*real, *invented][:count]


def compounds(count: int, draw: Random) -> Names:
    """Give compounds: some names twice (true homonyms), some in zones, some with another name."""
    plain = _combined(count, draw)
    homonyms, zoned = max(2, count // 40), max(4, count // 30)
    found = Names([], [], [])
    for group, name in enumerate(plain):
        if group < homonyms:
            _put(found, group, [name, name])
        elif group < homonyms + zoned:
            _put(found, group, [name + zone for zone in draw.choice(_ZONES)])
        else:
            _put(found, group, [name])
        if len(found.names) >= count:
            break
    _name_again(found, draw)
    return found


def shops(count: int, road_names: list[str], draw: Random) -> Names:
    """Give shops, schools named after roads, and some chains with a shop in two towns."""
    schools = [f"{road}{kind}" for road in road_names for kind in ("小学", "中学")][: count // 60]
    kinds = _SHOPS.split("|")
    made = [a + b + kind for a in _BRANDS.split("|") for b in ("", *_FIRST[::4]) for kind in kinds]
    made += [a + b + kind for a, b in product(_FIRST[::2], _SECOND[::3]) for kind in kinds[::3]]
    draw.shuffle(made)
    found = Names([], [], [])
    for group, name in enumerate([*schools, *made]):
        _put(found, group, [name, name] if group % 61 == 60 else [name])
        if len(found.names) >= count:
            break
    return found


def _combined(count: int, draw: Random) -> list[str]:
    """Give different names: each stem has one to five of the kinds."""
    stems = [first + second for first, second in product(_FIRST, _SECOND)]
    draw.shuffle(stems)
    kinds, weights = zip(*_KINDS, strict=True)
    found: dict[str, None] = {}
    for stem in stems:
        for kind in draw.choices(kinds, weights, k=draw.choice((1, 1, 2, 3, 5))):
            found.setdefault(stem + kind)
    names = list(found)
    draw.shuffle(names)
    return names[:count]


def _put(found: Names, group: int, names: list[str]) -> None:
    found.names.extend(names)
    found.aliases.extend([""] * len(names))
    found.group.extend([group] * len(names))


def _name_again(found: Names, draw: Random) -> None:
    """Give one in ten compounds another name, which no other has."""
    works = [
        a + b
        for a in ("机床", "化工", "棉纺", "轴承", "制药", "面粉", "水泥", "玻璃")
        for b in "一二三四五六厂"
    ]
    nicks = [work + kind for work in works for kind in ("家属院", "宿舍楼", "老院", "职工院")]
    draw.shuffle(nicks)
    singles = [n for n, g in enumerate(found.group) if found.group.count(g) == 1]
    for place, nick in zip(draw.sample(singles, len(singles) // 10), nicks, strict=False):
        found.aliases[place] = nick


def _facts(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
