"""The words of appeals: what people say, how they say it, and what was done.

A text is put together from an opening, a complaint with the place and the time in it, a detail, a
request and an ending, each drawn from a pool that fits the category, the channel and the hour. All
sentences are invented; so are the few names and telephone numbers (the numbers are of the form
1380000xxxx), which are there to be masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.demo.phrasebook import Pools, joined, pools, sentences
from geodata.demo.plane import Ints
from geodata.demo.rng import stream
from geodata.demo.sheets import column, sheet

STYLES = ("person", "online", "letter", "report", "camera")
REPORT = 3  # this style and the next are not those of a caller
VARIANTS = 6  # of each complaint, with different words in its slots
PRIVATE = 0.005  # of the texts name a person or a telephone number
DICTATED = 0.06  # of the spoken texts came without punctuation
PARTS_OF_DAY = ("dawn", "morning", "noon", "afternoon", "evening", "night")
PART_OF_HOUR = np.array([0] * 5 + [1] * 6 + [2] * 3 + [3] * 4 + [4] * 4 + [5] * 2)
PLACE, WHEN, NOTHING = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """Complaints cut at their slots: text, slot, text, slot, text; by category."""

    pieces: tuple[pa.Array, ...]  # three
    slots: Ints  # (n, 2) of PLACE, WHEN, NOTHING
    start: Ints
    count: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything a text is made of."""

    complaints: Complaints
    reports: Complaints
    openers: Pools
    details: Pools
    requests: Pools
    tails: Pools
    when: Pools
    private: Pools
    results: Pools
    group: Ints  # of each category, a pool of details, requests and results
    wrapped: Any  # of each category: the place stands in a clause of its own

    def appeals(
        self, category: Ints, style: Ints, hour: Ints, place: Any, rng: np.random.Generator
    ) -> pa.Array:
        """Write the texts; ``place`` is what is said of the place."""
        luck = rng.random((8, len(category)))
        when = self.when.drawn(PART_OF_HOUR[hour], luck[0])
        caller = style < REPORT
        said = pc.if_else(pa.array(self.wrapped[category] & caller), _clause(place), place)
        text = pc.if_else(
            pa.array(caller),
            _filled(self.complaints, category, luck[1], said, when),
            _filled(self.reports, category, luck[1], said, when),
        )
        group = self.group[category]
        more = joined(
            self.details.drawn(group, np.where(caller, luck[2], 0)),
            self.requests.drawn(group, np.where(caller, luck[3], 0)),
            "。",
            self.tails.drawn(np.where(caller, 0, 1), luck[4]),
            self.private.drawn(np.where(caller & (luck[5] < PRIVATE), 0, 1), luck[6]),
        )
        text = joined(self.openers.drawn(style, luck[7]), text, more)
        return _dictated(text, (style == 0) & (rng.random(len(style)) < DICTATED))

    def outcomes(self, category: Ints, department: pa.Array, rng: np.random.Generator) -> pa.Array:
        """What was done, in a sentence."""
        luck = rng.random((2, len(category)))
        style = pa.array((luck[0] * 4).astype(int))
        lead = pa.array(["", "经", "经现场核实,", ""]).take(style)
        who = pc.if_else(pc.less(style, 2), joined(department, "处置:"), "")
        return joined(lead, who, self.results.drawn(self.group[category], luck[1]), "。")


def _clause(place: Any) -> pa.Array:
    """Say a place where the sentence has none: 我住在."""
    return pc.if_else(pc.equal(place, ""), "", joined(",我住在", place))


def _filled(pool: Complaints, category: Ints, luck: Any, place: Any, when: Any) -> pa.Array:
    at = pool.start[category] + (luck * pool.count[category]).astype(np.int64)
    row = pa.array(at)
    parts: list[Any] = [pool.pieces[0].take(row)]
    for n in (0, 1):
        slot = pool.slots[at, n]
        word = pc.if_else(pa.array(slot == WHEN), when, "")
        word = pc.if_else(pa.array(slot == PLACE), place, word)
        parts += [word, pool.pieces[n + 1].take(row)]
    return joined(*parts)


