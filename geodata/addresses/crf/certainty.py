"""How sure a boundary is: shares of all sequences of labels, not only of the best one.

Two labels in a row are *joined* where the second goes on with the element of the first, and *apart*
everywhere else; an element is one run of joined labels. Compiled; only what asks pays for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.attributes import described
from geodata.addresses.crf.decoding import (
    INSIDE,
    LAST,
    OUTSIDE,
    Floats,
    Found,
    Weights,
    emissions,
    total,
)
from geodata.addresses.crf.tokens import Codes, Ints, Names, Tokens

Bounds = NDArray[np.int64]


class Steps(NamedTuple):
    """Exponentials of the transitions: all, and those between labels that are apart or joined."""

    every: Floats
    apart: Floats
    joined: Floats


class Lattice(NamedTuple):
    """What lies before and behind each token (tokens × labels), each row scaled.

    ``shares`` are the exponentials of the scores, divided by the scale of ``ahead``: sequences up
    to a token sum to 1 there, and ``ahead * behind`` is the probability of each label.
    """

    shares: Floats
    ahead: Floats
    behind: Floats


@nb.njit(cache=True, nogil=True)
def sure(texts: Codes, bounds: Bounds, names: Names, weights: Weights, found: Found) -> Floats:
    """Give for each element found the probability that it is one element, of whatever kind.

    Text ``i`` is ``texts[bounds[i]:bounds[i + 1]]``.
    """
    steps = _steps(weights)
    out = np.empty(found.counts.sum())
    row = 0
    for i in range(found.counts.size):
        if found.counts[i] == 0:
            continue
        _, tokens, attributes = described(texts[bounds[i] : bounds[i + 1]], names)
        lattice = _lattice(emissions(attributes, weights), steps.every)
        first = 0
        for _ in range(found.counts[i]):
            while tokens.starts[first] < found.starts[row]:
                first += 1
            last = first
            while tokens.ends[last] < found.ends[row]:
                last += 1
            out[row] = min(_one_element(lattice, steps, weights.roles, first, last), 1.0)
            row += 1
    return out


@nb.njit(cache=True, nogil=True)
def agreements(texts: Codes, bounds: Bounds, names: Names, weights: Weights, spans: Ints) -> Floats:
    """Give for one span of each text the probability that no element crosses its two ends.

    A token that an end cuts in two must lie outside every element.
    """
    steps = _steps(weights)
    out = np.ones(bounds.size - 1)
    for i in range(out.size):
        count, tokens, attributes = described(texts[bounds[i] : bounds[i + 1]], names)
        if count:
            scores = emissions(attributes, weights)
            every = total(scores, steps.every)
            cuts = np.zeros(count + 1, np.bool_)
            for side in range(2):
                at, within = _token_at(spans[i, side], count, tokens)
                if within:
                    scores[at][weights.roles != OUTSIDE] = -np.inf
                else:
                    cuts[at] = True
            out[i] = min(np.exp(_kept_apart(scores, steps, cuts) - every), 1.0)
    return out


@nb.njit(cache=True)
def marginals(scores: Floats, transitions: Floats) -> Floats:
    """Give the probability of each label at each token (tokens × labels), from their scores."""
    lattice = _lattice(scores, np.exp(transitions))
    return lattice.ahead * lattice.behind


@nb.njit(cache=True)
def _steps(weights: Weights) -> Steps:
    every = np.exp(weights.transitions)
    joined = np.zeros_like(every)
    for b in range(weights.roles.size):
        if weights.roles[b] in (INSIDE, LAST):
            for a in range(weights.roles.size):
                if weights.elements[a] == weights.elements[b]:
                    joined[a, b] = every[a, b]
    return Steps(every, every - joined, joined)


@nb.njit(cache=True)
def _lattice(scores: Floats, every: Floats) -> Lattice:
    """Run forward and backward."""
    count, many = scores.shape
    shares = np.empty((count, many))
    ahead, behind = np.empty((count, many)), np.ones((count, many))
    for at in range(count):
        shares[at] = np.exp(scores[at] - scores[at].max())
        before = np.ones(many) if at == 0 else _stepped(ahead[at - 1], every)
        scale = (before * shares[at]).sum()
        shares[at] /= scale
        ahead[at] = before * shares[at]
    for at in range(count - 2, -1, -1):
        behind[at] = _stepped(shares[at + 1] * behind[at + 1], every.T)
    return Lattice(shares, ahead, behind)


@nb.njit(cache=True)
def _stepped(now: Floats, steps: Floats) -> Floats:
    """Give what is reached from the labels, summed over all of them."""
    reached = np.zeros(now.size)
    for a in range(now.size):
        if now[a] > 0.0:
            for b in range(now.size):
                reached[b] += now[a] * steps[a, b]
    return reached


@nb.njit(cache=True)
def _one_element(lattice: Lattice, steps: Steps, roles: Ints, first: int, last: int) -> float:
    """Give the share of sequences in which the tokens first..last are exactly one element."""
    shares, many = lattice.shares, roles.size
    now = np.ones(many) if first == 0 else _stepped(lattice.ahead[first - 1], steps.apart)
    now *= shares[first]
    now[roles == OUTSIDE] = 0.0
    for at in range(first + 1, last + 1):
        now = _stepped(now, steps.joined) * shares[at]
    if last + 1 < shares.shape[0]:
        now = _stepped(now, steps.apart) * shares[last + 1] * lattice.behind[last + 1]
    return float(now.sum())


@nb.njit(cache=True)
def _token_at(place: int, count: int, tokens: Tokens) -> tuple[int, bool]:
    """Give the first token that ends behind a place, and whether the place cuts it in two."""
    for at in range(count):
        if tokens.ends[at] > place:
            return at, tokens.starts[at] < place
    return count, False


@nb.njit(cache=True)
def _kept_apart(scores: Floats, steps: Steps, cuts: NDArray[np.bool_]) -> float:
    """Give the logarithm of the summed weight of the sequences in which nothing goes over a cut."""
    count, many = scores.shape
    now = np.ones(many)
    summed = 0.0
    for at in range(count):
        if at:
            now = _stepped(now, steps.apart if cuts[at] else steps.every)
        highest = scores[at].max()
        if highest == -np.inf:
            return -np.inf
        now *= np.exp(scores[at] - highest)
        mass = now.sum()
        if mass == 0.0:
            return -np.inf
        now /= mass
        summed += highest + np.log(mass)
    return summed
