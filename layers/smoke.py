"""Cooking smoke: a density surface of smoke appeals that refines to the single appeals."""

from geodata.tickets.pages import every_smoke
from geodata.tickets.places import smoke_counts, smoke_points
from layers._layer import EVERY_PAGE, Categorized, Heat, Layer, Period, Text, Tiles
from layers._tickets import FIELDS, SOURCE, STATUSES

LAYER = Layer(
    id="smoke",
    title=Text("烧烤油烟", "Cooking smoke"),
    group=Text("诉求", "Appeals"),
    description=Text(
        "油烟诉求的核密度;放大后为单件诉求。随时段与小时变化。",
        "Kernel density of smoke appeals, single appeals when close. Follows period and hours.",
    ),
    source=SOURCE,
    geometry="Point",
    query=every_smoke,
    fields=FIELDS,
    symbology=Categorized(by="status", classes=STATUSES),
    heat=Heat(measure="smoke", radius_m=450, until_zoom=15),
    tiles=Tiles(split_zoom=15, counts=smoke_counts, points=smoke_points, dots=False),
    filtered_by="tickets",
    period=Period(name="created_at", title=Text("受理时间", "Accepted")),
    shown_on=EVERY_PAGE,
    order=40,
)
