"""Names with one wrong character: a homophone, a character that looks alike, a second reading.

Each name is known by the first three characters that are right, whichever is wrong. Texts are
looked through together, as one array of characters; what is left is compared to the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.addresses.alike import are_confusable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

# The first three characters that are right, by which is wrong: their distances from the first.
# Of a name of three characters there are two.
SHAPES = ((1, 2), (1, 3), (2, 3), (1,), (2,))
KNOWN_BY = 3
SHORTEST = 3  # characters of a name in which a slip can be told
_BITS = 16  # of a character; one beyond them is taken for another, and compared in the end
_SPREAD, _ROOM = np.uint64(0x9E3779B97F4A7C15), 21  # of a table that tells at once what is no key


class Slips:
    """Finds names of a list in texts where one character is wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        entries = sorted(
            (_key_without(name, wrong), wrong, name)
            for name in names
            for wrong in range(len(name) if len(name) >= SHORTEST else 0)
        )
        self._names = [name for _, _, name in entries]
        self._wrong = np.array([wrong for _, wrong, _ in entries], np.int64)
        self._char = np.array([_code(name[wrong]) for _, wrong, name in entries], np.int64)
        keys = np.array([key for key, _, _ in entries], np.int64)
        self._keys, first = np.unique(keys, return_index=True)
        self._first = np.append(first, len(entries))
        self._maybe = np.zeros(1 << _ROOM, bool)
        self._maybe[_spread(self._keys)] = True

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give where a name begins that is written with one slip, and the name; in order.

        ``text`` may be many texts in a row, parted by a character that is in no name.
        """
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
        codes &= (1 << _BITS) - 1
        places, known = self._known(codes)
        counts = self._first[known + 1] - self._first[known]
        entries = _ranges(self._first[known], counts)
        wrong = self._wrong[entries]
        starts = np.repeat(places, counts) - (wrong == 0)
        at = starts + wrong
        inside = np.flatnonzero((starts >= 0) & (at < len(codes)))
        inside = inside[are_confusable(codes[at[inside]], self._char[entries[inside]])]
        found = zip(starts[inside].tolist(), entries[inside].tolist(), strict=True)
        return sorted((start, self._names[n]) for start, n in found if self._stands(text, start, n))

    def _known(self, codes: Ints) -> tuple[Ints, Ints]:
        """Give where keys stand, and which."""
        keys = np.concatenate([_keys(codes, shape) for shape in SHAPES])
        maybe = np.flatnonzero(self._maybe[_spread(keys)])
        asked = keys[maybe]
        at = np.searchsorted(self._keys, asked)
        at[at == len(self._keys)] = 0
        is_key = self._keys[at] == asked if len(self._keys) else np.zeros(0, bool)
        return maybe[is_key] % max(len(codes), 1), at[is_key]

    def _stands(self, text: str, start: int, entry: int) -> bool:
        """Whether the name of an entry stands in a text, whatever its wrong character is."""
        name, behind = self._names[entry], int(self._wrong[entry]) + 1
        return text.startswith(name[: behind - 1], start) and text.startswith(
            name[behind:], start + behind
        )


def _keys(codes: Ints, shape: tuple[int, ...]) -> Ints:
    """Give the key of a shape at every character; beyond the end there are zeros."""
    keys = np.full(len(codes), SHAPES.index(shape), np.int64)
    for distance in (0, *shape):
        keys <<= _BITS
        keys[: max(len(codes) - distance, 0)] |= codes[distance:]
    return keys


def _ranges(first: Ints, counts: Ints) -> Ints:
    """Give the numbers of ranges one behind the other: first 5 and 9, counts 2 and 1 are 5 6 9."""
    before = np.cumsum(counts) - counts
    return np.asarray(np.arange(counts.sum()) + np.repeat(first - before, counts))


def _code(char: str) -> int:
    return ord(char) & ((1 << _BITS) - 1)


def _key_without(name: str, wrong: int) -> int:
    """Give the key of the first right characters of a name."""
    right = [at for at in range(len(name)) if at != wrong][:KNOWN_BY]
    key = SHAPES.index(tuple(at - right[0] for at in right[1:]))
    for at in right:
        key = (key << _BITS) | _code(name[at])
    return key


def _spread(keys: Ints) -> NDArray[np.uint64]:
    return (keys.astype(np.uint64) * _SPREAD) >> np.uint64(64 - _ROOM)
