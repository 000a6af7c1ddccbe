"""Which formats a column of dates is written in, found from its texts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The importer reads ISO 8601 without being told.
ISO = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?)?", re.ASCII
)
MOST = 3  # formats of one column
_RUN = re.compile(r"\d+", re.ASCII)
_MONTH = re.compile(r"[A-Za-z]{3,9}\.?")

# Shapes: Y is a year of four digits, n one or two digits, B a month's name, 8 eight digits.
_DATES = MappingProxyType(
    {
        "Y-n-n": ("%Y-%m-%d",),
        "Y/n/n": ("%Y/%m/%d",),
        "Y.n.n": ("%Y.%m.%d",),
        "Y年n月n日": ("%Y年%m月%d日",),
        "Y年n月n号": ("%Y年%m月%d号",),
        "n/n/Y": ("%m/%d/%Y", "%d/%m/%Y"),
        "n-n-Y": ("%m-%d-%Y", "%d-%m-%Y"),
        "n.n.Y": ("%d.%m.%Y", "%m.%d.%Y"),
        "n/n/n": ("%m/%d/%y", "%d/%m/%y", "%y/%m/%d"),
        "n-n-n": ("%m-%d-%y", "%d-%m-%y", "%y-%m-%d"),
        "n-B-Y": ("%d-%b-%Y",),
        "n B Y": ("%d %b %Y", "%d %B %Y"),
        "B n, Y": ("%b %d, %Y", "%B %d, %Y"),
        "8": ("%Y%m%d",),
    }
)
_TIMES = MappingProxyType(
    {
        "n:n": ("%H:%M",),
        "n:n:n": ("%H:%M:%S",),
        "n:n:n.f": ("%H:%M:%S.%f",),
        "n时n分": ("%H时%M分",),
        "n点n分": ("%H点%M分",),
        "n时n分n秒": ("%H时%M分%S秒",),
        "n时": ("%H时",),
        "n:n P": ("%I:%M %p",),
        "n:n:n P": ("%I:%M:%S %p",),
    }
)
_JOINTS = (" ", "T", "")
_WHOLE = MappingProxyType({"14": ("%Y%m%d%H%M%S",), "12": ("%Y%m%d%H%M",)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Formats of a column, how much of it they read, and what a person must decide.

    ``share`` counts ISO texts too, which need no format. ``parts`` is ``date``, ``time`` or
    ``both``. ``doubt`` is a sentence, or empty.
    """

    formats: tuple[str, ...] = ()
    share: float = 0.0
    parts: str = ""
    doubt: str = ""


def dates(texts: Iterable[str]) -> Dates:
    """What a column of texts says about its dates; empty texts do not count."""
    filled = [text.strip() for text in texts if text.strip()]
    left = [text for text in filled if not ISO.fullmatch(text)]
    if not filled or len({shape(text) for text in left}) > 20:
        return Dates()
    chosen, unread, others = _cover(left)
    return Dates(
        formats=chosen,
        share=1 - len(unread) / len(filled),
        parts=_parts(chosen, len(left) < len(filled), filled),
        doubt=_doubt(chosen, others),
    )


def shape(text: str) -> str:
    """A text with its digits as shapes: ``5/1/2024 8:30`` is ``n/n/Y n:n``."""
    sized = _RUN.sub(lambda run: _size(len(run[0]), text[: run.start()][-1:]), text)
    halves = re.sub(r" (AM|PM)$", " P", sized, flags=re.IGNORECASE)
    return _MONTH.sub(lambda word: "B" if len(word[0]) > 2 else word[0], halves)


def _size(digits: int, before: str) -> str:
    if before in {".", ","} and digits > 2 and digits != 4:
        return "f"
    return {1: "n", 2: "n", 4: "Y", 8: "8", 12: "12", 14: "14"}.get(digits, "#")


def candidates(text: str) -> list[str]:
    """The formats that a text could be written in, and that do read it."""
    return [form for form in _forms(shape(text)) if reads(form, text)]


def reads(form: str, text: str) -> bool:
    """Whether a format reads a text, as ``strptime`` does."""
    try:
        dt.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


@cache
def _forms(form: str) -> tuple[str, ...]:
    found = [*_WHOLE.get(form, ()), *_DATES.get(form, ()), *_TIMES.get(form, ())]
    for joint in _JOINTS:
        for at in range(1, len(form)):
            date, rest = form[:at], form[at:]
            if date in _DATES and rest.startswith(joint) and rest[len(joint) :] in _TIMES:
                pairs = product(_DATES[date], _TIMES[rest[len(joint) :]])
                found += [d + joint + t for d, t in pairs]
    return tuple(dict.fromkeys(found))


def _cover(left: list[str]) -> tuple[tuple[str, ...], list[str], list[str]]:
    """Formats that read the texts, the fewest first; what stays unread; equals of the first."""
    chosen: list[str] = []
    others: list[str] = []
    while left and len(chosen) < MOST:
        counts = Counter(form for text in left for form in candidates(text))
        if not counts:
            break
        most = max(counts.values())
        equal = [form for form in counts if counts[form] == most]
        best = min(equal, key=_rank)
        others += [form for form in equal if _order(form) != _order(best)]
        chosen.append(best)
        left = [text for text in left if not reads(best, text)]
    return tuple(chosen), left, others


def _rank(form: str) -> tuple[int, str]:
    """Of equals the month goes first, except between points; then by text, for order's sake."""
    first = form.find("%d") if "." in form[:5] else form.find("%m")
    return (0 if first == 0 else 1, form)


def _order(form: str) -> str:
    return "".join(re.findall(r"%([Yymdb])", form.replace("%B", "%b")))


def _parts(chosen: tuple[str, ...], has_iso: bool, filled: list[str]) -> str:
    days = any("%d" in form for form in chosen) or has_iso
    hours = any("%H" in f or "%I" in f for f in chosen) or (
        has_iso and any(len(text) > 10 for text in filled if ISO.fullmatch(text))
    )
    return "both" if days and hours else "date" if days else "time" if hours else ""


def _doubt(chosen: tuple[str, ...], others: list[str]) -> str:
    if equal := [form for form in dict.fromkeys(others) if form not in chosen]:
        return f"could as well be {' or '.join(equal)}: no value decides it"
    orders = {_order(form) for form in chosen}
    if {"mdY", "dmY"} <= orders or {"mdy", "dmy"} <= orders:
        return "is written month first in some rows and day first in others"
    return ""
