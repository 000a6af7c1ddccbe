from __future__ import annotations

from pathlib import Path

import pytest

from geodata.addresses.library import Library, load
from geodata.addresses.match import Matcher
from tests.town import published

# level, id, and what is said of it; towns and communities are those of the town.
ROWS = (
    {"id": "R1", "level": "road", "road": "柳泉路"},
    {"id": "R1-88", "level": "road_no", "road": "柳泉路", "road_no": "88号", "town": "北街道"},
    {"id": "R2", "level": "road", "road": "西二路"},
    {"id": "R3", "level": "road", "road": "和平路", "town": "北街道"},
    {"id": "R4", "level": "road", "road": "和平路", "town": "东街道"},
    {"id": "Q1", "level": "quarter", "quarter": "世纪花园", "road": "柳泉路", "road_no": "90号",
     "town": "北街道", "community": "北关社区", "aliases": "世纪小镇",
     "lon": 118.005, "lat": 36.815},
    {"id": "Q2", "level": "quarter", "quarter": "明珠苑东区", "town": "北街道"},
    {"id": "Q3", "level": "quarter", "quarter": "明珠苑西区", "town": "北街道"},
    {"id": "Q4", "level": "quarter", "quarter": "金晶花园", "town": "北街道",
     "lon": 118.002, "lat": 36.812},
    {"id": "Q5", "level": "quarter", "quarter": "金晶花园", "town": "东街道",
     "lon": 118.028, "lat": 36.802},
    {"id": "P1", "level": "poi", "poi": "八大局便民市场", "aliases": "八大局", "town": "北街道"},
    {"id": "P2", "level": "poi", "poi": "海岱楼(钟书阁)", "town": "北街道"},
    *[
        {"id": f"Q1-{b}", "level": "building", "quarter": "世纪花园", "building": f"{b}号楼",
         "town": "北街道", "community": "北关社区"}
        for b in range(1, 4)
    ],
    *[
        {"id": f"Q1-3-{u}", "level": "unit", "quarter": "世纪花园", "building": "3号楼",
         "unit": f"{u}单元", "town": "北街道", "community": "北关社区"}
        for u in (1, 2)
    ],
    {"id": "Q1-2-1", "level": "unit", "quarter": "世纪花园", "building": "2号楼",
     "unit": "1单元", "town": "北街道", "community": "北关社区"},
    # A room whose unit has no row of its own, and one whose unit has.
    {"id": "Q1-1-1-501", "level": "room", "quarter": "世纪花园", "building": "1号楼",
     "unit": "1单元", "room": "501室", "town": "北街道", "community": "北关社区"},
    {"id": "Q1-3-2-501", "level": "room", "quarter": "世纪花园", "building": "3号楼",
     "unit": "2单元", "room": "501室", "town": "北街道", "community": "北关社区"},
    # Out of use: one that was replaced by a row in use, and one that nothing has replaced.
    {"id": "Q9", "level": "quarter", "quarter": "世纪花园", "town": "东街道",
     "status": "historic"},
    {"id": "Q8", "level": "quarter", "quarter": "毛纺厂宿舍", "town": "东街道",
     "status": "historic"},
    {"id": "Q1-old-3", "level": "building", "quarter": "世纪花园", "building": "3号楼",
     "town": "北街道", "community": "北关社区", "status": "historic"},
    {"id": "Q1-2-1-301", "level": "room", "quarter": "世纪花园", "building": "2号楼",
     "unit": "1单元", "room": "301室", "town": "北街道", "community": "北关社区"},
)  # fmt: skip


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("addresses")
    given = [{"county": "张店区", "city": "淄博市", "province": "山东省", **row} for row in ROWS]
    return load(published(folder, addresses=given))


@pytest.fixture(scope="session")
def matcher(library: Library) -> Matcher:
    return Matcher(library, foreign=("临淄区", "桓台县", "济南市"))
