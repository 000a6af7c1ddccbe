"""Decisions tried on some texts before they are made: the matcher as it would be with them.

A matcher of a whole district takes seconds to make. One that knows only the names that stand in the
texts asked about answers the same for them and is there at once.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geodata.addresses.gazetteer import Gazetteer
from geodata.addresses.surfaces import CLERK, Sense
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.addresses.decisions import Decision
    from geodata.addresses.library import Library
    from geodata.addresses.match import Matcher

Meaning: TypeAlias = tuple[str, str | None]  # a name and the id of what it means


def meanings(decisions: Iterable[Decision]) -> frozenset[Meaning]:
    """Give what decisions say, without the rest of them."""
    return frozenset((one.mention, one.address_id) for one in decisions)


@dataclass(frozen=True, slots=True)
class Engine:
    """A matcher, and the decisions it was made with."""

    matcher: Matcher
    knows: frozenset[Meaning]

    def knowing(self, decisions: Iterable[Decision], texts: list[str]) -> Matcher:
        """Give a matcher that knows these decisions too; for these texts alone."""
        new = [d for d in decisions if (d.mention, d.address_id) not in self.knows]
        return deciding(self.matcher, new, texts) if new and texts else self.matcher


def deciding(matcher: Matcher, decisions: list[Decision], texts: Iterable[str]) -> Matcher:
    """Give a matcher that knows some decisions; for these texts alone."""
    library = matcher.library.deciding(decisions)
    known = matcher.gazetteer.forms
    plains = sorted({normalised(text) for text in texts})
    longest = max(map(len, known), default=0)
    forms = {f: known[f] for plain in plains for f in _parts(plain, longest) if f in known}
    hits = [hit for among in matcher.gazetteer.read(plains) for hit in among]
    forms |= {hit.form: hit.senses for hit in hits if hit.slip}
    own, foreign = ({h.form for h in hits if h.level == kind} for kind in ("own", "foreign"))
    for one in decisions:
        name = normalised(one.mention)
        forms.pop(name, None)
        if one.address_id is None:
            own.add(name)
        else:
            forms[name] = _senses(library, name, one.address_id)
    other = copy(matcher)
    other.library, other.gazetteer = library, Gazetteer(forms, own, foreign)
    return other


def _senses(library: Library, name: str, ident: str) -> tuple[Sense, ...]:
    """What a decided name means; what it meant by an earlier decision it means no more."""
    return tuple(
        Sense(number, base.level, CLERK)
        for number, base in enumerate(library.bases)
        if name in base.decided and base.id == ident
    )


def _parts(plain: str, longest: int) -> Iterator[str]:
    for start in range(len(plain) - 1):
        for end in range(start + 2, min(len(plain), start + longest) + 1):
            yield plain[start:end]
