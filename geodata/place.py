"""``DATA/place.toml``: what makes the same program show Zhangdian or New York."""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geodata.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "place.toml"
FOLDER = "var/data"  # the data folder of who names none


def data_folder() -> Path:
    """The data folder where none is named: that of ``ONEMAP_DATA``, else ``var/data``."""
    return Path(os.environ.get("ONEMAP_DATA", FOLDER))


UTC = dt.UTC
_TEXTS = ("title", "title_en", "name", "name_en", "timezone", "root", "map_approval_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of the hierarchy of areas.

    ``grid`` marks the finest unit, the one that has people; ``count`` is how many areas of this
    level the place is known to have, for ``check`` to hold it to.
    """

    name: str
    name_en: str = ""
    grid: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """An XYZ raster source of the intranet under our own map; none when ``tiles`` is empty."""

    tiles: str = ""  # https://…/{z}/{x}/{y}.png
    crs: str = "WGS84"  # or GCJ-02: then the overlay is converted for display
    attribution: str = ""
    max_zoom: int = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place under governance: its names, its clock, its levels."""

    title: str
    timezone: str
    root: str
    name: str = ""
    title_en: str = ""
    name_en: str = ""
    levels: tuple[Level, ...] = ()
    is_demo: bool = False
    map_approval_no: str = ""  # 审图号, drawn on the map; "n/a" where the law asks for none
    wall_seconds: int = 20  # how long the wall stays with one scene
    layers: tuple[str, ...] = ()  # what the pages open with; the product's own choice when empty
    stale_hours: int = 48  # after which data that has not moved on is said to be late
    basemap: Basemap = field(default_factory=Basemap)

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise DataError(
                f"{FILE}: timezone {self.timezone!r} is not an IANA name such as Asia/Shanghai."
            ) from error
        if not 3 <= self.wall_seconds <= 3600:
            raise DataError(
                f"{FILE}: wall_seconds is {self.wall_seconds}; it must be 3 to 3600 seconds."
            )
        if self.basemap.crs not in {"WGS84", "GCJ-02"}:
            raise DataError(
                f"{FILE}: basemap.crs is {self.basemap.crs!r}; it must be WGS84 or GCJ-02."
            )

    @property
    def zone(self) -> ZoneInfo:
        """The place's own clock."""
        return ZoneInfo(self.timezone)

    def level(self, depth: int) -> Level:
        """The level at a depth; unnamed levels get a number."""
        if depth < len(self.levels):
            return self.levels[depth]
        return Level(name=f"第{depth + 1}级", name_en=f"Level {depth + 1}")

    @property
    def grid_depth(self) -> int | None:
        """Depth of the grids, or None where a place has none."""
        return next((i for i, level in enumerate(self.levels) if level.grid), None)

    def day(self, at: str) -> dt.date:
        """The local day of a moment in ISO 8601, with its offset."""
        return dt.datetime.fromisoformat(at).astimezone(self.zone).date()

    def midnight(self, day: dt.date) -> dt.datetime:
        """The first moment of a local day, in UTC."""
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(UTC)

    def midnight_after(self, moment: dt.datetime) -> dt.datetime:
        """The first local midnight at or after a moment, in UTC."""
        local = moment.astimezone(self.zone)
        start = self.midnight(local.date())
        return start if start == moment else self.midnight(local.date() + dt.timedelta(days=1))


def read_place(folder: Path) -> Place:
    """The place of a data folder.

    Raises
    ------
    DataError
        When the file is missing, is not TOML, or lacks or misnames a key.
    """
    path = folder / FILE
    try:
        return place_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise DataError(
            f"{folder} has no {FILE}. Make the demonstration district with "
            f"`python -m geodata demo --data {folder}`, or import areas into the folder."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not readable TOML: {error}.") from error


def place_of(values: Mapping[str, Any]) -> Place:
    """A place from plain values, as they stand in ``place.toml`` or in a mapping's ``[place]``."""
    own = {"levels", "basemap", "layers"}
    known = {name: value for name, value in values.items() if name not in own}
    for name in _TEXTS:
        if not isinstance(known.get(name, ""), str):
            raise DataError(f"{FILE}: {name} is {known[name]!r}; write it in quotes.")
    try:
        return Place(
            **known,
            layers=_layers(values.get("layers", [])),
            levels=tuple(Level(**level) for level in values.get("levels", ())),
            basemap=Basemap(**values.get("basemap", {})),
        )
    except TypeError as error:
        fault = str(error).partition("() ")[2] or str(error)
        raise DataError(f"{FILE}: {fault}. See docs/how-to/bring-your-own-data.md.") from error


def _layers(given: Any) -> tuple[str, ...]:
    if isinstance(given, list) and all(isinstance(ident, str) for ident in given):
        return tuple(given)
    raise DataError(f'{FILE}: layers is {given!r}; write layer ids such as ["areas", "tickets"].')


def write_place(folder: Path, place: Place) -> None:
    """Write ``place.toml`` so that a person can edit it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(_toml(place), encoding="utf-8")


def _toml(place: Place) -> str:
    plain = ("title", "title_en", "name", "name_en", "timezone", "root", "is_demo")
    lines = [f"{key} = {_value(getattr(place, key))}" for key in plain]
    lines.append(f"map_approval_no = {_value(place.map_approval_no)}  # 审图号")
    lines += [f"{key} = {getattr(place, key)}" for key in ("wall_seconds", "stale_hours")]
    lines += [f"layers = {_value(list(place.layers))}"] if place.layers else []
    for level in place.levels:
        lines += ["", "[[levels]]", f"name = {_value(level.name)}"]
        lines += [f"name_en = {_value(level.name_en)}"] if level.name_en else []
        lines += ["grid = true"] if level.grid else []
        lines += [] if level.count is None else [f"count = {level.count}"]
    if place.basemap.tiles:
        lines += ["", "[basemap]"]
        lines += [f"{k} = {_value(getattr(place.basemap, k))}" for k in Basemap.__slots__]
    return "\n".join(lines) + "\n"


def _value(value: str | bool | int | list[str]) -> str:
    # A JSON string is a TOML basic string, but for the one control character JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
