"""What stands below a base place and goes on as is typed: doors, buildings, units and rooms."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from geodata.addresses.words import TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.addresses.library import Library

MOST = 5_000  # nodes that are looked at below one place
# What a word may be followed by, the longer of two first.
_ENDINGS = {
    "road_no": ("号大院", "号院", "号", "院"),
    "building": ("号楼", "#楼", "栋楼", "幢楼", "号", "栋", "幢", "座", "#", "楼", "-"),
    "unit": ("单元", "门栋", "门", "-"),
    "room": ("号房", "室", "户", "房", "号"),
}
_STOREY = re.compile(r"[0-9A-Z]{1,3}层")
_BETWEEN = "的-"


def below(library: Library, place: int, typed: str) -> Iterator[tuple[bool, int]]:
    """Give rows below a node that go on as is typed (normalised), coarse ones first.

    With each whether it is what is typed and no more. A level that is not said is passed over:
    501 is a room of any unit where no building and no unit is called so.
    """
    typed = _STOREY.sub("", typed).replace("号-", "-")
    waiting, seen = deque([(place, typed, True)]), 0
    while waiting and seen < MOST:
        node, rest, is_plain = waiting.popleft()
        passed_over, is_met = [], False
        for level, word, child in _children(library, node):
            seen += 1
            left = _left(level, word, rest)
            if left is None:
                passed_over.append((child, rest, False))
                continue
            is_met = True
            is_whole = left == "" and rest != "" and (rest.startswith(word) and is_plain)
            if not left and child < library.count:
                yield is_whole, child
            waiting.append((child, left, is_plain))
        if not is_met:
            waiting.extend(passed_over)


def _children(library: Library, node: int) -> Iterator[tuple[str, str, int]]:
    for level in TAIL:
        found = library.tree.children(node, level)
        for word, child in sorted(found, key=_by_size):
            yield level, word, child


def _by_size(child: tuple[str, int]) -> tuple[int, str]:
    return len(child[0]), child[0]


def _left(level: str, word: str, typed: str) -> str | None:
    """What is typed behind a word and its ending; None where something else is typed.

    Nothing is left where the word, or its ending, is still being typed.
    """
    if not typed.startswith(word):
        return "" if word.startswith(typed) else None
    behind = typed[len(word) :]
    for ending in _ENDINGS[level]:
        if behind.startswith(ending):
            return behind[len(ending) :].lstrip(_BETWEEN)
        if ending.startswith(behind):
            return ""
    return None
