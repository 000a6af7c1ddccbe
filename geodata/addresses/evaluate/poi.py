"""Places with two names: find each place of one catalogue in another, by name and coordinates.

A file of pairs has rows ``{"gaode": id, "dianping": id}``: the first key names the catalogue that
is searched, the second the one that is asked. The catalogues lie beside the file that is judged,
or beside the other: ``ger_hz.dev.pairs.jsonl`` needs ``ger_hz.gaode.jsonl`` and
``ger_hz.dianping.jsonl``. Coordinates are compared in the system both have (GCJ-02 or WGS84).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geodata.addresses.crf.rows import json_lines
from geodata.addresses.evaluate.installed import rapidfuzz
from geodata.addresses.evaluate.scores import Judged, Score
from geodata.addresses.text import normalised
from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Row = dict[str, Any]
Floats = NDArray[np.float64]

_METRES = 111_320.0  # of a degree of latitude
_BRANCH = re.compile(r"[(（].*?[)）]")
# What a hundred metres, and what another address, take off a likeness of 100: tried in turn.
_FAR = (2.0, 5.0, 10.0, 20.0, 40.0)
_ELSEWHERE = (0.0, 0.1, 0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Places in order: ids, names compared, addresses, and points in degrees (lon, lat)."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    cores: tuple[str, ...]
    addresses: tuple[str, ...]
    points: Floats

    def place(self, id_: str) -> int:
        """Give the row of an id."""
        try:
            return self.ids.index(id_)
        except ValueError:
            raise DataError(f"No place {id_} in its catalogue.") from None


def judged(train: Path, test: Path) -> Judged:
    """Weigh distance against name on one file of pairs, and search with that for another.

    Raises
    ------
    DataError
        A file is not of that form, a catalogue is missing or lacks a place, or rapidfuzz is not
        installed.
    """
    asked, searched, pairs = _pairs(test, (test, train))
    _, _, known = _pairs(train, (train, test))
    told = set(pairs)
    learned = [pair for pair in known if pair not in told] or known
    likeness = _likeness(asked, searched, [one for one, _ in (*learned, *pairs)])
    best = max(
        ((far, elsewhere) for far in _FAR for elsewhere in _ELSEWHERE),
        key=lambda weights: _right(likeness, learned, weights),
    )
    right = _right(likeness, pairs, best)
    score = Score(right, len(pairs), len(pairs))
    lines = (
        f"searched {len(searched.ids):,} places for {len(pairs):,}",
        f"100 m take off {best[0]:g} of 100, another address {100 * best[1]:g}",
    )
    return Judged(lines, score.figures)


def _pairs(
    file: Path, beside: Iterable[Path]
) -> tuple[Catalogue, Catalogue, list[tuple[int, int]]]:
    """Read a file of pairs: the asked catalogue, the searched one, and their gold rows."""
    rows = json_lines(file)
    keys = [key for key in rows[0] if isinstance(rows[0][key], str)]
    if len(keys) < 2 or not all(isinstance(row.get(k), str) for row in rows for k in keys[:2]):
        raise DataError(f'{file}: a row is {{"searched": id, "asked": id}}, keys as in the first.')
    folders = list(beside)
    searched, asked = (_catalogue(key, folders) for key in keys[:2])
    gold = [(asked.place(row[keys[1]]), searched.place(row[keys[0]])) for row in rows]
    return asked, searched, gold


def _catalogue(name: str, beside: Sequence[Path]) -> Catalogue:
    tried = [file.with_name(f"{file.name.split('.')[0]}.{name}.jsonl") for file in beside]
    for file in tried:
        if file.is_file():
            return _read(file)
    raise DataError(f"The catalogue {tried[0].name} is not beside {beside[0]}.")


def _read(file: Path) -> Catalogue:
    rows = json_lines(file)
    # GCJ-02 is what both catalogues share; one says so, the other only lon and lat.
    lon, lat = ("lon_gcj02", "lat_gcj02") if "lon_gcj02" in rows[0] else ("lon", "lat")
    try:
        points = np.array([(float(row[lon]), float(row[lat])) for row in rows])
        names = tuple(normalised(str(row["name"]) + _branch(row)) for row in rows)
        ids = tuple(str(row["id"]) for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{file}: a place needs id, name, {lon} and {lat} ({error}).") from None
    cores = tuple(normalised(_BRANCH.sub("", str(row["name"]))) for row in rows)
    addresses = tuple(normalised(str(row.get("address") or "")) for row in rows)
    return Catalogue(ids, names, cores, addresses, points)


def _branch(row: Row) -> str:
    return str(row.get("branch") or "")


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Of each asked row (by its number) to all searched: names, addresses (0–100), metres."""

    names: dict[int, Floats]
    addresses: dict[int, Floats]
    metres: dict[int, Floats]


def _likeness(asked: Catalogue, searched: Catalogue, rows: Iterable[int]) -> _Likeness:
    fuzz, process = rapidfuzz().fuzz, rapidfuzz().process
    found = _Likeness({}, {}, {})
    for row in set(rows):
        alike = [
            process.cdist([name], pool, scorer=fuzz.WRatio, dtype=np.float64)[0]
            for name, pool in (
                (asked.names[row], searched.names),
                (asked.cores[row], searched.cores),
            )
        ]
        found.names[row] = (alike[0] + alike[1]) / 2
        found.addresses[row] = process.cdist(
            [asked.addresses[row]], searched.addresses, scorer=fuzz.ratio, dtype=np.float64
        )[0]
        found.metres[row] = _metres(asked.points[row], searched.points)
    return found


def _metres(point: Floats, points: Floats) -> Floats:
    apart = (points - point) * _METRES
    across: Floats = np.hypot(apart[:, 0] * np.cos(np.radians(point[1])), apart[:, 1])
    return across


def _right(
    likeness: _Likeness, pairs: Sequence[tuple[int, int]], weights: tuple[float, float]
) -> int:
    """Count the pairs whose searched place comes first."""
    far, elsewhere = weights
    right = 0
    for asked, gold in pairs:
        score = (
            likeness.names[asked]
            - far * np.minimum(likeness.metres[asked] / 100, 10)
            + elsewhere * likeness.addresses[asked]
        )
        right += int(np.argmax(score)) == gold
    return right
