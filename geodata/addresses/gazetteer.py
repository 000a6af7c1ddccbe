"""Names found in a text: by Aho–Corasick over every form, then the reading that covers most.

Two automata run over each text: one over the forms as they are written, one over their sounds, in
which a slip of one character (a homophone or a look-alike) is a hit of its own. A third list names
what lies elsewhere, so that a place in another district is not looked for here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick

from geodata.addresses.alike import confusable, lookalikes, misread, sounded
from geodata.addresses.surfaces import ALIAS, Sense

if TYPE_CHECKING:
    from collections.abc import Iterable

SLIP_WORTH = 0.45  # of a hit that is written as it should be
SHORTEST_SLIP = 3  # characters of a name in which a slip can be told


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
        self._sounded = _sounding(forms)

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
        if not self._sounded:
            return []
        found: dict[tuple[int, int], Hit] = {}
        for end, forms in self._sounded.iter(sounded(text)):
            for form in forms:
                span = (end + 1 - len(form), end + 1)
                if _one_slip(text[span[0] : span[1]], form):
                    senses = self.forms[form]
                    # Two names within one slip of what is written are homonyms of it.
                    if span in found:
                        senses += found[span].senses
                    found[span] = Hit(*span, form, senses, slip=True)
        return list(found.values())


def _sounding(forms: dict[str, tuple[Sense, ...]]) -> ahocorasick.Automaton | None:
    """Make the automaton of sounds: each form, and each with one character that looks alike."""
    sounding: dict[str, list[str]] = {}
    alike, misreadings = lookalikes(), misread()
    for form, senses in forms.items():
        if len(form) < SHORTEST_SLIP or senses[0].quality < ALIAS:
            continue
        for said in {form} | {
            form[:at] + other + form[at + 1 :]
            for at, char in enumerate(form)
            for other in (*alike.get(char, ()), *misreadings.get(char, ()))
        }:
            known = sounding.setdefault(sounded(said), [])
            if form not in known:
                known.append(form)
    automaton = ahocorasick.Automaton()
    for key, known in sounding.items():
        automaton.add_word(key, known)
    automaton.make_automaton()
    return automaton if sounding else None


def _one_slip(written: str, form: str) -> bool:
    """Tell whether one character differs, and is one that is taken for the other."""
    different = [(one, other) for one, other in zip(written, form, strict=True) if one != other]
    return len(different) == 1 and confusable(*different[0])


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
