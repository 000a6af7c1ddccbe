"""What every layer made of tickets shares: the head of its rows and the words of its classes."""

from layers._layer import Class, Field, Source, Text

FIELDS = (
    Field(name="id", title=Text("编号", "Number")),
    Field(name="created_at", title=Text("受理时间", "Accepted")),
    Field(name="closed_at", title=Text("办结时间", "Closed")),
    Field(name="category", title=Text("类别", "Category")),
    Field(name="channel", title=Text("渠道", "Channel")),
    Field(name="state", title=Text("状态", "State")),
    Field(name="due_at", title=Text("办理时限", "Due")),
    Field(name="department", title=Text("责任单位", "Department")),
    Field(name="text", title=Text("内容", "Text")),
    Field(name="address", title=Text("地点", "Place")),
    Field(name="address_id", title=Text("标准地址", "Standard address")),
    Field(name="lon", title=Text("经度", "Longitude"), decimals=6),
    Field(name="lat", title=Text("纬度", "Latitude"), decimals=6),
    Field(name="area", title=Text("区域编码", "Area code")),
    Field(name="name", title=Text("类别", "Category"), hover=True, on_map_only=True),
    Field(name="status", title=Text("办理", "Status"), hover=True, on_map_only=True),
)
STATUSES = (
    Class(value="overdue", title=Text("超期", "Overdue"), color="lamp-red", weight=1.6),
    Class(value="open", title=Text("在办", "Open"), color="lamp-yellow", weight=1.15),
    Class(value="closed", title=Text("办结", "Closed"), color="lamp-green", weight=0.75),
)
SOURCE = Source(provider=Text("诉求受理平台", "Appeals platform"), license="internal")
