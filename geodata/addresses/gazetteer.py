"""Names found in a text: by Aho–Corasick over every form, then the reading that covers most.

Beside the forms as they are written, those with one slip are hits of their own, worth less. Another
list names what lies elsewhere, so that a place in another district is not looked for here.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numba as nb
import numpy as np
from ahocorasick_rs import AhoCorasick

from geodata.addresses.cues import LEAD
from geodata.addresses.slips import Ints, Slips
from geodata.addresses.surfaces import ALIAS, BRIEF, WEAK, Sense
from geodata.addresses.text import PARTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BRIEFEST = 2  # characters of a name that is read with a slip only in front of a building
WORTH, SLIP_WORTH = 20, 9  # of a hit as it should be written, and of one with a slip
# Less of a slip in what may be no part of the name: 是七中 is rather 七中 than 十七中.
LED_TO = 2


@dataclass(slots=True)
class Hit:
    """A form in a normalised text: ``[start, end)``; ``slip`` tells that one character differs.

    ``senses`` are the places it may mean; none where it names what the place lies in, which has the
    level own, or what lies elsewhere, which has the level foreign.
    """

    start: int
    end: int
    form: str
    senses: tuple[Sense, ...]
    level: str
    is_weak: bool  # a name only where something follows
    slip: bool = False


class _Form(NamedTuple):
    """A form as it is found: its length, what a hit of it is worth, and what it may mean."""

    size: int
    worth: int
    form: str
    senses: tuple[Sense, ...]
    level: str
    is_weak: bool
    slip: bool = False


Found: TypeAlias = tuple[int, _Form]  # and where it ends


class Gazetteer:
    """All forms of a library, ready to be found."""

    def __init__(
        self,
        forms: dict[str, tuple[Sense, ...]],
        own: Iterable[str] = (),
        foreign: Iterable[str] = (),
    ) -> None:
        self.forms = forms
        known = {name: _form(name, (), "foreign") for name in foreign}
        known |= {name: _form(name, (), "own") for name in own}
        known |= {form: _form(form, senses, senses[0].level) for form, senses in forms.items()}
        self._written, self._known = AhoCorasick(known), list(known.values())
        self._sizes = np.array([form.size for form in self._known], np.int64)
        self._worths = np.array([form.worth for form in self._known], np.int64)
        sure = [form for form in forms if forms[form][0].quality >= ALIAS]
        self._slipped = Slips([*sure, *_before_house(forms, sure)])

    def read(self, texts: Sequence[str]) -> list[list[Hit]]:
        """Give for each normalised text the hits that cover it best, in order, none overlapping.

        They are read as one text, which is much faster: no name goes from one to the next.
        """
        chosen = self._chosen(PARTING.join(texts))
        hits: list[list[Hit]] = []
        begin = 0
        until, form = next(chosen, _NO_MORE)
        for text in texts:
            end = begin + len(text)
            own: list[Hit] = []
            while until <= end:
                at = until - begin
                size, _, name, senses, level, is_weak, slip = form
                own.append(Hit(at - size, at, name, senses, level, is_weak, slip))
                until, form = next(chosen, _NO_MORE)
            hits.append(own)
            begin = end + len(PARTING)
        return hits

    def _chosen(self, text: str) -> Iterator[Found]:
        """Give the forms that cover a text best, and where each ends, in order."""
        written = self._written.find_matches_as_indexes(text, overlapping=True)
        hits = np.fromiter(chain.from_iterable(written), np.int64, 3 * len(written))
        forms, known = hits[::3], self._known
        ends = hits[2::3].copy()  # in one piece, as they are with slips: else it is compiled twice
        sizes, worths = self._sizes[forms], self._worths[forms]
        if slips := self._slips(text):
            ends = np.append(ends, [end for end, _ in slips])
            order = np.argsort(ends, kind="stable")  # of equal ends, what is written right is first
            known = [*(known[n] for n in forms.tolist()), *(form for _, form in slips)]
            sizes = np.append(sizes, [form.size for _, form in slips])[order]
            worths = np.append(worths, [form.worth for _, form in slips])[order]
            ends, forms = ends[order], order
        chosen = _cover(ends, sizes, worths)
        for end, form in zip(ends[chosen].tolist(), forms[chosen].tolist(), strict=True):
            yield end, known[form]

    def _slips(self, text: str) -> list[Found]:
        found: dict[tuple[int, int], _Form] = {}
        for start, name in self._slipped.find(text):
            form = name if name in self.forms else name[:-1]
            span = (start, start + len(form))
            senses = self.forms[form]
            # Two names within one slip of what is written are homonyms of it.
            if span in found:
                senses += found[span].senses
            slip = _form(form, senses, senses[0].level, slip=True)
            is_led_to = text[start] != form[0] and text[start] in LEAD
            found[span] = slip._replace(worth=slip.worth - LED_TO) if is_led_to else slip
        return [(end, form) for (_, end), form in found.items()]


def _before_house(forms: dict[str, tuple[Sense, ...]], sure: list[str]) -> Iterator[str]:
    """A compound of two characters may be told by a slip where a building follows: 银嘟8号楼."""
    for form in sure:
        if len(form) == BRIEFEST and forms[form][0].level == "quarter":
            yield from (f"{form}{digit}" for digit in "123456789")


def _form(form: str, senses: tuple[Sense, ...], level: str, *, slip: bool = False) -> _Form:
    is_weak = bool(senses) and senses[0].quality in {BRIEF, WEAK}
    is_weak |= (slip or level == "foreign") and len(form) == BRIEFEST
    # What is a name only in front of another one is no better than the slip of a longer name.
    worth = (SLIP_WORTH if slip or is_weak else WORTH) * len(form) ** 2
    return _Form(len(form), worth, form, senses, level, is_weak, slip)


_NO_MORE = (sys.maxsize, _form("", (), "own"))


@nb.njit(cache=True, nogil=True)
def _cover(ends: Ints, sizes: Ints, worths: Ints) -> Ints:
    """Give which of some hits, in order of their ends, have the greatest worth together.

    Only the places where hits begin or end matter, so the steps are theirs and not the text's. A
    step is a reading up to some end that is worth more than every one before it.
    """
    # Of each step its end, the worth of its reading, its hit, and the step before that one.
    steps = np.zeros((ends.size + 1, 4), np.int64)
    last = 0
    for hit in range(ends.size):
        at = last
        while steps[at, 0] > ends[hit] - sizes[hit]:
            at -= 1
        worth = steps[at, 1] + worths[hit]
        if worth > steps[last, 1]:
            last += 1
            steps[last] = (ends[hit], worth, hit, at)
    count, at = 0, last
    while at > 0:
        count, at = count + 1, steps[at, 3]
    chosen = np.empty(count, np.int64)
    while last > 0:
        count -= 1
        chosen[count], last = steps[last, 2], steps[last, 3]
    return chosen
