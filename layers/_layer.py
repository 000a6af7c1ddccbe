"""What a layer is: one frozen declaration, checked when it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.query import Query, Tile
    from geodata.space.points import Points
    from geodata.store.reader import Reader

Color: TypeAlias = str  # "#rrggbb", or the name of a token of the themes such as "lamp-red"
Page = Literal["wall", "leader", "plan"]
EVERY_PAGE: tuple[Page, ...] = ("wall", "leader", "plan")


class LayerError(ValueError):
    """A layer file that cannot be shown; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word or sentence in the languages of the screen."""

    zh: str
    en: str

    def __call__(self, lang: str) -> str:
        """Give the text in a language."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who made the data, under which terms, and when it was taken."""

    provider: Text
    license: str
    url: str = ""
    retrieved: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column a reader may see: hover text, detail, table head, export head and docs."""

    name: str
    title: Text
    unit: Text = Text("", "")
    decimals: int = 0
    hover: bool = False
    on_map_only: bool = False  # known to the map's features, not a column of the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A filter by named values: ``layer.name=a,b``.

    ``values`` may be a question to the data; it is answered when the catalogue meets its data.
    """

    name: str
    title: Text
    values: tuple[str, ...] | Callable[[Reader], tuple[str, ...]]
    subject: str = ""  # whose English words name the values


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A filter by number: ``layer.name=low/high``, inclusive, ``..`` for an open end."""

    name: str
    title: Text
    minimum: float
    maximum: float
    unit: Text = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A filter by the time of the facts: the address's ``datetime`` and ``hours`` apply."""

    name: str
    title: Text


Queryable: TypeAlias = Category | Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One legend row; ``value`` is a category or the inclusive upper bound of a bin."""

    value: str | float
    title: Text
    color: Color
    weight: float = 1.0  # of its lines or dots, beside the other classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One colour for all."""

    color: Color


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorized:
    """Colour by name."""

    by: str
    classes: tuple[Class, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """Breaks that follow the shown numbers: equal shares, rounded to readable figures."""

    classes: int = 6
    ramp: str = "load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Graduated:
    """Colour by number: by a field in fixed breaks, or by the address's metric in quantiles."""

    by: str
    classes: tuple[Class, ...] | Quantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number an area can be painted by: a count, or a rate that keeps both its parts.

    ``numerator`` and ``denominator`` name measures of ``geodata.tickets.numbers``.
    """

    id: str
    title: Text
    unit: Text
    numerator: str
    denominator: str = ""
    scale: float = 1
    decimals: int = 0
    ramp: str = "load"
    up_is: Literal["bad", "good", "neutral"] = "neutral"
    note: Text = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A density surface of points that gives way to the single points at ``until_zoom``.

    ``measure`` is what its points are: ``total``, every appeal, or ``smoke``. ``radius_m`` is the
    reach of one point's kernel in metres; a third of it is the bandwidth.
    """

    measure: Literal["total", "smoke"]
    radius_m: float
    until_zoom: int
    ramp: str = "heat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Points as vector tiles: counts per cell below ``split_zoom``, single points from there.

    The three questions a tile asks of the data; see ``geodata.space.points``.
    """

    split_zoom: int
    counts: Callable[[Reader, Query, Tile], Points]
    points: Callable[[Reader, Query, Tile], Points]
    from_zoom: int = 0
    dots: bool = True  # the counts are drawn as dots too; a heat map draws them by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What each feature is at a moment: id -> value of one of the classes."""

    at: Callable[[Reader, dt.datetime], dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A field written on the map from a zoom on; a higher rank wins where names collide."""

    field: str
    from_zoom: float = 0
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Everything the map knows about one layer. See docs/how-to/add-a-layer.md."""

    id: str
    title: Text
    group: Text
    description: Text
    source: Source
    geometry: Literal["Point", "Line", "Polygon"]
    query: Callable[[Reader, Query], Iterable[pa.RecordBatch]]  # rows that pass, for the export
    fields: tuple[Field, ...]
    symbology: Single | Categorized | Graduated
    shapes: Callable[[Reader], Iterable[pa.RecordBatch]] | None = None  # geometry, travels once
    queryables: tuple[Queryable, ...] = ()
    metrics: tuple[Metric, ...] = ()
    heat: Heat | None = None
    tiles: Tiles | None = None
    state: State | None = None
    label: Label | None = None
    period: Period | None = None
    filtered_by: str = ""  # the layer whose filters govern this one; itself when empty
    is_base: bool = False
    is_clickable: bool = True
    shown_on: tuple[Page, ...] = field(default=())  # pages that show it without being asked
    order: int = 50  # drawing order where the address does not say; low is below

    def __post_init__(self) -> None:
        _check_names(self)
        _check_fields(self)
        _check_breaks(self)
        if self.tiles and self.geometry != "Point":
            raise LayerError(f"layers/{self.id}.py has tiles, which are made of points only.")
        if self.heat and not self.tiles:
            raise LayerError(f"layers/{self.id}.py has a heat map, which needs Tiles(...).")

    @property
    def owner(self) -> str:
        """Id of the layer whose queryables filter this one."""
        return self.filtered_by or self.id

    def bound(self, reader: Reader) -> Layer:
        """The layer with the values of its categories answered by the data."""
        return replace(self, queryables=tuple(_bound(q, reader) for q in self.queryables))


def _bound(queryable: Queryable, reader: Reader) -> Queryable:
    if isinstance(queryable, Category) and callable(queryable.values):
        return replace(queryable, values=queryable.values(reader))
    return queryable


def _check_names(layer: Layer) -> None:
    names = [layer.id, *(q.name for q in layer.queryables)]
    if strange := [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", str(name))]:
        raise LayerError(
            f"layers/{layer.id}.py: {strange[0]!r} cannot stand in an address. Write small "
            f"letters, digits and underscores, a letter first."
        )
    if layer.geometry not in ("Point", "Line", "Polygon"):
        raise LayerError(
            f"layers/{layer.id}.py: geometry is {layer.geometry!r}; it must be Point, Line or "
            f"Polygon."
        )


def _check_fields(layer: Layer) -> None:
    names = [f.name for f in layer.fields]
    wanted = {"symbology.by": getattr(layer.symbology, "by", None)}
    wanted["label.field"] = layer.label.field if layer.label else None
    for what, name in wanted.items():
        if name in {None, "metric", "state"}:
            continue
        if name not in names:
            raise LayerError(
                f"layers/{layer.id}.py: {what} is {name!r}, which is not one of its fields "
                f"({', '.join(names)}). Add Field(name={name!r}, ...) or change {what}."
            )


def _check_breaks(layer: Layer) -> None:
    symbology = layer.symbology
    if isinstance(symbology, Categorized):
        values = [c.value for c in symbology.classes]
        if twice := [value for value in values if values.count(value) > 1]:
            raise LayerError(f"layers/{layer.id}.py has two classes of the value {twice[0]!r}.")
    if isinstance(symbology, Graduated) and isinstance(symbology.classes, tuple):
        bounds = [float(c.value) for c in symbology.classes]
        if bounds != sorted(set(bounds)):
            raise LayerError(f"layers/{layer.id}.py has class breaks {bounds}; they must rise.")
