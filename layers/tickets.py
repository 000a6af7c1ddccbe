"""The appeals themselves. Their filters govern every number and every layer made of appeals."""

from geodata.tickets.pages import every
from geodata.tickets.places import counts, points
from geodata.tickets.selection import values
from layers._layer import Categorized, Category, Heat, Layer, Period, Text, Tiles
from layers._tickets import FIELDS, SOURCE, STATUSES

LAYER = Layer(
    id="tickets",
    title=Text("诉求", "Appeals"),
    group=Text("诉求", "Appeals"),
    description=Text(
        "全部诉求的核密度;放大后为单件,可点开看全过程。",
        "Kernel density of all appeals; single ones when close, each with its story.",
    ),
    source=SOURCE,
    geometry="Point",
    query=every,
    fields=FIELDS,
    queryables=(
        Category(
            name="category",
            title=Text("类别", "Category"),
            values=values("category"),
            subject="category",
        ),
        Category(
            name="status",
            title=Text("办理", "Status"),
            values=("open", "overdue", "closed"),
        ),
        Category(
            name="channel",
            title=Text("渠道", "Channel"),
            values=values("channel"),
            subject="channel",
        ),
        Category(
            name="department",
            title=Text("责任单位", "Department"),
            values=values("department"),
            subject="department",
        ),
        Category(name="state", title=Text("环节", "Step"), values=values("state")),
        Category(name="smoke", title=Text("油烟", "Smoke"), values=("yes", "no")),
    ),
    symbology=Categorized(by="status", classes=STATUSES),
    heat=Heat(measure="total", radius_m=450, until_zoom=15, ramp="density"),
    tiles=Tiles(split_zoom=15, counts=counts, points=points, dots=False),
    period=Period(name="created_at", title=Text("受理时间", "Accepted")),
    order=60,
)
