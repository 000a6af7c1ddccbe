"""Mapping files: how the columns of somebody's file become our canonical columns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from pyproj.exceptions import CRSError

from geodata.errors import DataError
from geodata.space import crs
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = Path(__file__).parent / "mappings"
KINDS = ("areas", "tickets", "addresses", "markets", "merchants", "roads", "places")
_KEYS: dict[str, type] = {
    **dict.fromkeys(("kind", "encoding", "crs", "timezone", "description"), str),
    **dict.fromkeys(("columns", "formats", "values", "smoke", "place"), dict),
}
# Canonical columns beside those of the tables: geometry given as text.
_EXTRA = {"wkt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where one canonical column comes from.

    ``sources`` are columns of the file: one; several, which are the steps of a path; a date and a
    time; or a WKT column. ``constant`` stands for all rows. An optional column may be missing.
    """

    sources: tuple[str, ...] = ()
    how: str = "plain"  # plain, path, moment, wkt
    constant: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping file, read and checked."""

    name: str
    kind: str
    columns: Dictionary[str, Column]
    encoding: str = ""  # found by trying when empty
    crs: str = ""  # what the file says, or EPSG:4326, when empty
    timezone: str = ""
    formats: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    values: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)
    smoke_categories: tuple[str, ...] = ()
    smoke_keywords: tuple[str, ...] = ()
    place: Dictionary[str, Any] | None = None

    def fits(self, head: Iterable[str]) -> bool:
        """Whether every column this mapping needs is in a file's head."""
        return not self.missing(head)

    def missing(self, head: Iterable[str]) -> list[str]:
        """The columns this mapping needs and a file's head lacks."""
        there = set(head)
        needed = (c for c in self.columns.values() if not c.optional)
        return [s for column in needed for s in column.sources if s not in there]


def read_mapping(path: Path) -> Mapping:
    """A mapping from a TOML file.

    Raises
    ------
    DataError
        When the file cannot be read or says something that is not understood.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"The mapping {path} cannot be read: {error}.") from error
    return mapping_of(values, path.stem)


def mapping_of(values: Dictionary[str, Any], name: str) -> Mapping:
    """A mapping from plain values."""
    _check_keys(values, name)
    kind = values.get("kind")
    if kind not in KINDS:
        raise DataError(f"Mapping {name}: kind is {kind!r}; it must be one of {', '.join(KINDS)}.")
    smoke = values.get("smoke", {})
    return Mapping(
        name=name,
        kind=kind,
        columns=_columns(values.get("columns", {}), kind, name),
        encoding=values.get("encoding", ""),
        crs=known_crs(values.get("crs", ""), f"Mapping {name}: crs"),
        timezone=_zone(values.get("timezone", ""), name),
        formats={
            key: _texts(listed, f"{name}, formats.{key}")
            for key, listed in values.get("formats", {}).items()
        },
        values={
            key: _recoding(table, f"{name}, values.{key}")
            for key, table in values.get("values", {}).items()
        },
        smoke_categories=_texts(smoke.get("categories", []), f"{name}, smoke.categories"),
        smoke_keywords=tuple(
            word.lower() for word in _texts(smoke.get("keywords", []), f"{name}, smoke.keywords")
        ),
        place=values.get("place"),
    )


def _check_keys(values: Dictionary[str, Any], name: str) -> None:
    if unknown := sorted(set(values) - set(_KEYS)):
        raise DataError(f"Mapping {name}: {', '.join(unknown)} is not a key of a mapping file.")
    for key, given in values.items():
        if not isinstance(given, _KEYS[key]):
            wanted = "a text" if _KEYS[key] is str else "a table"
            raise DataError(f"Mapping {name}: {key} is {given!r}; it must be {wanted}.")


def _texts(given: Any, where: str) -> tuple[str, ...]:
    if isinstance(given, list) and all(isinstance(text, str) for text in given):
        return tuple(given)
    raise DataError(f"Mapping {where}: {given!r} is not a list of texts.")


def _recoding(given: Any, where: str) -> dict[str, str]:
    if isinstance(given, dict) and all(isinstance(text, str) for text in given.values()):
        return given
    raise DataError(f'Mapping {where} must be a table of texts: "theirs" = "ours".')


def shipped(kind: str) -> list[Mapping]:
    """The mappings of a kind that come with the product."""
    found = [read_mapping(path) for path in sorted(SHIPPED.glob("*.toml"))]
    return [mapping for mapping in found if mapping.kind == kind]


def fitting(kind: str, head: Iterable[str]) -> Mapping:
    """The one shipped mapping whose columns a file has.

    Raises
    ------
    DataError
        When none fits, or several do; the message names them.
    """
    there = list(head)
    known = shipped(kind)
    fits = [mapping for mapping in known if mapping.fits(there)]
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(m.name for m in fits or known)
    if fits:
        raise DataError(f"Several shipped mappings fit ({names}); choose one with --mapping.")
    raise DataError(
        f"No shipped mapping of {kind} fits this file (tried {names}). Its columns are: "
        f"{', '.join(there)}. Write a mapping file and give it with --mapping."
    )


def _columns(given: Dictionary[str, Any], kind: str, name: str) -> dict[str, Column]:
    known = set(TABLES[kind].names) | _EXTRA
    if unknown := sorted(set(given) - known):
        raise DataError(
            f"Mapping {name}: {', '.join(unknown)} is not a column of {kind}. "
            f"Its columns are {', '.join(TABLES[kind].names)}."
        )
    return {target: _column(source, f"{name}, column {target}") for target, source in given.items()}


def _column(given: Any, where: str) -> Column:
    """A column name, ``"=constant"``, a list for a path, or a table with one of the keys below."""
    if isinstance(given, str):
        return Column(constant=given[1:]) if given.startswith("=") else Column(sources=(given,))
    if isinstance(given, list) and given and all(isinstance(name, str) for name in given):
        return Column(sources=tuple(given), how="path")
    if isinstance(given, dict):
        optional = bool(given.get("optional"))
        for keys, how in ((("wkt",), "wkt"), (("date", "time"), "moment"), (("column",), "plain")):
            sources = tuple(given.get(key) for key in keys)
            if all(isinstance(name, str) for name in sources):
                return Column(sources=sources, how=how, optional=optional)  # type: ignore[arg-type]
    raise DataError(
        f'Mapping {where}: {given!r} is not understood. Write a column name, "=constant", a list '
        f"of columns, {{column=…, optional=true}}, {{wkt=…}} or {{date=…, time=…}}."
    )


def known_crs(name: str, where: str) -> str:
    """A name of a CRS that can be read, or none; raises DataError when it is not known."""
    try:
        if name:
            crs.to_stored(np.full(1, np.nan), np.full(1, np.nan), name)
    except CRSError as error:
        raise DataError(f"{where} {name!r} is not known. Write EPSG:…, GCJ-02 or BD-09.") from error
    return name


def _zone(name: str, where: str) -> str:
    try:
        if name:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DataError(f"Mapping {where}: timezone {name!r} is not an IANA name.") from error
    return name
