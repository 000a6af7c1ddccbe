"""What every layer made of areas shares: the head of its rows and where they come from."""

from layers._layer import Field, Source, Text
from layers._metrics import METRICS

FIELDS = (
    Field(name="code", title=Text("编码", "Code")),
    Field(name="name", title=Text("名称", "Name"), hover=True),
    Field(name="level", title=Text("级别", "Level")),
    Field(name="parent", title=Text("上级", "Parent")),
    Field(name="population", title=Text("常住人口", "Residents"), unit=Text("人", "people")),
    *(Field(name=m.id, title=m.title, unit=m.unit, decimals=m.decimals) for m in METRICS),
)
SOURCE = Source(provider=Text("行政区划与网格资料", "Register of areas"), license="internal")
