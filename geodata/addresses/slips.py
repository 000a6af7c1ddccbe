"""Names with one wrong character: a homophone, a character that looks alike, a second reading.

Each name is known by what is right of its first characters, whichever of them is wrong; a handful
of names in a text are then compared to the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from geodata.addresses.alike import confusable

if TYPE_CHECKING:
    from collections.abc import Iterable

Table: TypeAlias = dict[str, dict[str, list[str]]]
LATER = 3  # characters at the beginning by which a name is known
SHORTEST = 3  # characters of a name in which a slip can be told


class Slips:
    """Finds names of a list in texts where one character is wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        # By two characters that are right, then by the fourth ("" of a name of three): three
        # tables, of names whose first, second, and third or later character is the wrong one.
        self._first: Table = {}
        self._second: Table = {}
        self._later: Table = {}
        for name in names:
            if len(name) >= SHORTEST:
                four = name[3:4]
                _put(self._first, name[1:3], four, name)
                _put(self._second, name[0] + name[2], four, name)
                _put(self._later, name[:2], four, name)
                if four:
                    _put(self._later, name[:2], "3" + name[2], name)

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give where a name begins that is written with one slip, and the name."""
        found: list[tuple[int, str]] = []
        first, second, later = self._first, self._second, self._later
        for at in range(len(text) - 2):
            known = first.get(text[at + 1 : at + 3])
            if known:
                _add(found, text, at, 0, known)
            known = second.get(text[at] + text[at + 2])
            if known:
                _add(found, text, at, 1, known)
            known = later.get(text[at : at + 2])
            if known:
                _add(found, text, at, 2, known)
                found += [
                    (at, name)
                    for name in known.get("3" + text[at + 2], ())
                    if _is_slip(text, at, LATER, name)
                ]
        return found


def _put(table: Table, pair: str, four: str, name: str) -> None:
    table.setdefault(pair, {}).setdefault(four, []).append(name)


def _add(
    found: list[tuple[int, str]], text: str, at: int, wrong: int, known: dict[str, list[str]]
) -> None:
    """Add the names that stand in a text but for the character that is wrong."""
    for four in ("", text[at + 3 : at + 4]) if at + 3 < len(text) else ("",):
        found += [(at, name) for name in known.get(four, ()) if _is_slip(text, at, wrong, name)]


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
