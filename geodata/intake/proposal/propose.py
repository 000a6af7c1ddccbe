"""A mapping proposed from a file's head, its first values, and whether it has shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.errors import DataError
from geodata.intake.proposal import advice
from geodata.intake.proposal.matching import assign, paired, score
from geodata.intake.proposal.names import is_canonical, is_personal, told_crs
from geodata.intake.proposal.pool import pool
from geodata.intake.proposal.position import DEGREES, Guess, guess
from geodata.intake.proposal.states import recoding
from geodata.intake.proposal.synonyms import DRAWN, PLACED, REQUIRED, SHAPED, SYNONYMS
from geodata.intake.proposal.writing import Remarks, toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.intake.proposal.pool import Candidate, Samples

SURE = 0.75  # below this a person should look


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed mapping.

    ``values`` are what ``mapping_of`` takes, ``toml`` the same as a commented file. ``doubts`` are
    sentences for a person; ``scores`` say how sure each canonical column is, 0 to 1. ``crs`` is
    empty where it cannot be told, or where the file's own shapes count. A proposal is ``complete``
    when no column that a row cannot do without is missing.
    """

    kind: str
    values: dict[str, Any]
    toml: str
    doubts: tuple[str, ...]
    crs: str
    formats: dict[str, tuple[str, ...]]
    scores: dict[str, float]
    complete: bool


@dataclass(slots=True)
class Draft:
    """A proposal while it is made: what is chosen for each canonical column, and how surely."""

    kind: str
    has_geometry: bool
    pool: list[Candidate]
    table: list[list[float]]  # canonical columns × candidates
    chosen: dict[str, Candidate]
    scores: dict[str, float]
    personal: tuple[str, ...]
    wkt: str = ""
    place: Guess = field(default_factory=Guess)

    @property
    def crs(self) -> str:
        """The reference system of the columns; empty where the file has shapes or none is told."""
        has_columns = bool(self.wkt) or "lon" in self.chosen
        return self.place.crs if has_columns else ""

    @property
    def missing(self) -> list[str]:
        """What a row cannot do without and that is not found: canonical columns or geometry."""
        gone = [name for name in REQUIRED[self.kind] if name not in self.chosen]
        drawn = self.has_geometry or self.wkt
        if self.kind in SHAPED and not drawn:
            gone.append("geometry")
        if self.kind in PLACED and not drawn and "lon" not in self.chosen:
            gone += ["lon", "lat"]
        return gone


def propose(
    kind: str,
    head: Sequence[str],
    samples: Samples,
    *,
    has_geometry: bool,
    name: str = "",
) -> Proposal:
    """A mapping of a file's columns, as good as its names and values tell.

    ``samples`` holds up to a few hundred texts for each column, "" where empty; ``name`` is what
    the file is called. The order of the columns does not matter.

    Raises
    ------
    DataError
        When there is no such kind.
    """
    if kind not in SYNONYMS:
        raise DataError(f"kind is {kind!r}; it must be one of {', '.join(SYNONYMS)}.")
    draft = _matched(kind, head, samples, has_geometry)
    _settle_position(draft)
    values = _values(draft)
    title = f"Proposed for {' '.join(name.split()) or 'a file'} from its columns and values."
    return Proposal(
        kind=kind,
        values=values,
        toml=toml(values, _remarks(draft, head, title)),
        doubts=advice.doubts(draft),
        crs=draft.crs,
        formats={key: tuple(forms) for key, forms in values.get("formats", {}).items()},
        scores={target: round(draft.scores[target], 3) for target in draft.chosen},
        complete=not draft.missing,
    )


def _matched(kind: str, head: Sequence[str], samples: Samples, has_geometry: bool) -> Draft:
    """The best assignment of candidates; columns are sorted, so their order does not matter."""
    names = sorted({column for column in head if column})
    found = pool(kind, [n for n in names if is_canonical(kind, n) or not is_personal(n)], samples)
    personal = [n for n in names if is_personal(n) and not is_canonical(kind, n)]
    table = [[score(kind, target, candidate) for candidate in found] for target in SYNONYMS[kind]]
    for at, candidate in enumerate(found):
        if _is_secret(kind, candidate, [row[at] for row in table]):
            personal += candidate.sources
            for row in table:
                row[at] = 0.0
    targets = list(SYNONYMS[kind])
    pairs = {targets[r]: c for r, c in assign(paired(kind, table, found)).items()}
    return Draft(
        kind=kind,
        has_geometry=has_geometry,
        pool=found,
        table=table,
        chosen={target: found[c] for target, c in pairs.items()},
        scores={target: table[targets.index(target)][c] for target, c in pairs.items()},
        personal=tuple(sorted(personal)),
    )


