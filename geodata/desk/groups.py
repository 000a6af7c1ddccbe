"""The queue: uncertain appeals by the name they hang on, those that unlock most first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.addresses.locate import said
from geodata.areas.hierarchy import hierarchy
from geodata.desk.candidates import Candidate, candidates
from geodata.masking import masked

if TYPE_CHECKING:
    from geodata.addresses.locate import Point
    from geodata.desk.survey import Survey, Unaddressed
    from geodata.store.reader import Reader

EXAMPLES, POINTS = 3, 200
CONTRADICTED = "不一致"  # a name is not what is in the way of these


@dataclass(frozen=True, slots=True)
class Example:
    """An appeal as a clerk may read it: masked; where it lies, where that is known."""

    id: str
    text: str
    at: str
    channel: str | None
    area: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Appeals that one decision can give an address: ``count`` of them, because of ``why``."""

    mention: str
    count: int
    why: str
    examples: tuple[Example, ...]
    points: tuple[Point, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue, and what there is in all.

    ``appeals`` are all without an address; ``ready`` of them have one now that something else is
    known, ``silent`` speak of no place; the others are in ``groups`` groups.
    """

    version: str
    appeals: int
    ready: int
    silent: int
    groups: int
    shown: tuple[Group, ...]


def queue(reader: Reader, survey: Survey, limit: int, offset: int = 0) -> Queue:
    """Give some groups of a survey, ranked by how many appeals a decision unlocks."""
    grouped = survey.waiting
    counts = {mention: sum(map(_waits, among)) for mention, among in grouped.items()}
    ranked = sorted(grouped, key=lambda mention: (-counts[mention], mention))
    wanted = ranked[offset : offset + limit]
    told = candidates(reader, {m: grouped[m] for m in wanted})
    examples = _examples(reader, {m: grouped[m] for m in wanted})
    ready, silent = survey.counts
    return Queue(
        version=survey.version,
        appeals=len(survey.appeals),
        ready=ready,
        silent=silent,
        groups=len(grouped),
        shown=tuple(
            Group(
                mention=mention,
                count=counts[mention],
                why=Counter(one.reason for one in grouped[mention]).most_common(1)[0][0],
                examples=examples[mention],
                points=tuple(one.point for one in grouped[mention] if one.point)[:POINTS],
                candidates=told[mention],
            )
            for mention in wanted
        ),
    )


def _waits(one: Unaddressed) -> bool:
    return CONTRADICTED not in one.reason


_EXAMPLES = """
    SELECT t.id, t.address, t.text, t.lon, t.lat, t.area, t.created_at, c.value AS channel
    FROM tickets t LEFT JOIN terms c ON c.subject = 'channel' AND c.code = t.channel
    WHERE list_contains($ids, t.id)
"""


def _examples(
    reader: Reader, grouped: dict[str, list[Unaddressed]]
) -> dict[str, tuple[Example, ...]]:
    chosen = {mention: _spread(among) for mention, among in grouped.items()}
    ids = [one.id for among in chosen.values() for one in among]
    rows = {row["id"]: row for row in reader.rows(_EXAMPLES, {"ids": ids})} if ids else {}
    return {
        mention: tuple(_example(reader, rows[one.id]) for one in among if one.id in rows)
        for mention, among in chosen.items()
    }


def _spread(among: list[Unaddressed]) -> list[Unaddressed]:
    """The first, one in the middle and the last: from different times, as ids go."""
    places = sorted({0, len(among) // 2, len(among) - 1})[:EXAMPLES]
    return [among[i] for i in places]


def _example(reader: Reader, row: dict[str, Any]) -> Example:
    tree, at = hierarchy(reader), row["area"]
    has_area = at is not None and at > 0
    return Example(
        id=row["id"],
        text=masked(row["text"] or said(row["address"], row["text"])),
        at=row["created_at"].isoformat(timespec="seconds") + "Z",
        channel=row["channel"],
        area=tree.names[at] if has_area else None,
        lon=row["lon"],
        lat=row["lat"],
    )
