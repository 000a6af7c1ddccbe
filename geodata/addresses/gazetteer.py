"""Names found in a text: by Aho–Corasick over every form, then the reading that covers most.

Beside the forms as they are written, those with one slip are hits of their own, worth less. Another
list names what lies elsewhere, so that a place in another district is not looked for here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick

from geodata.addresses.slips import Slips
from geodata.addresses.surfaces import ALIAS, Sense

if TYPE_CHECKING:
    from collections.abc import Iterable

SLIP_WORTH = 0.45  # of a hit that is written as it should be


@dataclass(slots=True)
class Hit:
    """A form in a normalised text: ``[start, end)``; ``slip`` tells that one character differs.

    ``senses`` are the places it may mean; none where it names what the place lies in (``own``) or
    what lies elsewhere.
    """

    start: int
    end: int
    form: str
    senses: tuple[Sense, ...]
    own: bool = False
    slip: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it names a district or city elsewhere."""
        return not self.senses and not self.own


class Gazetteer:
    """All forms of a library, ready to be found."""

    def __init__(
        self,
        forms: dict[str, tuple[Sense, ...]],
        own: Iterable[str] = (),
        foreign: Iterable[str] = (),
    ) -> None:
        self.forms = forms
        self._written = ahocorasick.Automaton()
        for name in foreign:
            self._written.add_word(name, (name, (), False))
        for name in own:
            self._written.add_word(name, (name, (), True))
        for form, senses in forms.items():
            self._written.add_word(form, (form, senses, False))
        self._written.make_automaton()
        self._slipped = Slips(form for form in forms if forms[form][0].quality >= ALIAS)

    def read(self, text: str) -> list[Hit]:
        """Give the hits that together cover a normalised text best, in order, none overlapping."""
        hits = [
            Hit(end - len(form) + 1, end + 1, form, senses, own)
            for end, (form, senses, own) in self._written.iter(text)
        ]
        hits += self._slips(text)
        if len(hits) < 2:
            return hits
        return _cover(hits)

    def _slips(self, text: str) -> list[Hit]:
        found: dict[tuple[int, int], Hit] = {}
        for start, form in self._slipped.find(text):
            span = (start, start + len(form))
            senses = self.forms[form]
            # Two names within one slip of what is written are homonyms of it.
            if span in found:
                senses += found[span].senses
            found[span] = Hit(*span, form, senses, slip=True)
        return list(found.values())


def _cover(hits: list[Hit]) -> list[Hit]:
    """Give the hits with the greatest sum of squared lengths; a slip counts less than half.

    Only the places where hits begin or end matter, so the steps are theirs and not the text's.
    """
    hits.sort(key=_by_end)
    best: list[float] = [0.0]  # the worth of the best reading up to each end, in order of ends
    ends = [0]
    chosen: list[Hit | None] = [None]
    before = [0]
    for hit in hits:
        size = hit.end - hit.start
        at = bisect_right(ends, hit.start) - 1
        worth = best[at] + size * size * (SLIP_WORTH if hit.slip else 1.0)
        if worth > best[-1]:
            best.append(worth)
            ends.append(hit.end)
            chosen.append(hit)
            before.append(at)
    return _traced(chosen, before)


def _by_end(hit: Hit) -> tuple[int, int]:
    return hit.end, hit.start


def _traced(chosen: list[Hit | None], before: list[int]) -> list[Hit]:
    found: list[Hit] = []
    at = len(chosen) - 1
    while hit := chosen[at]:
        found.append(hit)
        at = before[at]
    return found[::-1]
