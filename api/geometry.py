"""``GET /geo/<layer>.geojson``: the shapes of a layer, once, hashed and compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from api import wire
from geodata.query import Query, Span
from geodata.space import crs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from flask import Flask, Response

    from layers._answers import Answers
    from layers._layer import Layer

DECIMALS = 6  # a tenth of a metre


def register(server: Flask, answers: Answers) -> None:
    """Add the route."""

    @server.get("/geo/<layer>.geojson")
    def geo(layer: str) -> Response:
        reader, catalog = answers.reader(), answers.catalog()
        if layer not in catalog:
            return wire.refused(404, f"No layer is called {layer}.")
        declared = catalog[layer]
        if declared.tiles:
            return wire.refused(
                404, f"{layer} travels as tiles: /tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt."
            )
        labels, display = "labels" in wire.flags(), wire.display()
        body = answers.once(
            reader,
            f"geo/{layer}/{labels}/{display}",
            lambda: wire.pack(collection(declared, reader, labels=labels, display=display)),
            lasting=True,
        )
        return wire.packed(body, wire.GEOJSON, wire.lifetime())


def collection(layer: Layer, reader: Any, *, labels: bool, display: str) -> bytes:
    """All shapes of a layer as a FeatureCollection.

    A feature's ``id`` is a number (the area's own, else the position), because the map addresses
    feature states by it; the row's id is the property ``id``. With ``labels``, the point where
    each shape's name stands takes the place of the shape.
    """
    batches = layer.shapes(reader) if layer.shapes else layer.query(reader, everything(reader))
    features = (f for batch in batches for f in _features(batch, labels=labels, display=display))
    numbered = [{"id": f["properties"].pop("n", i), **f} for i, f in enumerate(features)]
    return orjson.dumps(
        {"type": "FeatureCollection", "features": numbered}, option=orjson.OPT_SERIALIZE_NUMPY
    )


def everything(reader: Any) -> Any:
    """A question that leaves nothing out, for layers whose filters work in the browser."""
    span = Span(start=reader.data_until, end=reader.data_until)
    return Query(period=span, previous=span, as_of=reader.data_until, at=reader.data_until)


def _features(batch: pa.RecordBatch, *, labels: bool, display: str) -> Iterator[dict[str, Any]]:
    geometries = _geometries(batch, labels=labels)
    shown = shapely.transform(
        geometries,
        lambda x, y: tuple(np.round(v, DECIMALS) for v in crs.for_display(x, y, display)),
        interleaved=False,
    )
    texts = shapely.to_geojson(shown)
    hidden = {"geometry", "label_lon", "label_lat", "lon", "lat", "area"}
    plain = batch.select([n for n in batch.schema.names if n not in hidden]).to_pylist()
    for text, row in zip(texts, plain, strict=True):
        kept = {key: value for key, value in row.items() if value is not None}
        yield {"type": "Feature", "geometry": orjson.Fragment(text), "properties": kept}


def _geometries(batch: pa.RecordBatch, *, labels: bool) -> Any:
    names = batch.schema.names
    shapes = (
        shapely.from_wkb(batch["geometry"].to_numpy(zero_copy_only=False))
        if "geometry" in names
        else np.full(batch.num_rows, None)
    )
    for lon, lat in (("label_lon", "label_lat"), ("lon", "lat")):
        if lon in names:
            points = shapely.points(batch[lon].to_numpy(zero_copy_only=False), batch[lat])
            return points if labels else np.where(shapely.is_missing(shapes), points, shapes)
    return shapely.point_on_surface(shapes) if labels else shapes
