"""Texts that name a place of the library, and the finest row that is certain."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from random import Random

from tests.addresses.judged.noise import forms
from tests.addresses.judged.noise.book import ZONES, Book
from tests.addresses.judged.noise.prose import AFTER, ALONG, BEFORE, BESIDE, DISTRICTS
from tests.addresses.judged.noise.typos import slip
from tests.addresses.judged.noise.view import Row

Pools = dict[str, list[Row]]

LEADS = sorted(BEFORE, key=len, reverse=True)  # the longest that fits is the one that was said
TYPOS = 0.12  # share of names with a slip
SAYS = {
    "town": 0.30,
    "community": 0.10,
    "road": 0.22,
    "road_no": 0.4,
}  # road_no: of those with road


@dataclass(frozen=True, slots=True)
class Query:
    """A text with its right answer."""

    text: str
    kind: str
    status: str = "matched"
    level: str = ""
    base: str = ""
    address_id: str = ""
    also: tuple[str, ...] = ()

    def row(self) -> dict[str, object]:
        """Give it as a row of the table."""
        return asdict(self)


def place(row: Row, known: Book, draw: Random) -> Query | None:
    """Name one row in full; None where the names are too much alike to be sure."""
    if row["level"] in ("road", "road_no"):
        return _on_road(row, draw)
    tail = _tail(row, draw)
    return _named(row, tail, row["id"], row["level"], known, draw)


def crossing(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Name two roads that meet; either is right."""
    one, other = draw.sample([road for road in pools["road"] if not road["town"]], 2)
    link = draw.choice(("与", "和", "", "跟"))
    meets = draw.choice(("交叉口", "路口", "路口东北角", "交汇处西南角", "十字路口往南"))
    meets = (
        meets.removeprefix("路") if other["road"].endswith("路") and draw.random() < 0.5 else meets
    )
    text = f"{one['road']}{link}{other['road']}{meets}"
    if known.holds_name(f"{link}{other['road']}{meets}", but=other["road"]):
        return None
    whole = draw.choice(BEFORE) + text + draw.choice(AFTER)
    return Query(whole, "answerable", "matched", "road", one["id"], one["id"], (other["id"],))


