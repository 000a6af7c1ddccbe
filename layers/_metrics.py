"""The metrics of an area: what they are made of, and their values for one, many or all areas."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from geodata.areas.hierarchy import hierarchy
from geodata.areas.shapes import shapes
from geodata.tickets.numbers import measure, numbers
from layers._layer import Metric, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.areas.hierarchy import Hierarchy
    from geodata.query import Query
    from geodata.store.reader import Reader
    from geodata.tickets.numbers import Numbers

    Floats = NDArray[np.float64]

PIECES = Text("件", "appeals")
PERCENT = Text("%", "%")
METRICS = (
    Metric(
        id="total",
        title=Text("诉求", "Appeals"),
        unit=PIECES,
        numerator="total",
        up_is="bad",
        note=Text("时段内受理的诉求", "Appeals accepted in the period"),
    ),
    Metric(
        id="smoke",
        title=Text("油烟诉求", "Smoke appeals"),
        unit=PIECES,
        numerator="smoke",
        ramp="smoke",
        up_is="bad",
        note=Text("其中餐饮、烧烤油烟", "Of these, cooking smoke"),
    ),
    Metric(
        id="open",
        title=Text("在办", "Open"),
        unit=PIECES,
        numerator="open",
        note=Text("时段内受理、尚未办结", "Accepted in the period, not closed yet"),
    ),
    Metric(
        id="overdue",
        title=Text("超期", "Overdue"),
        unit=PIECES,
        numerator="overdue",
        ramp="alarm",
        up_is="bad",
        note=Text("在办且已过办理时限", "Open and past the time limit"),
    ),
    Metric(
        id="per_10k",
        title=Text("万人诉求比", "Per 10,000 residents"),
        unit=Text("件/万人", "per 10,000"),
        numerator="total",
        denominator="population",
        scale=10_000,
        decimals=1,
        up_is="bad",
        note=Text("诉求 ÷ 常住人口 × 10000", "Appeals / residents x 10,000"),
    ),
    Metric(
        id="change",
        title=Text("较上期", "Change"),
        unit=PERCENT,
        numerator="gained",
        denominator="previous",
        scale=100,
        decimals=1,
        ramp="change",
        up_is="bad",
        note=Text("与上一时段同样天数相比", "Against the same elapsed days before"),
    ),
    Metric(
        id="closed_rate",
        title=Text("办结率", "Closed"),
        unit=PERCENT,
        numerator="closed",
        denominator="total",
        scale=100,
        decimals=1,
        ramp="good",
        up_is="good",
        note=Text("办结 ÷ 受理", "Closed / accepted"),
    ),
    Metric(
        id="on_time_rate",
        title=Text("按期办结率", "Closed on time"),
        unit=PERCENT,
        numerator="on_time",
        denominator="with_due",
        scale=100,
        decimals=1,
        ramp="good",
        up_is="good",
        note=Text("时限内办结 ÷ 有时限的办结", "Closed within the limit / closed with a limit"),
    ),
)
BY_ID = {metric.id: metric for metric in METRICS}


def values(metric: Metric, counted: Numbers, tree: Hierarchy) -> Floats:
    """A metric of every area; nan where its denominator is empty or unknown."""
    return rates(metric, counted.areas, tree.population)


def rates(metric: Metric, counts: Any, population: Any) -> Floats:
    """A metric from counts (measures on the last axis); nan where the denominator is empty."""
    top = measure(counts, metric.numerator).astype(np.float64)
    if not metric.denominator:
        return top * metric.scale
    bottom = (
        population if metric.denominator == "population" else measure(counts, metric.denominator)
    )
    bottom = np.asarray(bottom, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / bottom * metric.scale, np.nan)


def headline(counted: Numbers, tree: Hierarchy, area: int) -> dict[str, float | None]:
    """Every metric of the shown area, unplaced tickets included; None where there is no value."""
    answer: dict[str, float | None] = {}
    for metric in METRICS:
        value = float(rates(metric, counted.whole, tree.population[area]))
        answer[metric.id] = None if np.isnan(value) else plain(value, metric.decimals)
    below = counted.areas[tree.children(area)].sum(axis=0)
    answer["unplaced"] = int(measure(counted.whole, "total") - measure(below, "total"))
    return answer


def plain(value: float, decimals: int) -> float:
    """A number as it is written out: an integer where it has no decimals, half rounded up."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(rounded) if decimals else int(rounded)


def rows_by_area(*, grids: bool) -> Any:
    """A query: the areas directly below the shown one (or all its grids) with every metric."""

    def query(reader: Reader, question: Query) -> Iterator[pa.RecordBatch]:
        tree, counted = hierarchy(reader), numbers(reader, question)
        kept = shown_areas(tree, question.area, grids=grids, place_depth=reader.place.grid_depth)
        geometry = {row["n"]: row["geometry"] for row in shapes(reader, kept)}
        columns = {
            "id": [tree.codes[n] for n in kept],
            "code": [tree.codes[n] for n in kept],
            "name": [tree.names[n] for n in kept],
            "level": tree.level[kept],
            "parent": [tree.codes[tree.parent[n]] if tree.parent[n] >= 0 else None for n in kept],
            "population": _column(tree.population[kept], 0),
            **{m.id: _column(values(m, counted, tree)[kept], m.decimals) for m in METRICS},
            "geometry": [geometry[n] for n in kept],
        }
        yield from pa.table(columns).to_batches()

    return query


def _column(numbers: Floats, decimals: int) -> pa.Array:
    """Numbers as they are written out: whole where they have no decimals, null where nan."""
    told = [None if np.isnan(value) else plain(float(value), decimals) for value in numbers]
    return pa.array(told, pa.float64() if decimals else pa.int64())


def shown_areas(
    tree: Hierarchy, area: int, *, grids: bool, place_depth: int | None
) -> NDArray[np.int64]:
    """Numbers of the children of an area, or of all grids in it; itself where there are none."""
    if not grids:
        children = tree.children(area)
        return children if len(children) else np.array([area])
    inside = np.arange(area, tree.last[area] + 1)
    return np.asarray(inside[tree.level[inside] == place_depth])
