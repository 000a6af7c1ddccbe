"""How well appeals are addressed, by grid: where a decision or a new address is due."""

from geodata.desk.coverage import grids
from layers._layer import Class, Field, Graduated, Layer, Source, Text

APPEALS = Text("件", "appeals")
PERCENT = Text("%", "%")

LAYER = Layer(
    id="address_quality",
    title=Text("地址匹配率", "Address matching"),
    group=Text("底数", "Register"),
    description=Text(
        "各网格诉求中已落到标准地址的比例;分子、分母见悬停。",
        "Share of each grid's appeals that have a standard address; hover shows both parts.",
    ),
    source=Source(provider=Text("地址匹配", "Address matching"), license="internal"),
    geometry="Polygon",
    query=grids,
    fields=(
        Field(name="code", title=Text("编码", "Code")),
        Field(name="name", title=Text("名称", "Name"), hover=True),
        Field(name="share", title=Text("匹配率", "Matched"), unit=PERCENT, decimals=1, hover=True),
        Field(name="matched", title=Text("已匹配", "With address"), unit=APPEALS, hover=True),
        Field(name="spoken", title=Text("有地点描述", "With words"), unit=APPEALS, hover=True),
    ),
    symbology=Graduated(
        by="share",
        classes=(
            Class(value=50, title=Text("≤ 50 %", "≤ 50 %"), color="lamp-red"),
            Class(value=70, title=Text("50–70 %", "50–70 %"), color="lamp-yellow"),
            Class(value=85, title=Text("70–85 %", "70–85 %"), color="outline"),
            Class(value=95, title=Text("85–95 %", "85–95 %"), color="address"),
            Class(value=100, title=Text("> 95 %", "> 95 %"), color="lamp-green"),
            Class(value=1000, title=Text("无诉求", "No appeals"), color="line"),
        ),
    ),
    order=25,
)