def several(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Name where the caller lives, and then the place of the problem."""
    home = draw.choice(pools["quarter"])["quarter"]
    meant = draw.choice(pools[draw.choice(("road_no", "poi", "building"))])
    query = place(meant, known, draw)
    if query is None or len(known.bases[home]) > 1 or meant["quarter"] == home:
        return None
    lead = draw.choice((f"我住{home}，", f"家住{home}，", f"我家在{home}，投诉"))
    said = next(query.text[len(word) :] for word in LEADS if query.text.startswith(word))
    return replace(query, text=lead + said)


def alike(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say a name that several bear, or a name without its zone, with or without evidence."""
    if draw.random() < 0.4:
        return _without_zone(known, draw)
    base = draw.choice([*pools["quarter"], *pools["poi"]])
    if len(known.bases[base[base["level"]]]) < 2:
        return None
    tail = made_up_home(draw) if base["level"] == "quarter" and draw.random() < 0.5 else ""
    stated = _stated(base, draw)
    surface = base[base["level"]]
    several_left = known.candidates(surface, stated)
    text = _text(_before(stated, draw), surface, tail, draw)
    if len(several_left) > 1:
        return Query(text, "homonym", "review", also=tuple(row["id"] for row in several_left))
    if tail:
        return None
    return Query(text, "answerable", "matched", base["level"], base["id"], base["id"])


def unlisted(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say a building, unit, room or door that the library does not list."""
    level = draw.choice(("road_no", "quarter", "building", "unit", "unit"))
    row = draw.choice(pools[level])
    if level == "road_no":
        return _no_such_door(row, known, draw)
    if level == "quarter":
        tail = _no_such_building(row, known, draw)
    elif level == "building":
        if row["building"].endswith("座"):
            return None
        tail = forms.home(
            row["building"],
            f"{known.units[row['id']] + draw.randint(1, 3)}单元",
            draw.choice(("", "301室")),
            draw,
        )
    else:
        tail = forms.home(row["building"], row["unit"], f"{draw.choice((3, 4, 36))}09室", draw)
    return _named(row, tail, row["id"], row["level"], known, draw, kind="coarser")


def without_unit(pools: Pools, known: Book, draw: Random) -> Query | None:
    """Say a room without its unit: the building, unless it has only one unit."""
    row = draw.choice(pools["room"])
    if not row["unit"]:
        return None
    tail = forms.numeral(int(row["building"][:-2])) + "号楼" + forms.spelled(row["room"][:-1])
    if draw.random() < 0.7:
        tail = f"{row['building']}{row['room'][:-1]}{draw.choice(('室', ''))}"
    building = row["id"].rsplit("-", 2)[0]
    if known.units[building] == 1:
        return _named(row, tail, row["id"], "room", known, draw)
    return _named(row, tail, building, "building", known, draw, kind="coarser")


def made_up_home(draw: Random) -> str:
    """Write some building, unit and room, listed or not."""
    return forms.home(f"{draw.randint(1, 9)}号楼", f"{draw.randint(1, 3)}单元", "301室", draw)


def bare(row: Row, draw: Random) -> str:
    """Write nothing but the name of a place and its numbers."""
    if row["level"] == "road_no":
        return row["road"] + forms.door(row["road_no"], draw)
    return row["quarter"] + _tail(row, draw)


def _named(
    row: Row, tail: str, code: str, level: str, known: Book, draw: Random, kind: str = "answerable"
) -> Query | None:
    """Name a compound or shop in some way; the answer is ``code`` if the name is certain."""
    own = "poi" if row["level"] == "poi" else "quarter"
    base = row["id"].partition("-")[0]
    surface = _surface(row, own, known, draw)
    stated = _stated(row, draw)
    left = known.candidates(surface, stated) if surface in known.bases else None
    typed = _typed(surface, row[own], known, draw)
    if typed is None or (left is None and len(known.candidates(row[own], {})) > 1):
        return None
    text = _text(_before(stated, draw), typed, tail, draw)
    if left is not None and len(left) > 1:
        return Query(text, "homonym", "review", also=tuple(one["id"] for one in left))
    return Query(text, kind, "matched", level, base, code)


def _surface(row: Row, own: str, known: Book, draw: Random) -> str:
    """Give the name as it is said: in full, by its alias, with 小区 added or left out."""
    name, form = row[own], draw.random()
    aliases = [
        alias
        for base in known.bases[name]
        if base["id"] == row["id"].partition("-")[0]
        for alias in base["aliases"].split("|")
        if alias
    ]
    if aliases and form < 0.5:
        return draw.choice(aliases)
    if own == "poi" or name.endswith(ZONES):
        return name
    if name.endswith("小区"):
        return name[:-2] if form > 0.85 and _alone(name[:-2], known) else name
    added = f"{name}小区"
    return added if form > 0.88 and not known.mistakable(added, name) else name


def _alone(stem: str, known: Book) -> bool:
    """Tell whether a stem is enough to know the compound: nothing else begins with it."""
    return sum(name.startswith(stem) for name in known.bases) == 1


def _typed(surface: str, name: str, known: Book, draw: Random) -> str | None:
    """Give the surface, now and then with a slip that leads to no other name."""
    if draw.random() >= TYPOS or len(surface) < 4 or surface != name:
        return surface
    typed = slip(surface, draw)
    if typed == surface:
        return surface
    return None if known.mistakable(typed, name) or len(known.bases[name]) > 1 else typed


def _stated(row: Row, draw: Random) -> dict[str, str]:
    """Give what else is said of the place, always true."""
    said = {name for name in ("town", "community", "road") if draw.random() < SAYS[name]}
    if "road" in said and draw.random() < SAYS["road_no"]:
        said.add("road_no")
    return {name: row[name] for name in said if row[name]}


def _before(stated: dict[str, str], draw: Random) -> str:
    """Write what is stated in the order of an address."""
    town = stated.get("town", "")
    if town.endswith("街道") and draw.random() < 0.15:
        town += "办事处"
    community = stated.get("community", "")
    for tail in ("居民委员会", "居委会", "居委", "委会"):
        community = community.removesuffix(tail)
    number = stated.get("road_no", "")
    door = forms.door(number, draw) if number else ""
    district = draw.choice(("", "", "", DISTRICTS[0], DISTRICTS[1], DISTRICTS[2]))
    return district + town + community + stated.get("road", "") + door


def _tail(row: Row, draw: Random) -> str:
    if row["level"] in ("quarter", "poi"):
        return draw.choice(("", "", *BESIDE))
    return forms.home(row["building"], row["unit"], row["room"], draw)


def _text(before: str, name: str, tail: str, draw: Random) -> str:
    spaced = name.lower() if name.isascii() or draw.random() < 0.3 else name
    gap = " " if draw.random() < 0.04 else ""
    return draw.choice(BEFORE) + before + gap + spaced + tail + draw.choice(AFTER)


def _on_road(row: Row, draw: Random) -> Query:
    """Name a road or one of its doors."""
    town = row["town"] if draw.random() < SAYS["town"] else ""
    if row["level"] == "road":
        tail = draw.choice(ALONG)
    else:
        tail = forms.door(row["road_no"], draw) + draw.choice(("", "", *BESIDE[:4]))
    base = row["id"].partition("-")[0]
    text = draw.choice(BEFORE) + town + row["road"] + tail + draw.choice(AFTER)
    return Query(text, "answerable", "matched", row["level"], base, row["id"])


def _no_such_door(row: Row, known: Book, draw: Random) -> Query | None:
    number = f"{draw.choice((draw.randint(1, 300), draw.randint(301, 998)))}号"
    if number in known.numbers[row["road"]]:
        return None
    base = row["id"].partition("-")[0]
    text = draw.choice(BEFORE) + row["road"] + forms.door(number, draw) + draw.choice(AFTER)
    return Query(text, "coarser", "matched", "road", base, base)


def _no_such_building(row: Row, known: Book, draw: Random) -> str:
    held = [int(one[:-2]) for one in known.buildings[row["id"]] if one.endswith("号楼")]
    number = max(held, default=0) + draw.randint(1, 9)
    unit = f"{draw.randint(1, 3)}单元"
    return forms.home(f"{number}号楼", *draw.choice((("", ""), (unit, ""), (unit, "402室"))), draw)


def _without_zone(known: Book, draw: Random) -> Query | None:
    """Say a compound without its zone: zones share town, community and road, so nothing helps."""
    stem = draw.choice(known.zoned)
    zones = known.bases[stem]
    if any(not base["quarter"].startswith(stem) or base["quarter"] == stem for base in zones):
        return None
    tail = made_up_home(draw) if draw.random() < 0.6 else ""
    text = _text(_before(_stated(zones[0], draw), draw), stem, tail, draw)
    return Query(text, "homonym", "review", also=tuple(base["id"] for base in zones))
