"""Names with one wrong character: a homophone, a character that looks alike, a second reading.

Each name of three characters and more is known by its first three, two at a time: the first and
second, the second and third, the first and third. Whichever character is wrong, one pair is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.alike import confusable

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 3  # characters of a name in which a slip can be told


class Slips:
    """Finds names of a list in texts where one character is wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        self._front: dict[str, list[str]] = {}  # first and second character: any later is wrong
        self._middle: dict[str, list[str]] = {}  # second and third: the first is wrong
        self._around: dict[str, list[str]] = {}  # first and third: the second is wrong
        for name in names:
            if len(name) >= SHORTEST:
                self._front.setdefault(name[:2], []).append(name)
                self._middle.setdefault(name[1:3], []).append(name)
                self._around.setdefault(name[0] + name[2], []).append(name)

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give where a name begins that is written with one slip, and the name."""
        found: list[tuple[int, str]] = []
        front, middle, around = self._front, self._middle, self._around
        for at in range(len(text) - 1):
            pair = text[at : at + 2]
            for name in front.get(pair, ()):
                if _one_later(text, at, name):
                    found.append((at, name))
            if at:
                for name in middle.get(pair, ()):
                    if text.startswith(name[3:], at + 2) and confusable(text[at - 1], name[0]):
                        found.append((at - 1, name))
            for name in around.get(pair[0] + text[at + 2 : at + 3], ()):
                if text.startswith(name[3:], at + 3) and confusable(pair[1], name[1]):
                    found.append((at, name))
        return found


def _one_later(text: str, start: int, name: str) -> bool:
    """Whether exactly one character from the third on differs, and is taken for the other."""
    written = text[start : start + len(name)]
    if len(written) < len(name) or written == name:
        return False
    at = 2
    while written[at] == name[at]:
        at += 1
    return written[at + 1 :] == name[at + 1 :] and confusable(written[at], name[at])
