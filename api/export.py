"""``GET /export/<layer>.csv|.geojson?<search>``: exactly the rows on the screen, streamed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson
import shapely
from flask import Response, stream_with_context

from api import wire
from geodata.masking import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    import pyarrow as pa
    from flask import Flask

    from layers._answers import Answers, Question
    from layers._layer import Layer

    Row = dict[str, Any]

# A spreadsheet would run a cell that begins like this; the full-width forms too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_FREE_TEXT = frozenset({"text", "address"})  # as people wrote it


def register(server: Flask, answers: Answers) -> None:
    """Add the route."""

    @server.get("/export/<layer>.<any(csv, geojson):form>")
    def export(layer: str, form: str) -> Response:
        question = answers.question(wire.search())
        if question.notices:
            return wire.unread(question)
        declared = question.catalog.get(layer)
        if declared is None:
            return wire.refused(404, f"No layer is called {layer}.")
        write, mimetype = _FORMS[form]
        chunks = write(declared, question)
        # The head and the first rows are there before the answer is promised.
        begun = [chunk for chunk in (next(chunks), next(chunks, b"")) if chunk]
        body = stream_with_context(chain(begun, chunks))
        response = Response(body, content_type=mimetype)
        day = question.reader.data_until.astimezone(question.reader.place.zone).date()
        response.headers["Content-Disposition"] = (
            f'attachment; filename="onemap-{layer}-{day}.{form}"'
        )
        response.headers["Cache-Control"] = wire.NEVER
        return response


def as_csv(layer: Layer, question: Question) -> Iterator[bytes]:
    """Rows as CSV in ``utf-8-sig``, headed by the layer's fields."""
    head = _head(layer)
    yield "\ufeff".encode() + _lines([head])
    for batch in _batches(layer, question):
        yield _lines(
            [[_cell(row.get(name)) for name in head] for row in _rows(batch, head, question)]
        )


def as_geojson(layer: Layer, question: Question) -> Iterator[bytes]:
    """Rows as a GeoJSON FeatureCollection; a row without a place has a null geometry."""
    head = _head(layer)
    yield b'{"type":"FeatureCollection","features":['
    before = b"\n"
    for batch in _batches(layer, question):
        shapes = _shapes(batch)
        features = [
            {"type": "Feature", "geometry": shape, "properties": row}
            for shape, row in zip(shapes, _rows(batch, head, question), strict=True)
        ]
        if features:
            yield before + b",\n".join(orjson.dumps(f) for f in features)
            before = b",\n"
    yield b"\n]}\n"


_FORMS: dict[str, tuple[Callable[[Layer, Question], Iterator[bytes]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "geojson": (as_geojson, wire.GEOJSON),
}


def _head(layer: Layer) -> list[str]:
    return [field.name for field in layer.fields if not field.on_map_only]


def _batches(layer: Layer, question: Question) -> Iterator[pa.RecordBatch]:
    yield from layer.query(question.reader, question.of(layer))


def _rows(batch: pa.RecordBatch, head: list[str], question: Question) -> Iterator[Row]:
    zone = question.reader.place.zone
    columns = [name for name in head if name in batch.schema.names]
    for row in batch.select(columns).to_pylist():
        yield {name: _told(name, value, zone) for name, value in row.items()}


def _told(name: str, value: Any, zone: ZoneInfo) -> Any:
    """A value as it leaves the house: moments on the place's clock, free text masked."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.UTC).astimezone(zone).isoformat(timespec="seconds")
    return masked(value) if name in _FREE_TEXT and value else value


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _shapes(batch: pa.RecordBatch) -> list[Any]:
    names = batch.schema.names
    points = (
        [
            None if x is None else {"type": "Point", "coordinates": [x, y]}
            for x, y in zip(batch["lon"].to_pylist(), batch["lat"].to_pylist(), strict=True)
        ]
        if "lon" in names
        else [None] * batch.num_rows
    )
    if "geometry" not in names:
        return points
    texts = shapely.to_geojson(shapely.from_wkb(batch["geometry"].to_pylist()))
    return [
        point if text is None else orjson.Fragment(text)
        for text, point in zip(texts, points, strict=True)
    ]


def _lines(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
