"""The elements of a text, each with where it stands in the text as it was given.

The gazetteer's reading: names the library knows, and around them door numbers, buildings, units,
floors, rooms, crossings and relations. Labels are those of the standard address (province to room,
poi) and ``intersection``, ``distance`` and ``relation``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.addresses.elements import Element
from geodata.addresses.mentions import reading
from geodata.addresses.text import is_dropped, origins

if TYPE_CHECKING:
    from geodata.addresses.gazetteer import Gazetteer, Hit
    from geodata.addresses.mentions import Mention, Reading

_BEHIND = re.compile(
    r"(?P<intersection>(?:的)?(?:交叉路口|交叉口|十字路口|丁字路口|交汇处|交界处|交口|路口)(?:[东西南北]{1,2}角)?)"
    r"|(?P<distance>(?:再?往|向)?[东西南北前后]?(?:走|侧|约)*[0-9]+(?:多)?米)"
    r"|(?P<relation>[东西南北]{1,2}(?:大门|侧门|门|侧|首|头|角)|斜?对[面过]|附近|旁边?|门口|门前|隔壁|楼下|往[东西南北])"
)
REACH = 12  # characters behind a name in which a relation is still its own


def parse(text: str, gazetteer: Gazetteer) -> list[Element]:
    """Give the elements of a text, in order; spans count code points of ``text``."""
    return elements(text, reading(text, gazetteer))


def elements(text: str, read: Reading) -> list[Element]:
    """Give the elements of a text that has been read."""
    spans = sorted({span for mention in read.mentions for span in _spans(read.plain, mention)})
    return _placed(text, _apart(spans))


def _placed(text: str, spans: list[tuple[int, int, str]]) -> list[Element]:
    if not spans:
        return []
    origin = origins(text)
    return [
        Element(origin[start], last, label, text[origin[start] : last])
        for start, end, label in spans
        for last in [_end(text, origin, end)]
    ]


def _end(text: str, origin: list[int], end: int) -> int:
    """Where a span ends in the original: before the spaces and brackets that follow it."""
    last = origin[end]
    while is_dropped(text[last - 1]):
        last -= 1
    return last


def _spans(plain: str, mention: Mention) -> list[tuple[int, int, str]]:
    spans = [(hit.start, hit.end, _label(hit)) for hit in mention.hits]
    for tail in (mention.number, mention.tail):
        if tail:
            spans += [(start, end, level) for level, (start, end) in tail.spans.items()]
    end = max(end for _, end, _ in spans)
    for behind in _BEHIND.finditer(plain, end, min(len(plain), end + REACH)):
        if "，" in plain[end : behind.start()]:
            break
        spans.append((*behind.span(), str(behind.lastgroup)))
    return spans


def _label(hit: Hit) -> str:
    if hit.senses:
        return hit.senses[0].level
    if hit.form.endswith("省"):
        return "province"
    if hit.form.endswith("市"):
        return "city"
    return "county"


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that do not overlap: what begins first stays."""
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
