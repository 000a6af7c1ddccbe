"""The areas of a place, numbered so that a subtree is one range of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.store.reader import Reader

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

NOWHERE = -1  # the area number of a fact without a usable place


class UnknownAreaError(DataError):
    """An address names an area that the place does not have."""


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """Areas in depth-first order: ``n`` is the position, ``last[n]`` its last descendant.

    Every array has one element an area. ``population`` is residents, nan where unknown;
    ``bounds`` is west, south, east, north in EPSG:4326; ``label`` lon, lat; ``km2`` square km.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    level: Ints
    parent: Ints
    last: Ints
    population: Floats
    bounds: Floats
    label: Floats
    km2: Floats

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.codes)}

    @cached_property
    def is_leaf(self) -> NDArray[np.bool_]:
        """True where an area has no children."""
        return np.asarray(self.last == np.arange(len(self)))

    def number(self, code: str) -> int:
        """Number of an area; the root for an empty code."""
        if not code:
            return 0
        try:
            return self._numbers[code]
        except KeyError:
            raise UnknownAreaError(f"no area has the code {code}.") from None

    def children(self, n: int) -> Ints:
        """Numbers of the areas directly below, in code order."""
        return np.flatnonzero(self.parent == n)

    def path(self, n: int) -> tuple[int, ...]:
        """The root, the areas between, and the area itself."""
        steps = [n]
        while (n := int(self.parent[n])) >= 0:
            steps.append(n)
        return tuple(reversed(steps))

    def rolled_up(self, own: Floats) -> Floats:
        """Sums over each area and all below it, from values counted at the areas themselves."""
        before = np.concatenate([np.zeros((1, *own.shape[1:]), own.dtype), own.cumsum(axis=0)])
        return np.asarray(before[self.last + 1] - before[np.arange(len(self))])

    def name(self, n: int, lang: str = "zh") -> str:
        """Name of an area in a language, where it has one."""
        return (self.names_en[n] if lang == "en" else "") or self.names[n]


def hierarchy(reader: Reader) -> Hierarchy:
    """The areas of a generation."""
    return reader.lasting("hierarchy", lambda: _read(reader))


def _read(reader: Reader) -> Hierarchy:
    rows = reader.columns(
        "SELECT code, name, name_en, level, parent, last, population, west, south, east, north, "
        "label_lon, label_lat, km2 FROM areas ORDER BY n"
    )

    def floats(*names: str) -> Floats:
        columns = [np.ma.filled(rows[name].astype(np.float64), np.nan) for name in names]
        return np.column_stack(columns) if len(columns) > 1 else np.asarray(columns[0])

    def texts(name: str) -> tuple[str, ...]:
        return tuple(np.ma.filled(rows[name].astype(object), ""))

    return Hierarchy(
        codes=texts("code"),
        names=texts("name"),
        names_en=texts("name_en"),
        level=rows["level"].astype(np.int64),
        parent=rows["parent"].astype(np.int64),
        last=rows["last"].astype(np.int64),
        population=floats("population"),
        bounds=floats("west", "south", "east", "north"),
        label=floats("label_lon", "label_lat"),
        km2=floats("km2"),
    )
