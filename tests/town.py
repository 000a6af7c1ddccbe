"""A town you can hold in your head: two streets, three communities, five grids.

::

    36.82 ┌────────┬────────┬────────┐
          │ N1     │ N2     │ E1     │     North Street (11): communities 111 (N1, N2) and 112 (S1)
    36.81 ├────────┴────────┤        │     East Street  (12): community 121 (E1, E2)
          │ S1              ├────────┤
    36.80 └─────────────────┤ E2     │
       118.00      .01     .02      .03
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import shapely

from geodata.place import Level, Place, write_place
from geodata.store.generation import Draft, writing
from geodata.store.reader import Reader, Store
from geodata.store.schema import TABLES

PLACE = Place(
    title="小城一张图",
    title_en="Small Town",
    name="小城",
    timezone="Asia/Shanghai",
    root="1",
    is_demo=True,
    map_approval_no="示意图",
    levels=(
        Level(name="区", name_en="District"),
        Level(name="街道", name_en="Street"),
        Level(name="社区", name_en="Community"),
        Level(name="网格", name_en="Grid", grid=True),
    ),
)

YEAR = 2020  # well in the past of any clock; its weekdays after February are those of 2026

W, X, Y, Z = 118.00, 118.01, 118.02, 118.03
S, M, N = 36.80, 36.81, 36.82
BOXES = {
    "111001": ("北一网格", 3, "111", 1000, (W, M, X, N)),
    "111002": ("北二网格", 3, "111", 2000, (X, M, Y, N)),
    "112001": ("南一网格", 3, "112", 500, (W, S, Y, M)),
    "121001": ("东一网格", 3, "121", 4000, (Y, 36.805, Z, N)),
    "121002": ("东二网格", 3, "121", None, (Y, S, Z, 36.805)),
    "111": ("北关社区", 2, "11", None, (W, M, Y, N)),
    "112": ("南关社区", 2, "11", None, (W, S, Y, M)),
    "121": ("东关社区", 2, "12", None, (Y, S, Z, N)),
    "11": ("北街道", 1, "1", None, (W, S, Y, N)),
    "12": ("东街道", 1, "1", None, (Y, S, Z, N)),
    "1": ("小城", 0, None, None, (W, S, Z, N)),
}


def rows(table: str, *values: dict) -> pa.Table:
    """Canonical rows; what a row leaves out is null, and ``is_demo`` is true."""
    schema = TABLES[table]
    default = {"is_demo": True, "approximate": False, "smoke": False, "state": "closed"}
    return pa.Table.from_pylist(
        [{f.name: v.get(f.name, default.get(f.name)) for f in schema} for v in values], schema
    )


def published(folder: Path, place: Place = PLACE, **tables: pa.Table | list[dict]) -> Reader:
    """Publish tables (or plain rows of them) into a folder, over the town's areas at first."""
    if not (folder / "place.toml").is_file():
        write_place(folder, place)
        tables = {"areas": areas(), **tables}
    with writing(folder), Draft(folder, place) as draft:
        for name, given in tables.items():
            draft.add(name, given if isinstance(given, pa.Table) else rows(name, *given))
        draft.publish()
    return Store(folder).reader()


def areas() -> pa.Table:
    return rows(
        "areas",
        *[
            {
                "code": code,
                "name": name,
                "level": level,
                "parent": parent,
                "population": population,
                "geometry": shapely.to_wkb(shapely.box(*box)),
            }
            for code, (name, level, parent, population, box) in BOXES.items()
        ],
    )


def addresses() -> pa.Table:
    garden = {"town": "北街道", "community": "北关社区", "quarter": "世纪花园"}
    here = {"grid": "111001", "lon": 118.005, "lat": 36.815}
    return rows(
        "addresses",
        {"id": "A1", **garden, **here, "level": "quarter", "aliases": "世纪|世纪小区"},
        {"id": "A2", **garden, **here, "building": "3号楼", "level": "building"},
        {"id": "A3", **garden, **here, "building": "3号楼", "unit": "2单元", "level": "unit"},
        {
            **{"id": "A4", **garden, **here, "building": "3号楼", "unit": "2单元"},
            **{"floor": "5层", "room": "501室", "level": "room"},
        },
        {
            **{"id": "A5", "town": "东街道", "road": "柳泉路", "road_no": "88号"},
            **{"grid": "121001", "level": "road_no", "lon": 118.025, "lat": 36.81},
        },
    )