def _dictated(text: pa.Array, which: Any) -> pa.Array:
    """Take the punctuation out of some texts, as speech recognition does."""
    mask = pa.array(which)
    plain = pc.replace_substring_regex(text.filter(mask), "[,。!?:]", "")
    return pc.replace_with_mask(text, mask, plain)


def words(seed: int) -> Words:
    """Read the sheets and fill their slots."""
    rng = stream(seed, "texts")
    groups = list(dict.fromkeys(column("phrases/categories", "group")))
    when = dict(zip(column("phrases/when", "part"), column("phrases/when", "words"), strict=True))
    return Words(
        complaints=_complaints(rng),
        reports=_reports(),
        openers=pools([sentences("opener", style) for style in STYLES]),
        details=pools([_sparse(",", sentences("detail", group)) for group in groups]),
        requests=pools([_requests(group) for group in groups]),
        tails=pools([sentences("tail"), [""]]),
        when=pools([when[part].split("|") for part in PARTS_OF_DAY]),
        private=pools([_private(rng), [""]]),
        results=pools([sentences("result", group) for group in groups]),
        group=np.array([groups.index(group) for group in column("phrases/categories", "group")]),
        wrapped=np.array([scene == "none" for scene in column("phrases/categories", "scene")]),
    )


def _sparse(mark: str, phrases: list[str]) -> list[str]:
    """Half of the texts go without; the first is always empty."""
    return [""] * len(phrases) + [mark + phrase for phrase in phrases]


def _requests(group: str) -> list[str]:
    fitting = sentences("ask", group) * 3 + ([] if group == "praise" else sentences("ask", "any"))
    return ["", *["。" + ask if ask else "" for ask in fitting]]


def _private(rng: np.random.Generator) -> list[str]:
    """Endings with an invented name or telephone number."""
    surnames, given = column("phrases/surnames", "surname"), sheet("phrases/given")
    return [
        pattern.format(
            phone=f"1380000{rng.integers(10_000):04d}",
            surname=surnames[int(rng.integers(len(surnames)))],
            given=given[int(rng.integers(40))]["first"] + given[int(rng.integers(50))]["second"],
        )
        for pattern in sentences("private")
        for _ in range(40)
    ]


def _complaints(rng: np.random.Generator) -> Complaints:
    """Variants of every complaint, by category."""
    slots = {row["slot"]: row["words"].split("|") for row in sheet("phrases/slots")}
    by_leaf: dict[str, list[str]] = {}
    for row in sheet("phrases/complaints"):
        found = by_leaf.setdefault(row["leaf"], [])
        found += [_with_words(row["text"], slots, rng) for _ in range(VARIANTS)]
    leaves = [path.split("/")[-1] for path in column("phrases/categories", "path")]
    return _cut([by_leaf[leaf] for leaf in leaves])


def _with_words(text: str, slots: dict[str, list[str]], rng: np.random.Generator) -> str:
    if not re.search("{[^pw]}", text):
        return text
    return re.sub(
        "{([^pw])}", lambda slot: slots[slot[1]][int(rng.integers(len(slots[slot[1]])))], text
    )


def _reports() -> Complaints:
    """What grid workers and cameras write, by category."""
    leaves = [path.split("/")[-1] for path in column("phrases/categories", "path")]
    patterns = sentences("report_what")
    return _cut([[pattern.replace("{leaf}", leaf) for pattern in patterns] for leaf in leaves])


def _cut(lists: list[list[str]]) -> Complaints:
    whole = [text for texts in lists for text in texts]
    parts = [re.split("{([pw])}", text) + ["", ""] * 2 for text in whole]
    slot = {"p": PLACE, "w": WHEN, "": NOTHING}
    count = np.array([len(texts) for texts in lists])
    return Complaints(
        pieces=tuple(pa.array([part[n] for part in parts]) for n in (0, 2, 4)),
        slots=np.array([[slot[part[1]], slot[part[3]]] for part in parts]),
        start=np.cumsum(count) - count,
        count=count,
    )
