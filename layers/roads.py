"""Main roads: what everyone knows the city by."""

from geodata.base.features import roads
from layers._layer import (
    EVERY_PAGE,
    Categorized,
    Class,
    Field,
    Label,
    Layer,
    Source,
    Text,
)

LAYER = Layer(
    id="roads",
    title=Text("道路", "Roads"),
    group=Text("底图", "Base"),
    description=Text("主要道路及名称。", "Main roads and their names."),
    source=Source(provider=Text("道路名录", "Register of roads"), license="internal"),
    geometry="Line",
    query=roads,
    fields=(
        Field(name="id", title=Text("编号", "Id")),
        Field(name="name", title=Text("名称", "Name"), hover=True),
        Field(name="grade", title=Text("等级", "Grade"), hover=True),
    ),
    symbology=Categorized(
        by="grade",
        classes=tuple(
            Class(value=zh, title=Text(zh, en), color="road", weight=weight)
            for zh, en, weight in (
                ("快速路", "Expressway", 2.2),
                ("主干道", "Arterial", 1.5),
                ("次干道", "Collector", 1.0),
                ("支路", "Local road", 0.7),
                ("街巷", "Lane", 0.5),
            )
        ),
    ),
    label=Label(field="name", from_zoom=12.5, rank=2),
    is_base=True,
    is_clickable=False,
    shown_on=EVERY_PAGE,
    order=30,
)