def moment(text: str) -> dt.datetime:
    """A local moment of the town, such as ``11-20 18:30`` of the year 2020 (a Friday)."""
    local = dt.datetime.fromisoformat(f"{YEAR}-{text}").replace(tzinfo=PLACE.zone)
    return local.astimezone(dt.UTC)


NOW = moment("11-23 08:00")  # the morning after the last day


def tickets() -> pa.Table:
    """Twelve appeals; data until midnight after 2020-11-22, so 30 days begin on 2020-10-24."""
    smoke = {"category": "市容环境/餐饮油烟/烧烤油烟", "smoke": True, "department": "执法局"}
    noise = {"category": "社会秩序/噪声扰民/广场舞", "department": "公安分局"}
    open_ = {"state": "handling"}

    def at(text: str, closed: str | None = None, due: str = "12-31 18:00") -> dict:
        times = {"created_at": moment(text), "due_at": moment(due)}
        return times | ({"closed_at": moment(closed)} if closed else {})

    n1 = {"lon": 118.002, "lat": 36.812, "channel": "电话"}
    n2 = {"lon": 118.015, "lat": 36.818, "channel": "微信"}
    e1 = {"lon": 118.025, "lat": 36.812, "channel": "电话"}
    home = {"address_id": "A4", "address": "世纪花园3号楼2单元501", "channel": "电话"}
    return rows(
        "tickets",
        {"id": "T01", **smoke, **n1, **at("11-20 18:30", "11-21 09:00"), "text": "烧烤店油烟大"},
        {"id": "T02", **smoke, **n1, **at("11-21 19:10"), **open_, "text": "13800001234 油烟"},
        {"id": "T03", **smoke, **n2, **at("11-22 23:59", due="11-22 23:59"), **open_},
        {"id": "T04", **noise, **n2, **at("11-22 00:00"), **open_, "text": "广场舞太吵"},
        {"id": "T05", **noise, **home, **at("11-01 08:00", "11-02 08:00")},
        {"id": "T06", **noise, **home, **at("10-24 00:00", due="10-30 18:00"), **open_},
        {"id": "T07", **noise, **e1, **at("11-10 12:00", "11-10 18:00")},
        {"id": "T08", **noise, **at("11-11 12:00"), **open_, "channel": "微信", "address": "那边"},
        {"id": "T09", **noise, "area": "112", **at("11-12 12:00", "11-13 12:00")},
        {"id": "T10", **smoke, **n1, **at("10-23 23:59", "10-24 10:00")},
        {"id": "T11", **noise, **e1, **at("10-01 10:00", "10-02 10:00")},
        {"id": "T12", **noise, **e1, **at("09-23 10:00", "09-24 10:00")},
    )


def markets() -> pa.Table:
    site = shapely.to_wkb(shapely.box(118.004, 36.811, 118.006, 36.8112))
    return rows(
        "markets",
        {
            **{"id": "M1", "name": "北关夜市", "kind": "夜市", "windows": "Mo-Su 17:00-21:30"},
            **{"stalls": 40, "lon": 118.005, "lat": 36.8111, "geometry": site},
        },
        {
            **{"id": "M2", "name": "东关早市", "kind": "早市", "windows": "Mo-Fr 05:30-08:00"},
            **{"stalls": 20, "lon": 118.025, "lat": 36.803},
        },
    )


def build(folder: Path) -> Path:
    """Write the town into a data folder and publish it."""
    write_place(folder, PLACE)
    line = shapely.to_wkb(shapely.LineString([(W, 36.8155), (Z, 36.8155)]))
    people = [
        {"area": "111001", "role": role, "name": "王小明", "phone_masked": "138****0001"}
        for role in range(1, 9)
    ]
    with writing(folder), Draft(folder, PLACE) as draft:
        draft.add("areas", areas())
        draft.add("addresses", addresses())
        draft.add(
            "roads",
            rows("roads", {"id": "R1", "name": "柳泉路", "grade": "主干道", "geometry": line}),
        )
        draft.add(
            "places",
            rows(
                "places",
                {"id": "P1", "name": "人民公园", "kind": "公园", "lon": 118.01, "lat": 36.805},
            ),
        )
        draft.add("people", rows("people", *people))
        draft.add("markets", markets())
        draft.add("words", rows("words", {"subject": "channel", "value": "电话", "en": "Phone"}))
        draft.add("tickets", tickets())
        draft.publish()
    return folder
