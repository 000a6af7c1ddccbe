"""Tokens of a text and what is known of each by itself: its word, its shape, names it lies in.

Compiled, and imported only when the first text is read. A token is a run of digits, a run of
Latin letters or any other single character; spaces are none. Characters are compared in half
width and capitals; positions stay those of the text.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]  # code points
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int32]

EDGE = 3  # rows of padding before the first and after the last token
LONGEST_NAME = 9

SPACE, DIGIT, LETTER, NUMERAL, HAN, OTHER = range(6)
NUMERALS = np.array(sorted(map(ord, "〇一七三两九二五八六十四百零")), dtype=np.uint32)
# Words of tokens that are more than one character begin here; code points end before.
RUN = np.uint64(1 << 32)
FRONT, BACK = np.uint64((1 << 32) + 1), np.uint64((1 << 32) + 2)
DIGITS = np.uint64((1 << 32) + 16)  # and how many, up to five

_MULTIPLY = np.uint64(0xFF51AFD7ED558CCD)
_START = np.uint64(0x9E3779B97F4A7C15)
_SHIFT, _ONE = np.uint64(32), np.uint64(1)


class Names(NamedTuple):
    """An open hash table of names: ``kinds[slot]`` is the mask of kinds of ``keys[slot]``."""

    keys: Hashes
    kinds: NDArray[np.uint8]


class Tokens(NamedTuple):
    """Room for the tokens of one text.

    ``starts`` and ``ends`` count code points; the others begin ``EDGE`` rows before the first.
    """

    starts: Ints
    ends: Ints
    words: Hashes
    shapes: Ints
    tags: Ints


@nb.njit(cache=True)
def mixed(state: np.uint64, value: np.uint64) -> np.uint64:
    """Fold one more value into a hash."""
    state = (state ^ value) * _MULTIPLY
    return state ^ (state >> _SHIFT)


@nb.njit(cache=True)
def slot_of(keys: Hashes, key: np.uint64) -> np.uint64:
    """Give the slot where a key stands in an open hash table, or the free one where it would."""
    mask = np.uint64(keys.size - 1)
    slot = key & mask
    while keys[slot] != 0 and keys[slot] != key:
        slot = (slot + _ONE) & mask
    return slot


@nb.njit(cache=True)
def among(sorted_chars: Codes, char: np.uint32) -> bool:
    """Say whether a character is one of a sorted few."""
    at = np.searchsorted(sorted_chars, char)
    return bool(at < sorted_chars.size and sorted_chars[at] == char)


@nb.njit(cache=True)
def room(size: int) -> Tokens:
    """Make room for the tokens of a text of ``size`` code points."""
    wide = size + 2 * EDGE
    return Tokens(
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(wide, np.uint64),
        np.empty(wide, np.int32),
        np.empty(wide, np.int32),
    )


@nb.njit(cache=True)
def tokenised(text: Codes, out: Tokens) -> int:
    """Write the tokens of one text; give how many there are."""
    count = at = 0
    while at < text.size:
        char = _folded(text[at])
        sort = _kind(char)
        start = at
        at += 1
        if sort == SPACE:
            continue
        word = np.uint64(char)
        if sort in (DIGIT, LETTER):
            word = mixed(_START, word)
            while at < text.size and _kind(_folded(text[at])) == sort:
                word = mixed(word, np.uint64(_folded(text[at])))
                at += 1
        shape = sort
        if sort == DIGIT:
            word, shape = DIGITS + np.uint64(min(at - start, 5)), 8 + min(at - start, 5)
        elif sort == LETTER:
            word, shape = word | RUN, 16 + min(at - start, 3)
        out.starts[count], out.ends[count] = start, at
        out.words[EDGE + count], out.shapes[EDGE + count] = word, shape
        count += 1
    out.words[:EDGE], out.shapes[:EDGE] = FRONT, 0
    out.words[EDGE + count : 2 * EDGE + count] = BACK
    out.shapes[EDGE + count : 2 * EDGE + count] = 0
    return count


@nb.njit(cache=True)
def _folded(char: np.uint32) -> np.uint32:
    """Give the half-width capital of a character."""
    if 0xFF01 <= char <= 0xFF5E:
        char = np.uint32(char - np.uint32(0xFEE0))
    if 97 <= char <= 122:
        char = np.uint32(char - np.uint32(32))
    return char


@nb.njit(cache=True)
def _kind(char: np.uint32) -> int:
    if 0x4E00 <= char <= 0x9FFF:
        return NUMERAL if among(NUMERALS, char) else HAN
    if 48 <= char <= 57:
        return DIGIT
    if 65 <= char <= 90:
        return LETTER
    if char <= 32 or char in (0x3000, 0xA0, 0xFEFF) or 0x2000 <= char <= 0x200F:
        return SPACE
    return NUMERAL if char == 0x3007 else OTHER


@nb.njit(cache=True)
def named(text: Codes, count: int, names: Names, out: Tokens) -> None:
    """Tag the tokens that lie in a known name, the longest first, from the left.

    A tag is the kinds of the name (a mask) times 4, and 1 in front, 2 inside, 3 at the end; 0 is no
    name.
    """
    out.tags[: count + 2 * EDGE] = 0
    at = 0
    while at < count:
        length, kinds = _longest(text, at, count, names, out.starts)
        for inside in range(length):
            place = 1 if inside == 0 else 3 if inside == length - 1 else 2
            out.tags[EDGE + at + inside] = kinds * 4 + place
        at += max(length, 1)


@nb.njit(cache=True)
def _longest(text: Codes, at: int, count: int, names: Names, starts: Ints) -> tuple[int, int]:
    state, longest, kinds = _START, 0, 0
    for length in range(1, min(LONGEST_NAME, count - at) + 1):
        char = text[starts[at + length - 1]]
        if not 0x4E00 <= char <= 0x9FFF:
            break
        state = mixed(state, np.uint64(char))
        if length > 1:
            slot = slot_of(names.keys, state)
            if names.keys[slot] != 0:
                longest, kinds = length, int(names.kinds[slot])
    return longest, kinds


@nb.njit(cache=True)
def fill(text: Codes, bounds: NDArray[np.int64], marks: NDArray[np.uint8], names: Names) -> None:
    """Enter names into an empty table: name ``i`` is ``text[bounds[i]:bounds[i + 1]]``."""
    for name in range(marks.size):
        state = _START
        for at in range(bounds[name], bounds[name + 1]):
            state = mixed(state, np.uint64(text[at]))
        slot = slot_of(names.keys, state)
        names.keys[slot] = state
        names.kinds[slot] |= marks[name]
