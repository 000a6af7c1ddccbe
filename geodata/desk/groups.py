"""The queue: uncertain appeals by the name they hang on, those that unlock most first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.addresses.locate import said
from geodata.areas.hierarchy import hierarchy
from geodata.desk.candidates import Candidate, Known, candidates
from geodata.desk.deciding import is_newer
from geodata.desk.near import Neighbours
from geodata.masking import masked

if TYPE_CHECKING:
    from geodata.addresses.locate import Point
    from geodata.desk.survey import Survey, Unaddressed
    from geodata.store.reader import Reader

    Among = list[Unaddressed]  # the appeals of one name

EXAMPLES, POINTS = 3, 200
KEPT = 500  # groups that are kept as they were told


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
    """Appeals that one decision can give an address: ``count`` of them.

    ``why`` is the reason of most of them, a Chinese sentence, and ``code`` the kind of it.
    """

    mention: str
    count: int
    why: str
    code: str
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


class Groups:
    """Groups as they were told before; made anew where its appeals or the address book changed.

    A decision changes the book too, but of a group only what is decided, which waits no more.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Among, Group]] = {}
        self._near: tuple[str, Neighbours] | None = None

    def of(
        self, reader: Reader, survey: Survey, grouped: dict[str, tuple[int, Among]]
    ) -> list[Group]:
        """Give the groups of some names, each with how many appeals it unlocks and those."""
        kept, name = dict(self._kept), survey.library
        there = {m: kept[m][2] for m, (_, a) in grouped.items() if m in kept and kept[m][0] == name}
        there = {m: group for m, group in there.items() if kept[m][1] == grouped[m][1]}
        missing = {m: pair for m, pair in grouped.items() if m not in there}
        made = _made(reader, self._known(survey), missing) if missing else {}
        new = {m: (name, grouped[m][1], group) for m, group in made.items()}
        # Threads may come between; what is lost then is made once more.
        self._kept = dict(list((kept | new).items())[-KEPT:])
        return [there.get(m) or made[m] for m in grouped]

    def _known(self, survey: Survey) -> Known:
        near = self._near
        if near is None or near[0] != survey.library:
            self._near = near = survey.library, Neighbours(survey.engine.matcher.library)
        return Known(survey.engine.matcher, near[1])


def queue(
    reader: Reader, survey: Survey, limit: int, offset: int = 0, groups: Groups | None = None
) -> Queue:
    """Give some groups of a survey, ranked by how many appeals a decision unlocks.

    What has been decided since the survey was made waits no more; ``groups`` are those told before.
    """
    ranked = [pair for pair in survey.ranked if not is_newer(reader, survey, pair[0])]
    wanted = {m: (count, survey.waiting[m]) for m, count in ranked[offset : offset + limit]}
    return Queue(
        version=survey.version,
        appeals=len(survey.appeals),
        ready=len(survey.ready),
        silent=survey.silent,
        groups=len(ranked),
        shown=tuple((groups or Groups()).of(reader, survey, wanted)),
    )


def _made(reader: Reader, known: Known, grouped: dict[str, tuple[int, Among]]) -> dict[str, Group]:
    appeals = {mention: among for mention, (_, among) in grouped.items()}
    told, examples = candidates(reader, known, appeals), _examples(reader, appeals)
    return {
        mention: _group(mention, count, among, examples[mention], told[mention])
        for mention, (count, among) in grouped.items()
    }


def _group(
    mention: str,
    count: int,
    among: Among,
    examples: tuple[Example, ...],
    told: tuple[Candidate, ...],
) -> Group:
    why, code = Counter((one.reason, one.code) for one in among).most_common(1)[0][0]
    points = tuple(one.point for one in among if one.point)[:POINTS]
    return Group(mention, count, why, code, examples, points, told)


_EXAMPLES = """
    SELECT t.id, t.address, t.text, t.lon, t.lat, t.area, t.created_at, c.value AS channel
    FROM tickets t LEFT JOIN terms c ON c.subject = 'channel' AND c.code = t.channel
    WHERE t.address_id IS NULL AND t.id IN (SELECT unnest($ids))
"""


def _examples(reader: Reader, grouped: dict[str, Among]) -> dict[str, tuple[Example, ...]]:
    chosen = {mention: _spread(among) for mention, among in grouped.items()}
    ids = [one.id for among in chosen.values() for one in among]
    rows = {row["id"]: row for row in reader.rows(_EXAMPLES, {"ids": ids})} if ids else {}
    return {
        mention: tuple(_example(reader, rows[one.id]) for one in among if one.id in rows)
        for mention, among in chosen.items()
    }


def _spread(among: Among) -> Among:
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
