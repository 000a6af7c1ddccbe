"""Grids: the choropleth at every level, painted by the metric of the address."""

from geodata.areas.shapes import of_grids
from layers._areas import FIELDS, SOURCE
from layers._layer import EVERY_PAGE, Graduated, Label, Layer, Quantiles, Text
from layers._metrics import METRICS, rows_by_area

LAYER = Layer(
    id="grids",
    title=Text("网格", "Grids"),
    group=Text("治理单元", "Units"),
    description=Text(
        "当前区域的全部网格,按所选指标着色;区域以外变暗。",
        "All grids of the shown area painted by the chosen metric; the rest is dimmed.",
    ),
    source=SOURCE,
    geometry="Polygon",
    query=rows_by_area(grids=True),
    shapes=of_grids,
    fields=FIELDS,
    symbology=Graduated(by="metric", classes=Quantiles()),
    metrics=METRICS,
    filtered_by="tickets",
    label=Label(field="name", from_zoom=15, rank=5),
    shown_on=EVERY_PAGE,
    order=10,
)
