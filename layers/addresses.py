"""Standard addresses: every door of the place, counted from afar and one by one when close."""

from geodata.addresses.places import LEVELS, counts, points, rows
from layers._addresses import FIELDS
from layers._layer import Category, Layer, Single, Source, Text, Tiles

LAYER = Layer(
    id="addresses",
    title=Text("标准地址", "Standard addresses"),
    group=Text("底数", "Register"),
    description=Text(
        "统一标准地址:放大前为密度,放大后逐个可点。",
        "The register of addresses: density from afar, each one clickable when close.",
    ),
    source=Source(provider=Text("标准地址库", "Address register"), license="internal"),
    geometry="Point",
    query=rows,
    fields=FIELDS,
    queryables=(Category(name="level", title=Text("级别", "Level"), values=LEVELS),),
    symbology=Single(color="address"),
    tiles=Tiles(split_zoom=15, counts=counts, points=points),
    order=50,
)
