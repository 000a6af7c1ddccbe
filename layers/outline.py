"""The outline of the place: the edge of responsibility."""

from geodata.areas.shapes import of_root, outline_rows
from layers._layer import EVERY_PAGE, Field, Layer, Single, Source, Text

LAYER = Layer(
    id="outline",
    title=Text("区界", "Outline"),
    group=Text("底图", "Base"),
    description=Text("全区界线(示意)。", "The outline of the place (schematic)."),
    source=Source(provider=Text("公开资料", "Public sources"), license="facts"),
    geometry="Polygon",
    query=outline_rows,
    shapes=of_root,
    fields=(
        Field(name="code", title=Text("编码", "Code")),
        Field(name="name", title=Text("名称", "Name")),
    ),
    symbology=Single(color="outline"),
    is_base=True,
    is_clickable=False,
    shown_on=EVERY_PAGE,
    order=5,
)
