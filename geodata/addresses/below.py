"""What stands below a base place and goes on as is typed: doors, buildings, units and rooms."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from geodata.addresses.words import TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.addresses.library import Library

MOST = 2_000  # nodes that are looked at below one place
# What a word may be followed by, the longer of two first.
_ENDINGS = {
    "road_no": ("号大院", "号院", "号", "院"),
    "building": ("号楼", "#楼", "栋楼", "幢楼", "号", "栋", "幢", "座", "#", "楼", "-"),
    "unit": ("单元", "门栋", "门", "-"),
    "room": ("号房", "室", "户", "房", "号"),
}
# Levels that may go unsaid, and what says that they do not.
_SAID = {"building": re.compile(r"[楼栋幢座#]"), "unit": re.compile("[单门]")}
_STOREY = re.compile(r"[0-9A-Z]{1,3}层")
_BETWEEN = "的-"


def below(library: Library, place: int, typed: str) -> Iterator[tuple[bool, int]]:
    """Give rows below a node that go on as is typed (normalised), coarse ones first.

    With each whether it is what is typed and no more. A building or unit that is not said is passed
    over: 501 is a room of any unit where no building and no unit is called so.
    """
    typed = _STOREY.sub("", typed).replace("号-", "-")
    waiting, seen = deque([(place, 0, typed, True)]), 0
    while waiting and seen < MOST:
        node, rank, rest, is_plain = waiting.popleft()
        passed_over, is_met = [], False
        for at, word, child in _children(library, node, rank):
            seen += 1
            left = _left(TAIL[at], word, rest)
            if left is None:
                if _may_pass(TAIL[at], rest):
                    passed_over.append((child, at + 1, rest, False))
                continue
            is_met = True
            if not left and child < library.count:
                yield bool(rest) and is_plain and rest.startswith(word), child
            waiting.append((child, at + 1, left, is_plain))
        if not is_met:
            waiting.extend(passed_over)


def _children(library: Library, node: int, rank: int) -> Iterator[tuple[int, str, int]]:
    """Rank, word and node of what stands below a node, from a rank of levels on."""
    for at in range(rank, len(TAIL)):
        for word, child in sorted(library.tree.children(node, TAIL[at]), key=_by_size):
            yield at, word, child


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


def _may_pass(level: str, typed: str) -> bool:
    return level in _SAID and not _SAID[level].search(typed)
