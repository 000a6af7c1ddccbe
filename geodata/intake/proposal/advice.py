"""What a person should know about a proposal, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.intake.proposal.matching import LEAST, plausible
from geodata.intake.proposal.names import SAME, by_name
from geodata.intake.proposal.position import DEGREES
from geodata.intake.proposal.states import recoding
from geodata.intake.proposal.synonyms import SYNONYMS
from geodata.intake.proposal.writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.intake.proposal.pool import Candidate
    from geodata.intake.proposal.propose import Draft

PERSONAL = "left out on purpose: it says who a person is or how to reach them"
SURE, DOUBTED = 0.75, 0.5
CLOSE = 0.12  # two candidates nearer than this are a choice for a person
_NEEDED = {
    "id": "a column that names each row once",
    "code": "a column that names each area once",
    "kind": 'a column, or the same word for all rows: kind = "=夜市"',
    "windows": "a column of opening hours, or one for all rows such as windows = \"=24/7\"",
    "geometry": "a file with shapes, or a column of WKT: wkt = {wkt = \"the_geom\"}",
}  # fmt: skip


def doubts(draft: Draft) -> tuple[str, ...]:
    """Everything a person should check, the gravest first."""
    return (
        *_missing(draft),
        *_position(draft),
        *_guesses(draft),
        *_rivals(draft),
        *_dates(draft),
        *_states(draft),
        *_personal(draft),
    )


def found(draft: Draft, target: str) -> str:
    """How a canonical column was found and how sure that is."""
    candidate, sure = draft.chosen[target], draft.scores[target]
    if sure == SAME:
        return "the very name"
    way = {"path": "steps of a path", "pieces": "pieces of a date", "moment": "a date and a time"}
    said = way.get(candidate.how) or (
        "by its name" if _is_named(draft, target, candidate) else "? by its values alone"
    )
    return f"{said}, {sure:.0%} sure"


def absent(draft: Draft) -> dict[str, str]:
    """For each canonical column that is not found, what to write there."""
    names = [n for n in SYNONYMS[draft.kind] if n not in draft.chosen]
    return {
        name: f"NEEDED: {_wanted(name)}" if name in draft.missing else "no column was found"
        for name in names
    }


def crs(draft: Draft) -> str:
    """Where the reference system comes from."""
    if draft.has_geometry and not draft.crs:
        return "the file's own shapes say it; write it here only if they are wrong"
    if draft.place.in_degrees and draft.crs != DEGREES:
        return "the names of the columns say so"
    if draft.crs == DEGREES:
        return "degrees; in China they may be GCJ-02 or BD-09, which the import checks for"
    return "by the size of the values" if draft.crs else "not known from the values"


def unused(draft: Draft, column: str) -> str:
    """Why a column is not taken."""
    best, target = 0.0, ""
    for row, name in zip(draft.table, SYNONYMS[draft.kind], strict=True):
        for value, candidate in zip(row, draft.pool, strict=True):
            if column in candidate.sources and value > best:
                best, target = value, name
    return f"might be {target}, {best:.0%} sure" if best >= LEAST else "no canonical column fits"


def _wanted(name: str) -> str:
    return _NEEDED.get(name, "a column for it")


def _missing(draft: Draft) -> Iterator[str]:
    for name in draft.missing:
        said = f"No column was found for {name}, which every row of {draft.kind} needs"
        yield f"{said}: write {_wanted(name)}.{_instead(draft, name)}"


def _instead(draft: Draft, name: str) -> str:
    """A name that each row has for itself can stand for the id."""
    named = draft.chosen.get("name")
    if name not in {"id", "code"} or named is None or not named.look.is_unique:
        return ""
    return f" {quoted(named.sources[0])} is different in every row looked at and could serve."


def _position(draft: Draft) -> Iterator[str]:
    if draft.place.doubt and "lon" in draft.chosen:
        yield draft.place.doubt
    halves = [r for r, target in enumerate(SYNONYMS[draft.kind]) if target in {"lon", "lat"}]
    has = [max(draft.table[r], default=0.0) >= LEAST for r in halves]
    if any(has) and not all(has):
        yield "Only one of longitude and latitude was found; half a position is not taken."


def _guesses(draft: Draft) -> Iterator[str]:
    for target, candidate in draft.chosen.items():
        column = " + ".join(map(quoted, candidate.sources))
        if candidate.how == "pieces":
            yield f"{target} is put together from {column}; no finer clock is known."
        elif not candidate.only and not _is_named(draft, target, candidate):
            yield f"{target} is taken from {column} by its values alone; check it."
        elif plausible(draft.kind, target, candidate.look) < DOUBTED:
            yield f"{target} is taken from {column} by its name, but its values do not look so."
        elif draft.scores[target] < SURE:
            yield f"{target} is taken from {column} by a part of its name; check it."


def _rivals(draft: Draft) -> Iterator[str]:
    """Canonical columns for which another column, still free, would do nearly as well."""
    taken = {id(candidate) for candidate in draft.chosen.values()}
    for row, target in zip(draft.table, SYNONYMS[draft.kind], strict=True):
        sure = draft.scores.get(target, SAME)
        near = [
            candidate
            for value, candidate in zip(row, draft.pool, strict=True)
            if id(candidate) not in taken and value >= max(LEAST, sure - CLOSE) and sure < SAME
        ]
        if near and target in draft.chosen:
            mine = " + ".join(map(quoted, draft.chosen[target].sources))
            theirs = ", ".join(quoted(candidate.sources[0]) for candidate in near)
            yield f"{target} is taken from {mine}; {theirs} would do nearly as well."


def _dates(draft: Draft) -> Iterator[str]:
    for target, candidate in draft.chosen.items():
        dates, column = candidate.look.dates, quoted(candidate.sources[0])
        if not target.endswith("_at") or not candidate.look.texts or candidate.form:
            continue
        if dates.doubt:
            yield f"{column} {dates.doubt}; {', '.join(dates.formats)} is proposed for {target}."
        if dates.share < 1:
            yield f"{1 - dates.share:.0%} of {column} is in no format that is known."


def _states(draft: Draft) -> Iterator[str]:
    if "state" in draft.chosen:
        _, strange = recoding(draft.chosen["state"].look.distinct)
        if strange:
            some = ", ".join(map(quoted, strange[:5])) + (" …" if len(strange) > 5 else "")
            yield f"These states are not known and stay as they are: {some}."


def _personal(draft: Draft) -> Iterator[str]:
    if draft.personal:
        yield f"{', '.join(map(quoted, draft.personal))}: {PERSONAL}."


def _is_named(draft: Draft, target: str, candidate: Candidate) -> bool:
    return any(by_name(draft.kind, target, name) > 0 for name in candidate.sources)
