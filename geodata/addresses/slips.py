"""Names with one wrong character: a homophone, a character that looks alike, a second reading.

Each name is known by the first three characters that are right, whichever is wrong. Compiled: every
place of every text is asked five times, and what is left is compared to the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from geodata.addresses.alike import Pairs, Sounds, are_confusable, pairs, sounds

if TYPE_CHECKING:
    from collections.abc import Iterable

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]

# The first three characters that are right, by which is wrong: their distances from the first.
# Of a name of three characters there are two, and the second distance is 0.
SHAPES = np.array(((1, 2), (1, 3), (1, 0), (2, 3), (2, 0)))
_SHAPE_OF = {tuple(shape): n for n, shape in enumerate(SHAPES.tolist())}
_AT = (0, 3, 5)  # where those with a first distance of 1 begin, those with 2, and none more
KNOWN_BY = 3
SHORTEST = 3  # characters of a name in which a slip can be told
_BITS = 16  # of a character; one beyond them is taken for another, and compared in the end
_CODE = (1 << _BITS) - 1
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHELVES = 1 << 18
_TOP = np.uint64(64 - 18)  # of the bits of a spread key


class _Names(NamedTuple):
    """Names by what is right in them, an entry for each character that may be wrong.

    ``begins`` tells by the shelf of a pair of characters whether the right part of any name may
    begin with it: most of a text is passed by there. Entries are in order of shelves, those of
    shelf ``s`` are ``first[s]:first[s + 1]``; of each ``keys`` has the key, and ``entries`` the
    code of the wrong character, its place in the name, and the number of the name. Name ``n`` is
    ``codes[bounds[n]:bounds[n + 1]]``.
    """

    begins: NDArray[np.bool_]
    first: NDArray[np.int32]
    keys: Ints
    entries: NDArray[np.int32]
    codes: Codes
    bounds: Ints


class Slips:
    """Finds names of a list in texts where one character is wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        self._list = sorted(name for name in names if len(name) >= SHORTEST)
        self._names = _known_by(self._list)

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give where a name begins that is written with one slip, and the name; in order.

        ``text`` may be many texts in a row, parted by a character that is in no name.
        """
        starts, names = _found(_codes(text), self._names, sounds(), pairs())
        return sorted(
            (start, self._list[n]) for start, n in zip(starts.tolist(), names.tolist(), strict=True)
        )


def _known_by(names: list[str]) -> _Names:
    entries = [
        (_key_without(name, wrong), ord(name[wrong]) & _CODE, wrong, n)
        for n, name in enumerate(names)
        for wrong in range(len(name))
    ]
    table = np.array(entries, np.int64).reshape(-1, 4)
    shelves = _shelves(table[:, 0])
    order = np.argsort(shelves)
    begins = np.zeros(_SHELVES, np.bool_)
    begins[_shelves(_pairs(table[:, 0]))] = True
    return _Names(
        begins,
        np.searchsorted(shelves[order], np.arange(_SHELVES + 1)).astype(np.int32),
        table[order, 0],
        table[order, 1:].astype(np.int32),
        _codes("".join(names)),
        np.cumsum([0, *map(len, names)]),
    )


def _key_without(name: str, wrong: int) -> int:
    """Give the key of the first right characters of a name: its shape, and each character."""
    right = [at for at in range(len(name)) if at != wrong][:KNOWN_BY]
    distances = [at - right[0] for at in right[1:]]
    key = _SHAPE_OF[(*distances, 0)[:2]]
    for at in (right + right[:1])[:KNOWN_BY]:
        key = (key << _BITS) | (ord(name[at]) & _CODE)
    return key


def _pairs(keys: Ints) -> Ints:
    """Give the pair of characters that each key begins with, as a key of its own."""
    distance: Ints = SHAPES[keys >> (3 * _BITS), 0]
    return (distance << (3 * _BITS)) | (keys & (_CODE << (2 * _BITS) | _CODE << _BITS))


def _shelves(keys: Ints) -> Ints:
    shelves: Ints = ((keys.astype(np.uint64) * _SPREAD) >> _TOP).astype(np.int64)
    return shelves


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


@nb.njit(cache=True, nogil=True)
def _found(text: Codes, names: _Names, sounds: Sounds, pairs: Pairs) -> tuple[Ints, Ints]:
    """Give where names begin, and which, in no order."""
    starts, found = [nb.int64(0) for _ in range(0)], [nb.int64(0) for _ in range(0)]
    begins, first, keys, entries, codes, bounds = names
    alike, others = pairs
    for at in range(text.size):
        for distance in (1, 2):
            if not begins[_shelf(_pair(text, at, distance))]:
                continue
            for shape in range(_AT[distance - 1], _AT[distance]):
                key = _key(text, at, shape)
                shelf = _shelf(key)
                for n in range(first[shelf], first[shelf + 1]):
                    right, wrong, name = nb.int64(entries[n, 0]), entries[n, 1], entries[n, 2]
                    start = at - 1 if wrong == 0 else at
                    if keys[n] != key or start < 0 or start + wrong >= text.size:
                        continue
                    written = nb.int64(text[start + wrong] & _CODE)
                    if (
                        written != right
                        and are_confusable(written, right, sounds, alike, others)
                        and _stands(text, start, codes[bounds[name] : bounds[name + 1]], wrong)
                    ):
                        starts.append(nb.int64(start))
                        found.append(nb.int64(name))
    return np.array(starts), np.array(found)


@nb.njit(cache=True, nogil=True)
def _stands(text: Codes, start: int, name: Codes, wrong: int) -> bool:
    """Whether a name stands in a text, whatever stands for its wrong character."""
    if start + name.size > text.size:
        return False
    for at in range(name.size):  # noqa: SIM110 - compiled, where all() is not known
        if at != wrong and text[start + at] != name[at]:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _shelf(key: int) -> int:
    return int((np.uint64(key) * _SPREAD) >> _TOP)


@nb.njit(cache=True, nogil=True)
def _pair(text: Codes, at: int, distance: int) -> int:
    """Give two characters of a text and their distance, as a key; -1 beyond the end."""
    if at + distance >= text.size:
        return -1
    key: int = distance << _BITS | nb.int64(text[at] & _CODE)
    return int((key << _BITS | nb.int64(text[at + distance] & _CODE)) << _BITS)


@nb.njit(cache=True, nogil=True)
def _key(text: Codes, at: int, shape: int) -> int:
    """Give what stands at a place in a shape, as a key; -1 beyond the end."""
    one, other = at + SHAPES[shape, 0], at + SHAPES[shape, 1]
    if max(one, other) >= text.size:
        return -1
    key: int = shape << _BITS | nb.int64(text[at] & _CODE)
    key = key << _BITS | nb.int64(text[one] & _CODE)
    return int(key << _BITS | nb.int64(text[other] & _CODE))
