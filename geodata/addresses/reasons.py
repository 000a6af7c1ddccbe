"""Why a text means what it means, in one Chinese sentence that is true of that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.surfaces import NAME
from geodata.addresses.text import is_dropped, origins
from geodata.addresses.words import WRITTEN

if TYPE_CHECKING:
    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.library import Library
    from geodata.addresses.mentions import Mention, Reading

UNSURE = "没有说定是哪一栋楼。"  # where several are told, or one is taken back
_MANY = {"road_no": "门牌号", "building": "楼栋", "unit": "单元", "room": "房间"}


def said(read: Reading, hit: Hit) -> str:
    """Give a name as it was written in the text."""
    plain, text = read.plain[hit.start : hit.end], read.text
    if plain in text:
        return plain
    origin = origins(text)
    start, end = origin[hit.start], origin[hit.end]
    while end > start + 1 and is_dropped(text[end - 1]):
        end -= 1
    return text[start:end]


def how(read: Reading, mention: Mention, base: Base) -> str:
    """Say how a name leads to its place: as it stands, as another name of it, or with a slip."""
    anchor = mention.anchor
    assert anchor is not None
    if mention.is_zoned:
        return f"“{said(read, anchor)}”,所说的分区是{base.name}。"
    if anchor.slip:
        return f"“{said(read, anchor)}”有一字之差,读作{base.name}。"
    if anchor.senses[0].quality == NAME:
        return f"名称与地址库的{base.name}一致。"
    return f"“{said(read, anchor)}”是{base.name}的别称。"


def missing(
    library: Library,
    node: int,
    level: str,
    *,
    mention: Mention,
    base: Base,
    reached: dict[str, str],
) -> str:
    """Say what is not below a node, in the words of the text, and what the library has there."""
    place = base.name
    if base.level == "road" and mention.number:
        place += mention.number.words["road_no"] + WRITTEN["road_no"]
    place += "".join(map(_written, reached, reached.values()))
    known = sorted((word for word, _ in library.tree.children(node, level)), key=_by_size)
    if not known:
        return f"地址库没有登记{place}的{_MANY[level]}。"
    listed = f"(库中{known[0]}–{known[-1]})" if len(known) > 1 else ""
    return f"{place}没有{_as_said(mention, level)}{listed}。"


def _as_said(mention: Mention, level: str) -> str:
    """D座, 3栋, 5单元: a number with the word for it that the text has."""
    word = mention.tail.words[level]
    for found in mention.tail.found:
        if level == "building" and found.groupdict().get(level):
            behind = found.string[found.end(level) : found.end(level) + 1]
            if behind and behind in "座栋幢":
                return word + behind
    return _written(level, word)


def _written(level: str, word: str) -> str:
    if level == "building" and "A" <= word[0] <= "Z":
        return f"{word}座"
    return word + ("户" if level == "room" and word in "东西中" else WRITTEN[level])


def _by_size(word: str) -> tuple[int, str]:
    return len(word), word
