"""Tidal markets and night-economy areas: where people may trade, and whether they may right now."""

from geodata.markets.opening import states
from geodata.markets.sites import kinds, rows, sites
from layers._layer import (
    EVERY_PAGE,
    Categorized,
    Category,
    Class,
    Field,
    Label,
    Layer,
    Source,
    State,
    Text,
)

LAYER = Layer(
    id="markets",
    title=Text("潮汐市场与夜间经济", "Markets"),
    group=Text("城市管理", "City management"),
    description=Text(
        "潮汐市场与夜间经济区的范围,及此刻是否开市。",
        "Sites of tidal markets and night-economy areas, and whether they are open at the moment.",
    ),
    source=Source(provider=Text("城市管理部门", "City management"), license="internal"),
    geometry="Polygon",
    query=rows,
    shapes=sites,
    fields=(
        Field(name="id", title=Text("编号", "Id")),
        Field(name="name", title=Text("名称", "Name"), hover=True),
        Field(name="kind", title=Text("类型", "Kind"), hover=True),
        Field(name="windows", title=Text("开市时间", "Hours")),
        Field(name="stalls", title=Text("摊位", "Stalls"), unit=Text("个", "stalls"), hover=True),
        Field(name="address", title=Text("地点", "Place")),
        Field(name="lon", title=Text("经度", "Longitude"), decimals=6),
        Field(name="lat", title=Text("纬度", "Latitude"), decimals=6),
    ),
    queryables=(Category(name="kind", title=Text("类型", "Kind"), values=kinds, subject="kind"),),
    symbology=Categorized(
        by="state",
        classes=(
            Class(value="open", title=Text("开市", "Open"), color="lamp-green"),
            Class(value="closing", title=Text("半小时内收市", "Closing soon"), color="lamp-yellow"),
            Class(value="closed", title=Text("未开市", "Closed"), color="lamp-grey"),
        ),
    ),
    state=State(at=states),
    label=Label(field="name", from_zoom=12.5, rank=6),
    shown_on=EVERY_PAGE,
    order=55,
)
