"""The likeliest labels of a text, as crfsuite's own tagger finds them, and how likely they are."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.attributes import described
from geodata.addresses.crf.tokens import Codes, Hashes, Ints, Names, Tokens

Floats = NDArray[np.float64]
OUTSIDE, BEGIN, INSIDE, LAST, SINGLE = range(5)
_ONE, _TOP = np.uint64(1), np.uint64(56)
_ROUNDING = 1e-6  # of a score
# A share of all sequences that adds nothing a double can show: any label may follow any other.
_NOTHING = 1e-20


# What is looked up together lies together: a miss of the cache costs more than the sum.
SLOT = np.dtype([("key", np.uint64), ("first", np.uint32), ("count", np.uint32)])
ROW = np.dtype([("label", np.uint32), ("weight", np.float32)])


class Weights(NamedTuple):
    """What was learned.

    ``slots`` is an open hash table of attributes: each owns ``count`` of the ``rows`` from
    ``first``. ``marks`` has a byte of each slot's key, 0 for a free slot: most attributes of a text
    are unknown, and these bytes, which stay in the cache, mostly say so. ``transitions[a, b]`` is
    the weight of label b after label a. ``roles`` says which part of an element a label is,
    ``elements`` of which kind of element.
    """

    marks: NDArray[np.uint8]
    slots: NDArray[np.void]
    rows: NDArray[np.void]
    transitions: Floats
    roles: Ints
    elements: Ints


class Found(NamedTuple):
    """Elements of many texts: of text ``i`` as many as ``counts[i]``, one after the other."""

    counts: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    probabilities: Floats


@nb.njit(cache=True, nogil=True)
def found(texts: Codes, bounds: NDArray[np.int64], names: Names, weights: Weights) -> Found:
    """Read every text; text ``i`` is ``texts[bounds[i]:bounds[i + 1]]``."""
    many = bounds.size - 1
    out = Found(
        np.zeros(many, np.int32),
        np.empty(texts.size, np.int32),
        np.empty(texts.size, np.int32),
        np.empty(texts.size, np.int32),
        np.ones(many),
    )
    after = np.exp(weights.transitions)
    at = 0
    for i in range(many):
        text = texts[bounds[i] : bounds[i + 1]]
        count, tokens, rows = described(text, names)
        if count == 0:
            continue
        scores = emissions(rows, weights)
        labels, best = likeliest(scores, weights.transitions)
        out.probabilities[i] = min(np.exp(best - total(scores, after)), 1.0)
        end = _elements(labels, tokens, weights, at, out)
        out.counts[i] = end - at
        at = end
    return out


@nb.njit(cache=True)
def emissions(rows: NDArray[np.uint64], weights: Weights) -> Floats:
    """Give the summed weights of the attributes (tokens × templates) for every label."""
    scores = np.zeros((rows.shape[0], weights.roles.size))
    for at in range(rows.shape[0]):
        for template in range(rows.shape[1]):
            place = _slot_of(weights.marks, weights.slots, rows[at, template])
            if weights.marks[place]:
                slot = weights.slots[place]
                for row in range(slot.first, slot.first + slot.count):
                    scores[at, weights.rows[row].label] += weights.rows[row].weight
    return scores


@nb.njit(cache=True)
def likeliest(scores: Floats, transitions: Floats) -> tuple[Ints, float]:
    """Give the best sequence of labels and its score (Viterbi); ties go to the first label.

    Only the scores are kept on the way; the few labels on the best way are found again going back.
    A label that cannot come before any other, so far is it behind the leading one, is passed over.
    """
    count, many = scores.shape
    most, least = _bounds(transitions)
    reached = np.empty((count, many))
    following = np.empty(many)
    reached[0] = scores[0]
    for at in range(1, count):
        following[:] = -np.inf
        now = reached[at - 1]
        leading = np.argmax(now)
        needed = now[leading] + least[leading] - _ROUNDING
        for a in range(many):
            if now[a] + most[a] >= needed:
                for b in range(many):
                    following[b] = max(now[a] + transitions[a, b], following[b])
        reached[at] = following + scores[at]
    labels = np.empty(count, np.int32)
    label = int(np.argmax(reached[count - 1]))
    best = reached[count - 1, label]
    labels[count - 1] = label
    for at in range(count - 2, -1, -1):
        label = _came_from(reached[at], transitions, label)
        labels[at] = label
    return labels, best


@nb.njit(cache=True)
def _came_from(reached: Floats, transitions: Floats, label: int) -> int:
    """Give the first label from which another is reached best."""
    best, origin = -np.inf, 0
    for a in range(reached.size):
        score = reached[a] + transitions[a, label]
        if score > best:
            best, origin = score, a
    return origin


@nb.njit(cache=True)
def _bounds(transitions: Floats) -> tuple[Floats, Floats]:
    """Give the highest and the lowest weight out of each label."""
    many = transitions.shape[0]
    most, least = np.empty(many), np.empty(many)
    for a in range(many):
        most[a], least[a] = transitions[a].max(), transitions[a].min()
    return most, least


@nb.njit(cache=True)
def total(scores: Floats, after: Floats) -> float:
    """Give the logarithm of the summed weight of all sequences (forward algorithm).

    ``after`` is the exponential of the transitions.
    """
    count, many = scores.shape
    now = np.ones(many)
    summed = 0.0
    for at in range(count):
        if at:
            reached = np.zeros(many)
            for a in range(many):
                share = now[a]
                if share > _NOTHING:
                    for b in range(many):
                        reached[b] += share * after[a, b]
            now = reached
        highest = scores[at].max()
        mass = 0.0
        for b in range(many):
            now[b] *= np.exp(scores[at, b] - highest)
            mass += now[b]
        part = 1.0 / mass
        for b in range(many):
            now[b] *= part
        summed += highest + np.log(mass)
    return summed


@nb.njit(cache=True)
def _elements(labels: Ints, tokens: Tokens, weights: Weights, at: int, out: Found) -> int:
    """Join labels into elements, written from row ``at``; give the row after the last."""
    open_kind = -1
    for i in range(labels.size):
        role, kind = weights.roles[labels[i]], weights.elements[labels[i]]
        if role == OUTSIDE:
            open_kind = -1
            continue
        if role in (BEGIN, SINGLE) or kind != open_kind:
            out.starts[at], out.kinds[at] = tokens.starts[i], kind
            at += 1
            open_kind = kind
        out.ends[at - 1] = tokens.ends[i]
    return at


@nb.njit(cache=True)
def laid_out(
    marks: NDArray[np.uint8],
    slots: NDArray[np.void],
    attributes: Hashes,
    counts: NDArray[np.uint8],
) -> None:
    """Enter attributes into an empty table; attribute ``i`` owns the next ``counts[i]`` rows."""
    first = 0
    for i in range(attributes.size):
        place = _slot_of(marks, slots, attributes[i])
        marks[place] = _mark(attributes[i])
        slots[place].key = attributes[i]
        slots[place].first, slots[place].count = first, counts[i]
        first += counts[i]


@nb.njit(cache=True)
def _slot_of(marks: NDArray[np.uint8], slots: NDArray[np.void], key: np.uint64) -> np.uint64:
    """Give the slot where a key stands, or the free one where it would."""
    within = np.uint64(slots.size - 1)
    mark = _mark(key)
    at = key & within
    while marks[at] and (marks[at] != mark or slots[at].key != key):
        at = (at + _ONE) & within
    return at


@nb.njit(cache=True)
def _mark(key: np.uint64) -> np.uint8:
    return np.uint8(max(key >> _TOP, _ONE))
