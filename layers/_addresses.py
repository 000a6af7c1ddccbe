"""The head of address rows: the elements of a standard address, coarse to fine."""

from layers._layer import Field, Text

_HEAD = {
    "id": Text("编号", "Id"),
    "code": Text("地址编码", "Code"),
    "province": Text("省", "Province"),
    "city": Text("市", "City"),
    "county": Text("区县", "County"),
    "town": Text("街镇", "Town"),
    "community": Text("社区", "Community"),
    "grid": Text("网格", "Grid"),
    "road": Text("街路巷", "Road"),
    "road_no": Text("门牌", "Number"),
    "quarter": Text("小区", "Compound"),
    "building": Text("楼栋", "Building"),
    "unit": Text("单元", "Unit"),
    "floor": Text("楼层", "Floor"),
    "room": Text("户室", "Room"),
    "poi": Text("兴趣点", "Place"),
    "level": Text("级别", "Level"),
    "lon": Text("经度", "Longitude"),
    "lat": Text("纬度", "Latitude"),
    "aliases": Text("别名", "Aliases"),
}
FIELDS = (
    *(Field(name=name, title=title) for name, title in _HEAD.items()),
    Field(name="name", title=Text("地址", "Address"), hover=True, on_map_only=True),
)
