"""Landmarks: the places by which people find their way."""

from geodata.base.features import landmarks
from layers._layer import EVERY_PAGE, Field, Label, Layer, Single, Source, Text

LAYER = Layer(
    id="landmarks",
    title=Text("地标", "Landmarks"),
    group=Text("底图", "Base"),
    description=Text("车站、公园、商场等地标。", "Stations, parks, malls and other landmarks."),
    source=Source(provider=Text("公开资料", "Public sources"), license="facts"),
    geometry="Point",
    query=landmarks,
    fields=(
        Field(name="id", title=Text("编号", "Id")),
        Field(name="name", title=Text("名称", "Name"), hover=True),
        Field(name="kind", title=Text("类型", "Kind"), hover=True),
        Field(name="lon", title=Text("经度", "Longitude"), decimals=6),
        Field(name="lat", title=Text("纬度", "Latitude"), decimals=6),
    ),
    symbology=Single(color="landmark"),
    label=Label(field="name", from_zoom=12.5, rank=4),
    is_base=True,
    shown_on=EVERY_PAGE,
    order=70,
)
