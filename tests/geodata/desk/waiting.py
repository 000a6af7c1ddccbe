"""A small town with homonyms and with names nobody has written down; what people say."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from geodata.desk.desk import Desk
from geodata.desk.settling import Settled, settle
from geodata.store.reader import Store
from tests import town

ADDRESSES: list[dict[str, Any]] = [
    # The same name in two streets: which of them is meant must be said.
    {
        **{"id": "H1", "town": "北街道", "community": "北关社区", "quarter": "凯瑞家园"},
        **{"level": "quarter", "lon": 118.003, "lat": 36.813, "grid": "111001"},
    },
    {
        **{"id": "H2", "town": "东街道", "community": "东关社区", "quarter": "凯瑞家园"},
        **{"level": "quarter", "lon": 118.027, "lat": 36.812, "grid": "121001"},
    },
    {
        **{"id": "H3", "town": "东街道", "community": "东关社区", "quarter": "凯瑞家园"},
        **{"building": "3号楼", "level": "building", "lon": 118.0272, "lat": 36.8121},
    },
    {
        **{"id": "Q1", "town": "北街道", "community": "南关社区", "quarter": "阳光新城"},
        **{"level": "quarter", "lon": 118.012, "lat": 36.804, "grid": "112001"},
    },
]
HOMONYM, UNKNOWN = "凯瑞家园", "老槐树小区"
TEXTS = [
    ("W1", "凯瑞家园楼下烧烤店油烟大,电话13812345678"),
    ("W2", "凯瑞家园3号楼半夜施工"),
    ("W3", "投诉凯瑞家园门口占道经营"),
    ("W4", "老槐树小区门口垃圾成堆"),
    ("W5", "老槐树小区没人管卫生"),
    ("W6", "太吵了没法睡觉"),
    ("W7", "阳光新城停水三天了"),
]


def build(folder: Path) -> Path:
    """Publish the town with what waits for a clerk; W7 has an address now that it is looked at."""
    tickets = [
        {
            **{"id": ident, "category": "噪声/施工", "state": "handling", "channel": "电话"},
            **{"created_at": town.moment(f"11-2{i % 3} 10:0{i}"), "text": text},
        }
        for i, (ident, text) in enumerate(TEXTS)
    ]
    town.build(folder)
    town.published(
        folder,
        addresses=town.rows("addresses", *ADDRESSES),
        tickets=town.rows("tickets", *tickets),
    )
    return folder


def decide(folder: Path, mention: str, address_id: str | None, by: str = "张三") -> Settled:
    """A decision worked out and carried out, as the desk's two processes do it."""
    desk = Desk(Store(folder).reader)
    desk.surveyed(Store(folder).reader())
    return settle(folder, desk.order(mention, address_id, by))


def copied(folder: Path, to: Path) -> Path:
    """A folder of its own for a test that decides."""
    return Path(shutil.copytree(folder, to / "data"))
