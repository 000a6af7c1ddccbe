"""Streets, towns and communities: borders and names; painted by metric where there are no grids."""

from geodata.areas.shapes import of_areas
from layers._areas import FIELDS, SOURCE
from layers._layer import EVERY_PAGE, Graduated, Label, Layer, Quantiles, Text
from layers._metrics import METRICS, rows_by_area

LAYER = Layer(
    id="areas",
    title=Text("区域", "Areas"),
    group=Text("治理单元", "Units"),
    description=Text(
        "当前区域的下一级单元:界线、名称;没有网格的地方按指标着色。",
        "The units below the shown area: borders, names, and paint where there are no grids.",
    ),
    source=SOURCE,
    geometry="Polygon",
    query=rows_by_area(grids=False),
    shapes=of_areas,
    fields=FIELDS,
    symbology=Graduated(by="metric", classes=Quantiles()),
    metrics=METRICS,
    filtered_by="tickets",
    label=Label(field="name", rank=9),
    shown_on=EVERY_PAGE,
    order=20,
)
