"""Zones that are told apart from the name of their compound: 林泽花园的，西区，5号楼.

Compounds that share a name but for the zone are siblings. A zone that is told behind the name, or
in a correction (华侨城一期，不对，二期), picks one of them: the last word counts. What is told that
no sibling is called goes to a clerk.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geodata.addresses.surfaces import ZONE
from geodata.addresses.tails import NOTHING, Tail, house, is_house

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geodata.addresses.bases import Base
    from geodata.addresses.mentions import Mention, Reading

# A zone, in the words it is said in: 西区, 2期, 西边那个区.
_ZONE = (
    r"(?:(?P<zone>[东西南北中新老][区院]|[0-9一二三四五六七八九]{1,2}[期区]|[A-D]区)"
    r"|(?P<side>[东西南北])[边面]的?那个?区)(?![域间别望限待末货刊子长])"
)
_AT_NAME = re.compile(rf"(?:小区)?的?第?{_ZONE}")
_APART = re.compile(
    rf"(?:(?<=[，。！？：；、的是在就那这不啊哦嗯呃了对为第嘛呢吧])|(?<=小区|业主|住户|或者|我们|咱们|他们)){_ZONE}"
)
_ANEW = re.compile(
    r"[啊哦噢哎]不|不对|不不|错了|更正|应该?[是为]|，而?是$|(?:投诉|反映|举报|说)的是$|核实|改[为成]"
)
_DENIED = re.compile(r"(?:不是|并非|不在)$")
_OR = re.compile(r"(?:还是|或者|或是)$")
_BEHIND = re.compile(r"(?:那边|这边|里|的|，){0,2}")
_MAY_BE_ZONE = re.compile(r"(?<![小社])[区期院]")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


class Told(NamedTuple):
    """What a zone told apart makes of a place: the compounds it may be, and the house in them.

    ``why`` tells why it is none of them, by a code of ``Match.why``; then they are alternatives.
    """

    bases: list[Base]
    tail: Tail = NOTHING
    why: str | None = None

    def applied_to(self, mention: Mention) -> Mention:
        """Give a mention as it is to be read with the zone."""
        doubt = None if mention.doubt == "zone" else mention.doubt
        told = self.why is None
        return replace(mention, tail=self.tail, doubt=self.why or doubt, is_zoned=told)


class Zones:
    """The compounds of a library by their name without a zone."""

    def __init__(self, bases: Iterable[Base]) -> None:
        self._siblings: dict[str, dict[str, list[Base]]] = {}
        for base in bases:
            name, zone = _parted(base) if base.level == "quarter" else ("", "")
            if zone:
                self._siblings.setdefault(name, {}).setdefault(zone, []).append(base)

    def told(self, read: Reading, mention: Mention, candidates: Sequence[Base]) -> Told | None:
        """Give what a zone told apart makes of a named compound; None if none is told."""
        place, until = mention.place, _until(read, mention)
        if place is None or not until:
            return None
        text = read.plain
        parted = {_parted(base) for base in candidates}
        names = {name for name, _ in parted}
        siblings = self._siblings.get(names.pop(), {}) if len(names) == 1 else {}
        if not siblings:
            return _without_siblings(text, place.end, until)
        zone, end = _last_word(text, place.end, until, parted.pop()[1] if len(parted) == 1 else "")
        if not end:
            return None
        if zone not in siblings:
            return Told(
                [base for some in siblings.values() for base in some],
                why="zone" if zone else "zones",
            )
        told = house(text, end, until)
        return Told(siblings[zone], told if told.words else mention.tail)


def _without_siblings(text: str, at: int, until: int) -> Told | None:
    """A zone of a compound without zones is doubtful only where it has buildings of its own."""
    said = _APART.search(text, at, until)
    if said and is_house(text, _behind(text, said.end())):
        return Told([], why="zone")
    return None


def _last_word(text: str, at: int, until: int, own: str) -> tuple[str, int]:
    """Give the zone that counts in the end, and where it ends; 0 where none is told but ``own``.

    The zone is "" where two are told and none of them is taken back.
    """
    zone, end, is_clear = own, 0, True
    before = at
    for said in _said(text, at, until):
        between, name = text[before : said.start()], _one_form(said)
        before = said.end()
        if _DENIED.search(between):
            continue
        if zone and name != zone and _OR.search(between):
            end, is_clear = before, False
        elif not zone or name == zone or not is_clear or _ANEW.search(between):
            zone, end, is_clear = name, before, True
        elif is_house(text, _behind(text, before)):
            end, is_clear = before, False
    return zone if is_clear else "", end


def _said(text: str, at: int, until: int) -> Iterator[re.Match[str]]:
    first = _AT_NAME.match(text, at, until)
    if first:
        yield first
    yield from _APART.finditer(text, first.end() if first else at, until)


def _one_form(said: re.Match[str]) -> str:
    return _as_one(said["zone"] or f"{said['side']}区")


def _as_one(zone: str) -> str:
    """Give a zone as all its ways of writing are compared: 二期 and 2期, 西院 and 西区."""
    plain = zone.translate(_NUMERALS)
    return f"{plain[0]}区" if plain.endswith("院") else plain


def _parted(base: Base) -> tuple[str, str]:
    """Give the name of a compound without its zone, and the zone; "" of what has none."""
    plain = base.core
    zone = ZONE.search(plain)
    return (plain[: zone.start()], _as_one(zone.group())) if zone else (plain, "")


def _behind(text: str, at: int) -> int:
    found = _BEHIND.match(text, at)
    return found.end() if found else at


def _until(read: Reading, mention: Mention) -> int:
    """Give where the next place begins if a zone may be told before it; 0 of most texts."""
    text, place = read.plain, mention.place
    if place is None:
        return 0
    if not _MAY_BE_ZONE.search(text, place.end + 1):  # a zone is more than 区
        return 0
    at = read.mentions.index(mention) + 1
    until = read.mentions[at].start if at < len(read.mentions) else len(text)
    return until if _MAY_BE_ZONE.search(text, place.end, until) else 0