def _is_secret(kind: str, candidate: Candidate, scores: Sequence[float]) -> bool:
    """Telephone numbers and the like, unless the name is surely that of a register's number."""
    at = list(SYNONYMS[kind]).index("code" if kind == "areas" else "id")
    return candidate.look.is_personal and scores[at] < SURE


def _settle_position(draft: Draft) -> None:
    """Both coordinates or none; swapped where the values prove it; WKT where it serves better."""
    lon, lat = (draft.chosen.get(name) for name in ("lon", "lat"))
    if lon and lat:
        draft.place = _guess(lon, lat)
    draft.wkt = "" if draft.has_geometry else _wkt_of(draft)
    exact = [name for name, candidate in draft.chosen.items() if candidate.sources == (name,)]
    keeps = {"lon", "lat"} <= set(exact)
    bare = draft.place.in_degrees or not (draft.wkt or draft.has_geometry)
    if not keeps and not (lon and lat and bare):
        draft.chosen = {n: c for n, c in draft.chosen.items() if n not in {"lon", "lat"}}
    elif draft.place.swapped and lon and lat and not keeps:
        draft.chosen |= {"lon": lat, "lat": lon}
    if draft.wkt and "lon" not in draft.chosen:
        draft.place = Guess(DEGREES)


def _guess(lon: Candidate, lat: Candidate) -> Guess:
    """The system by the size of the values; a shifted one only where the names say it."""
    found = guess(lon.look.numbers, lat.look.numbers)
    told = told_crs(lon.sources[0]) or told_crs(lat.sources[0])
    if found.crs != DEGREES or not told:
        return found
    names = f"{lon.sources[0]}, {lat.sources[0]}"
    said = f"The names {names} say {told}; the values are degrees and cannot confirm it."
    return Guess(told, found.swapped, f"{found.doubt} {said}".strip())


def _wkt_of(draft: Draft) -> str:
    """A column of shapes as text, where the kind keeps shapes or has no other position."""
    taken = {source for candidate in draft.chosen.values() for source in candidate.sources}
    texts = [c.sources[0] for c in draft.pool if c.how == "plain" and c.look.share("wkt") > 0.9]
    free = sorted(set(texts) - taken)
    has_degrees = "lon" in draft.chosen and draft.place.in_degrees
    wanted = draft.kind in DRAWN or ("lon" in SYNONYMS[draft.kind] and not has_degrees)
    return free[0] if free and wanted else ""


def _values(draft: Draft) -> dict[str, Any]:
    """The plain values of the mapping."""
    columns = {
        target: _source(draft.chosen[target], target not in REQUIRED[draft.kind])
        for target in SYNONYMS[draft.kind]
        if target in draft.chosen
    }
    if draft.wkt:
        columns["wkt"] = {"wkt": draft.wkt}
    values: dict[str, Any] = {"kind": draft.kind}
    if draft.crs:
        values["crs"] = draft.crs
    values["columns"] = columns
    forms = {target: _forms(draft.chosen[target]) for target in columns if target.endswith("_at")}
    if given := {target: listed for target, listed in forms.items() if listed}:
        values["formats"] = given
    if "state" in draft.chosen:
        told, _ = recoding(draft.chosen["state"].look.distinct)
        values |= {"values": {"state": told}} if told else {}
    return values


def _source(candidate: Candidate, is_optional: bool) -> Any:
    if candidate.how == "moment":
        date, time = candidate.sources
        more = {"optional": True} if is_optional else {}
        return {"date": date, "time": time, **more}
    if candidate.how in {"path", "pieces"}:
        return list(candidate.sources)
    (name,) = candidate.sources
    if is_optional:
        return {"column": name, "optional": True}
    return {"column": name} if name.startswith("=") else name


def _forms(candidate: Candidate) -> list[str]:
    return [candidate.form] if candidate.form else list(candidate.look.dates.formats)


def _remarks(draft: Draft, head: Sequence[str], title: str) -> Remarks:
    taken = {source for candidate in draft.chosen.values() for source in candidate.sources}
    unused = sorted({column for column in head if column} - taken - {draft.wkt})
    remarks = {name: advice.found(draft, name) for name in draft.chosen}
    return Remarks(
        title=title,
        crs=advice.crs(draft),
        columns=remarks | {"wkt": "the shapes, as text"},
        absent=advice.absent(draft),
        unused={
            column: advice.PERSONAL if column in draft.personal else advice.unused(draft, column)
            for column in unused
        },
    )
