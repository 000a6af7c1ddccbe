"""What intake says of a file, in Chinese: the English sentences are what the command line prints.

A sentence is found by its template. A hole ``{}`` is kept as it is, since it holds a name, a value
or a number; a hole ``{~}`` holds another sentence and is put into Chinese itself.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geodata.intake.chinese import files, orders, proposals, rows

__all__ = ["in_chinese"]

TEMPLATES = {**rows.TEMPLATES, **files.TEMPLATES, **orders.TEMPLATES, **proposals.TEMPLATES}
_HOLE = re.compile(r"\{~?\}")


@lru_cache(maxsize=4096)
def in_chinese(sentence: str) -> str:
    """A sentence in Chinese; one that is not known comes back as it is."""
    if sentence in TEMPLATES:
        return TEMPLATES[sentence]
    for pattern, holes, chinese in _patterns():
        if found := pattern.fullmatch(sentence):
            parts = zip(holes, found.groups(), strict=True)
            return chinese.format(*(in_chinese(p) if hole == "{~}" else p for hole, p in parts))
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]:
    """Templates with holes, those with the most letters of their own first."""
    holed = [english for english in TEMPLATES if _HOLE.search(english)]
    holed.sort(key=lambda english: len(_HOLE.sub("", english)), reverse=True)
    return tuple((_pattern(e), tuple(_HOLE.findall(e)), TEMPLATES[e]) for e in holed)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, _HOLE.split(english))), re.DOTALL)
