"""Single coordinates that cannot be right: 0, 0; exchanged; not on the earth; outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.errors import DataError
from geodata.intake.suspicion.facts import Doubt, Facts, Held, Verdict, examples_of, told, told_zh
from geodata.space import crs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.intake.suspicion.ground import Ground

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

NEARLY_ALL = 0.9
FEW = 5  # rows: of fewer, "nearly all" says nothing


def positions(verdict: Verdict) -> tuple[Floats, Floats]:
    """One position a row: the middle of its shape, else its point; nan where it has neither."""
    if verdict.shapes is None:
        return verdict.lon, verdict.lat
    x, y = _middles(verdict.shapes)
    bare = shapely.is_missing(verdict.shapes)
    return np.where(bare, verdict.lon, x), np.where(bare, verdict.lat, y)


def on_earth(lon: Floats, lat: Floats) -> Bools:
    """Whether each position can be degrees of the earth."""
    return (np.abs(lon) <= 180) & (np.abs(lat) <= 90)


def nowhere(facts: Facts, verdict: Verdict) -> Verdict:
    """0, 0 lies in the ocean: it is how many systems write that they do not know."""
    zero = (verdict.lon == 0) & (verdict.lat == 0)
    if facts.raw_x is not None and facts.raw_y is not None:
        zero |= (facts.raw_x == 0) & (facts.raw_y == 0)
    rows = np.flatnonzero(zero)
    if not len(rows):
        return verdict
    examples = examples_of(facts, rows)
    doubt = Doubt(
        kind="zero",
        count=len(rows),
        examples=examples,
        sentence=f"{len(rows):,} rows lie at 0, 0 ({told(examples)}): they are taken as having no "
        "coordinates. If their addresses are known, give these.",
        sentence_zh=f"{len(rows):,} 行坐标为 0, 0（{told_zh(examples)}），按无坐标处理；"
        "如有地址请补充地址。",
    )
    return verdict.noting(
        doubt, lon=np.where(zero, np.nan, verdict.lon), lat=np.where(zero, np.nan, verdict.lat)
    )


def exchanged(facts: Facts, verdict: Verdict, ground: Ground | None) -> Verdict:
    """Undo an exchange of lon and lat where it is proved: exchanged back, the row lies inside."""
    if not ground:
        return verdict
    lon, lat = positions(verdict)
    astray = np.flatnonzero(~np.isnan(lon) & ~ground.holds(lon, lat))
    turned = _turned(facts, verdict, astray)
    proved = ground.holds(*(turned if isinstance(turned, tuple) else _middles(turned)))
    rows = astray[proved]
    if not len(rows):
        return verdict
    examples = examples_of(facts, rows)
    doubt = Doubt(
        kind="exchanged",
        count=len(rows),
        examples=examples,
        sentence=f"In {len(rows):,} rows longitude and latitude were exchanged ({told(examples)}): "
        "exchanged back they lie inside the outline, so this was done. Mend the columns in the "
        "source.",
        sentence_zh=f"{len(rows):,} 行经纬度颠倒（{told_zh(examples)}）；换回后落在范围内，"
        "已更正。请在源数据中修正。",
    )
    return verdict.noting(doubt, **_with(verdict, rows, turned, proved))


def _turned(facts: Facts, verdict: Verdict, rows: NDArray[np.int64]) -> Any:
    """Some rows with x and y exchanged: shapes, or a pair of arrays in degrees."""
    if verdict.shapes is not None:
        return shapely.transform(verdict.shapes[rows], lambda x, y: (y, x), interleaved=False)
    if facts.raw_x is None or facts.raw_y is None:
        return verdict.lat[rows], verdict.lon[rows]
    try:
        return crs.to_stored(facts.raw_y[rows], facts.raw_x[rows], facts.declared_crs or crs.STORED)
    except DataError:  # none of them can be of the declared zone: then none was exchanged
        return np.full(len(rows), np.nan), np.full(len(rows), np.nan)


def _middles(shapes: Any) -> tuple[Floats, Floats]:
    """Centroids; infinite where a coordinate is, so that it is not taken for an absent shape."""
    middle = shapely.centroid(np.where(shapely.is_empty(shapes), None, shapes))
    endless = np.isinf(shapely.bounds(shapes)).any(axis=1)
    x, y = (np.where(endless, np.inf, get(middle)) for get in (shapely.get_x, shapely.get_y))
    return x, y


def _with(verdict: Verdict, rows: NDArray[np.int64], turned: Any, proved: Bools) -> dict[str, Any]:
    """What an exchange changes of a verdict."""
    if not isinstance(turned, tuple):
        shapes = verdict.shapes.copy()
        shapes[rows] = turned[proved]
        return {"shapes": shapes}
    lon, lat = verdict.lon.copy(), verdict.lat.copy()
    lon[rows], lat[rows] = turned[0][proved], turned[1][proved]
    return {"lon": lon, "lat": lat}


def impossible(facts: Facts, verdict: Verdict) -> Verdict:
    """Hold back the rows whose coordinates are not on the earth."""
    lon, lat = positions(verdict)
    rows = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat) & ~on_earth(lon, lat))
    if not len(rows):
        return verdict
    x = lon if facts.raw_x is None else facts.raw_x
    y = lat if facts.raw_y is None else facts.raw_y
    column = "lon, lat" if verdict.shapes is None else "geometry"
    cure = "Check the order (lon before lat) and the crs."
    held = tuple(
        Held(int(i), column, f"{x[i]:.10g}, {y[i]:.10g}", "is not on the earth", cure) for i in rows
    )
    examples = examples_of(facts, rows)
    doubt = Doubt(
        kind="impossible",
        count=len(rows),
        examples=examples,
        sentence=f"{len(rows):,} rows have coordinates that are not on the earth "
        f"({told(examples)}): they are held back. {cure}",
        sentence_zh=f"{len(rows):,} 行坐标不在地球上（{told_zh(examples)}），已退回。"
        "请检查经纬度次序与坐标系。",
    )
    return verdict.noting(doubt, held=held)


def outside(facts: Facts, verdict: Verdict, ground: Ground | None) -> Verdict:
    """Name the rows that lie outside the outline; they stay, without a place on the map's areas."""
    if not ground:
        return verdict
    lon, lat = positions(verdict)
    there = ~np.isnan(lon) & ~np.isnan(lat) & on_earth(lon, lat)
    rows = np.flatnonzero(there & ~ground.holds(lon, lat))
    if not len(rows):
        return verdict
    asks = len(rows) >= max(FEW, NEARLY_ALL * int(there.sum()))
    examples = examples_of(facts, rows)
    sentence = f"{len(rows):,} of {int(there.sum()):,} rows lie outside the outline "
    sentence += f"({told(examples)}): they are kept, but their coordinates place them nowhere."
    sentence_zh = f"{int(there.sum()):,} 行中有 {len(rows):,} 行落在范围外（{told_zh(examples)}），"
    sentence_zh += "予以保留，但不能据坐标归属区域。"
    if asks:
        sentence += " Is this the right file, and is its crs the declared one? Give --crs if not."
        sentence_zh += "请确认文件与坐标系是否正确，必要时用 --crs 指明。"
    return verdict.noting(
        Doubt(
            kind="outside",
            count=len(rows),
            examples=examples,
            sentence=sentence,
            sentence_zh=sentence_zh,
            asks=asks,
        )
    )
