"""A page is a declaration: path, theme, panels. Component ids live here and only here."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from dash import ALL

from callbacks.theme import DARK, LIGHT
from layers._layer import Page as PageId
from layers._layer import Text

if TYPE_CHECKING:
    from callbacks.theme import Theme

URL, PAGE, PULSE, MAP, GO = "url", "page", "pulse", "map", "go"
SEARCH, TABLE = "search", "table"
PANELS = {"type": "panel", "name": ALL}
CONTROLS = {"type": "control", "key": ALL}


def panel_id(name: str) -> dict[str, str]:
    """Id of a panel that the refresh fills."""
    return {"type": "panel", "name": name}


def control_id(key: str) -> dict[str, str]:
    """Id of a widget that stands for a part of the address."""
    return {"type": "control", "key": key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One audience's page.

    ``columns`` lists the panels of each column; ``list_length`` is how many tickets a list shows.
    """

    id: PageId
    path: str
    title: Text
    theme: Theme
    columns: tuple[tuple[str, ...], ...]
    list_length: int
    has_table: bool = False
    rotates: bool = False

    @property
    def panels(self) -> tuple[str, ...]:
        """Every panel of the page."""
        return tuple(name for column in self.columns for name in column)


TITLES = MappingProxyType(
    {
        "trend": Text("近况", "Trend"),
        "pattern": Text("何时", "When: weekday and hour"),
        "ranking": Text("哪里", "Where"),
        "categories": Text("什么事", "What"),
        "list": Text("最新诉求", "Newest appeals"),
        "red": Text("超期清单", "Overdue: what is red, and who answers"),
        "markets": Text("市场", "Markets"),
        "detail": Text("", ""),
    }
)


WALL = Page(
    id="wall",
    path="/wall",
    title=Text("综合指挥大屏", "Command wall"),
    theme=DARK,
    columns=(
        ("indicators", "markets", "trend", "pattern", "categories"),
        ("ranking", "list"),
    ),
    list_length=8,
    rotates=True,
)
LEADER = Page(
    id="leader",
    path="/",
    title=Text("智慧驾驶舱", "Cockpit"),
    theme=DARK,
    columns=(
        ("indicators",),
        ("detail", "red", "ranking", "trend", "categories", "pattern", "list"),
    ),
    list_length=8,
)
PLAN = Page(
    id="plan",
    path="/plan",
    title=Text("规划分析", "Planning desk"),
    theme=LIGHT,
    columns=(
        ("controls",),
        ("indicators", "detail", "trend", "pattern", "ranking", "categories", "list"),
    ),
    list_length=8,
    has_table=True,
)
PAGES = MappingProxyType({page.path: page for page in (WALL, LEADER, PLAN)})

# A document of its own, without panels and callbacks: see callbacks/data_page.py.
DATA, DATA_TITLE = "/plan/data", Text("数据", "Data")
# And another: see callbacks/address_page.py.
ADDRESSES, ADDRESSES_TITLE = "/plan/addresses", Text("地址", "Addresses")
