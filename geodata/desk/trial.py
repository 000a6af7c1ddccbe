"""A decision tried on some texts before it is made: the matcher as it would be with it.

A matcher of a whole district takes a second to make. One that knows only the names that stand in
the texts asked about answers the same for them and is there at once.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from geodata.addresses.gazetteer import Gazetteer
from geodata.addresses.surfaces import CLERK, Sense
from geodata.addresses.text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.addresses.decisions import Decision
    from geodata.addresses.match import Matcher


def deciding(matcher: Matcher, decision: Decision, texts: Iterable[str]) -> Matcher:
    """Give a matcher that knows a decision; for these texts alone."""
    library = matcher.library.deciding([decision])
    known, name = matcher.gazetteer.forms, normalised(decision.mention)
    plains = [normalised(text) for text in texts]
    longest = max(map(len, known), default=0)
    forms = {f: known[f] for plain in plains for f in _parts(plain, longest) if f in known}
    hits = [hit for plain in plains for hit in matcher.gazetteer.read(plain)]
    forms |= {hit.form: hit.senses for hit in hits if hit.slip}
    own, foreign = ({h.form for h in hits if getattr(h, kind)} for kind in ("own", "foreign"))
    if decision.address_id is None:
        forms.pop(name, None)
        own.add(name)
    else:
        forms[name] = tuple(
            Sense(number, base.level, CLERK)
            for number, base in enumerate(library.bases)
            if name in base.decided
        )
    other = copy(matcher)
    other.library, other.gazetteer = library, Gazetteer(forms, own, foreign)
    return other


def _parts(plain: str, longest: int) -> Iterator[str]:
    for start in range(len(plain) - 1):
        for end in range(start + 2, min(len(plain), start + longest) + 1):
            yield plain[start:end]
