"""Names with one wrong character: a homophone, a character that looks alike, a second reading.

Each name is known by what is right of its first characters, whichever of them is wrong; a handful
of names in a text are then compared to the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.addresses.alike import confusable

if TYPE_CHECKING:
    from collections.abc import Iterable

LATER = 3  # characters at the beginning by which a name is known
SHORTEST = 3  # characters of a name in which a slip can be told


class Slips:
    """Finds names of a list in texts where one character is wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        # By the characters that are right, in front of each the place of the one that is not.
        self._known: dict[str, list[tuple[int, str]]] = {}
        for name in names:
            if len(name) >= SHORTEST:
                one, two, three, four = name[0], name[1], name[2], name[3:4]
                right = ["0" + two + three + four, "1" + one + three + four, "2" + one + two + four]
                right += ["3" + one + two + three] if four else []
                for key in right:
                    self._known.setdefault(key, []).append((int(key[0]), name))

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give where a name begins that is written with one slip, and the name."""
        found: list[tuple[int, str]] = []
        known = self._known
        end = len(text) - 2
        for at in range(end):
            one, two, three = text[at], text[at + 1], text[at + 2]
            keys = ["0" + two + three, "1" + one + three, "2" + one + two]
            if at + 1 < end:
                four = text[at + 3]
                keys += [key + four for key in keys]
                keys.append("3" + one + two + three)
            for key in keys:
                if key in known:
                    found += [(at, n) for wrong, n in known[key] if _is_slip(text, at, wrong, n)]
        return found


def _is_slip(text: str, start: int, wrong: int, name: str) -> bool:
    """Whether a name stands in a text with one wrong character, the one told or a later one."""
    if wrong < LATER:
        if len(name) > LATER and not text.startswith(name[LATER:], start + LATER):
            return False
        return confusable(text[start + wrong], name[wrong])
    written = text[start : start + len(name)]
    if len(written) < len(name) or written == name:
        return False
    at = LATER
    while written[at] == name[at]:
        at += 1
    return written[at + 1 :] == name[at + 1 :] and confusable(written[at], name[at])
