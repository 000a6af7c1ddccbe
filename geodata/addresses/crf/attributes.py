"""What a token shows of itself and its neighbours: one 64-bit number a template.

Training and reading use the same compiled function, so they cannot disagree: crfsuite is given the
numbers as words, the decoder looks the same numbers up.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.tokens import (
    DIGITS,
    EDGE,
    RUN,
    Codes,
    Hashes,
    Names,
    Tokens,
    among,
    mixed,
    named,
    room,
    tokenised,
)

TEMPLATES = 27
# Characters that end an element: how far off the next one is says much about a token.
_ENDS = "省市区县旗镇乡街道路巷弄村庄屯组队号栋幢座楼层室单元门园城厦场院苑府店厂司校站口里湾-"
ENDINGS = np.array(sorted(map(ord, _ENDS)), dtype=np.uint32)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FOUR = np.uint64(4)


@nb.njit(cache=True)
def described(text: Codes, names: Names) -> tuple[int, Tokens, NDArray[np.uint64]]:
    """Give a text's tokens: how many, their places, and their attributes (tokens × templates)."""
    tokens = room(text.size)
    count = tokenised(text, tokens)
    named(text, count, names, tokens)
    after, before = _surroundings(count, tokens.words)
    rows = np.empty((count, TEMPLATES), np.uint64)
    for at in range(count):
        _words(rows[at], at + EDGE, tokens.words)
        _kinds(rows[at], at + EDGE, tokens)
        _places(rows[at], at, count, after, before)
    return count, tokens, rows


@nb.njit(cache=True)
def _words(row: Hashes, i: int, w: Hashes) -> None:
    row[0] = _seed(0)
    row[1] = _one(1, w[i])
    row[2] = _one(2, w[i - 1])
    row[3] = _one(3, w[i + 1])
    row[4] = _one(4, w[i - 2])
    row[5] = _one(5, w[i + 2])
    row[6] = _one(6, w[i + 3])
    row[7] = _two(7, w[i - 1], w[i])
    row[8] = _two(8, w[i], w[i + 1])
    row[9] = _two(9, w[i + 1], w[i + 2])
    row[10] = _two(10, w[i - 2], w[i - 1])
    row[11] = _two(11, w[i + 2], w[i + 3])
    row[12] = mixed(row[7] + _STEP, w[i + 1])
    row[13] = mixed(row[8] + _STEP, w[i + 2])
    row[14] = mixed(row[10] + _STEP, w[i])
    row[15] = mixed(row[13] + _STEP, w[i + 3])


@nb.njit(cache=True)
def _kinds(row: Hashes, i: int, tokens: Tokens) -> None:
    """Shapes around the token, and names of divisions it lies in."""
    s, tags = tokens.shapes, tokens.tags
    row[16] = mixed(_two(16, s[i - 1], s[i]), np.uint64(s[i + 1]))
    row[17] = mixed(mixed(row[16] + _STEP, np.uint64(s[i - 2])), np.uint64(s[i + 2]))
    row[18] = _one(18, tags[i])
    row[19] = mixed(_two(19, tags[i - 1], tags[i]), np.uint64(tags[i + 1]))
    row[20] = _two(20, tags[i], tokens.words[i])


@nb.njit(cache=True)
def _places(row: Hashes, at: int, count: int, after: Hashes, before: Hashes) -> None:
    """How near the ends of the text and of elements are."""
    i = at + EDGE
    row[21] = _one(21, min(at, 4))
    row[22] = _one(22, min(count - 1 - at, 4))
    row[23] = _one(23, after[i])
    row[24] = _one(24, after[i + 1])
    row[25] = _one(25, before[i])
    row[26] = _two(26, before[i], after[i])


@nb.njit(cache=True)
def _surroundings(count: int, words: Hashes) -> tuple[Hashes, Hashes]:
    """For each token the ending that comes next and the one that came last, and how far off."""
    after = np.zeros(count + 2 * EDGE, np.uint64)
    before = np.zeros(count + 2 * EDGE, np.uint64)
    word, far = np.uint64(0), 0
    for i in range(EDGE + count - 1, EDGE - 1, -1):
        if _ends(words[i]) or DIGITS < words[i] <= DIGITS + np.uint64(5):
            word, far = words[i], 0
        after[i] = word * _FOUR + np.uint64(min(far, 3))
        far += 1
    word, far = np.uint64(0), 0
    for i in range(EDGE, EDGE + count):
        before[i] = word * _FOUR + np.uint64(min(far, 3))
        far += 1
        if _ends(words[i]):
            word, far = words[i], 0
    return after, before


@nb.njit(cache=True)
def _ends(word: np.uint64) -> bool:
    return bool(word < RUN and among(ENDINGS, np.uint32(word)))


@nb.njit(cache=True)
def _seed(template: int) -> np.uint64:
    return np.uint64(template + 1) * _STEP


@nb.njit(cache=True)
def _one(template: int, value: int) -> np.uint64:
    return np.uint64(mixed(_seed(template), np.uint64(value)))


@nb.njit(cache=True)
def _two(template: int, first: int, second: int) -> np.uint64:
    return np.uint64(mixed(mixed(_seed(template), np.uint64(first)), np.uint64(second)))
