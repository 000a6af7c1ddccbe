"""The bodies of the pages: where each panel stands. What they hold comes from the refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from callbacks import controls, search, table, time_strip
from callbacks.pages import (
    ADDRESSES,
    ADDRESSES_TITLE,
    DATA,
    DATA_TITLE,
    GO,
    MAP,
    PAGE,
    PAGES,
    PLAN,
    PULSE,
    TITLES,
    URL,
    panel_id,
)
from components import OneMap
from layers._layer import Text

if TYPE_CHECKING:
    from api.settings import Settings
    from callbacks.pages import Page
    from geodata.place import Place
    from geodata.store.reader import Reader
    from layers._view import Catalog

DEMO = Text("演示数据", "Demonstration data")
APPROVAL = Text("审图号:{}", "Map approval no.: {}")
TO_CONFIRM = Text("待确认", "to be confirmed")
LEAVE = Text("English", "中文")
UNBROKEN = Text("连接中断", "Connection lost")


def shell() -> Any:
    """What every page is put into; holds no data."""
    return html.Div(
        [
            dcc.Location(id=URL, refresh=False),
            dcc.Store(id=PULSE),
            dcc.Store(id=GO),
            html.Div(id=PAGE, className="page-frame"),
        ]
    )


def body(page: Page, reader: Reader, catalog: Catalog, settings: Settings, lang: str) -> Any:
    """One page for one place, in a language."""
    frame = _wall if page.rotates else _desk
    whole = html.Div(
        [
            html.Div(id="watchdog", role="alert", hidden=True),
            *frame(page, reader, catalog, settings, lang),
            html.Div(panel("notices"), className="notices"),
        ],
        id="body",
        className=f"page page--{page.id}",
        lang="en" if lang == "en" else "zh-CN",
        **{
            "data-theme": page.theme.id,
            "data-page": page.id,
            "data-timezone": reader.place.timezone,
        },
    )
    dates = {"locale": lang, "firstDayOfWeek": 1, "weekendDays": [6, 0]}
    return dmc.MantineProvider(
        dmc.DatesProvider(whole, settings=dates),
        forceColorScheme=page.theme.id,
        theme=page.theme.widgets(),
    )


def title_of(place: Place, lang: str) -> str:
    """The product's name over this place."""
    return (place.title_en if lang == "en" else "") or place.title


def panel(name: str) -> Any:
    """The bare place of a panel."""
    return html.Div(id=panel_id(name), className=f"slot slot--{name}")


def section(name: str, lang: str) -> Any:
    """A panel with its heading."""
    heading = TITLES[name](lang) if name in TITLES else ""
    head = [html.H2(heading)] if heading else []
    return html.Section([*head, panel(name)], className=f"panel panel--{name}")


def _wall(page: Page, reader: Reader, _: Catalog, settings: Settings, lang: str) -> list[Any]:
    place = reader.place
    left, right = page.columns
    return [
        html.Header(
            [
                html.Div(html.Time(id="clock"), className="wall-clock"),
                html.H1(title_of(place, lang)),
                html.Div(panel("asof"), className="wall-asof"),
            ],
            className="wall-head",
        ),
        html.Main(
            [
                html.Div([section(name, lang) for name in left], className="column column--left"),
                _map(reader, settings, lang),
                html.Div([section(name, lang) for name in right], className="column column--right"),
            ],
            className="wall-main",
        ),
        html.Footer(
            [panel("scenes"), panel("crumbs")],
            className="wall-foot",
        ),
    ]


def _desk(page: Page, reader: Reader, catalog: Catalog, settings: Settings, lang: str) -> list[Any]:
    first, second = page.columns
    columns = {
        "leader": [
            html.Div([section(n, lang) for n in first], className="column column--numbers"),
            _map(reader, settings, lang),
            html.Aside([section(n, lang) for n in second], className="column column--side"),
        ],
        "plan": [
            html.Aside(controls.panel(reader, catalog, lang), className="column column--controls"),
            html.Div(
                [
                    _map(reader, settings, lang),
                    time_strip.panel(reader, lang),
                    table.panel(lang),
                ],
                className="column column--work",
            ),
            html.Aside([section(n, lang) for n in second], className="column column--side"),
        ],
    }[page.id]
    return [_header(page, reader.place, lang), html.Main(columns, className="desk-main")]


def _header(page: Page, place: Place, lang: str) -> Any:
    pages = [
        html.A(
            other.title(lang),
            href=other.path + ("?lang=en" if lang == "en" else ""),
            **({"aria-current": "page"} if other is page else {}),
        )
        for other in PAGES.values()
    ]
    if page is PLAN:
        tail = "?lang=en" if lang == "en" else ""
        pages.append(html.A(DATA_TITLE(lang), href=DATA + tail))
        pages.append(html.A(ADDRESSES_TITLE(lang), href=ADDRESSES + tail))
    other_lang = page.path + ("" if lang == "en" else "?lang=en")
    return html.Header(
        [
            html.Div([html.H1(title_of(place, lang)), panel("crumbs")], className="brand"),
            search.box(lang),
            html.Div([panel("periods"), panel("asof")], className="when"),
            html.Nav(
                [*pages, html.A(LEAVE(lang), href=other_lang, className="lang")], className="pages"
            ),
        ],
        className="desk-head",
    )


def _map(reader: Reader, settings: Settings, lang: str) -> Any:
    """The map with everything that must stand on it: legend, approval number, source, demo mark."""
    place = reader.place
    approval = APPROVAL(lang).format(place.map_approval_no or TO_CONFIRM(lang))
    marks = [
        html.Span(DEMO(lang), className="demo-mark") if place.is_demo else None,
        None if place.map_approval_no == "n/a" else html.Span(approval, className="approval"),
        html.Span(place.basemap.attribution) if place.basemap.attribution else None,
    ]
    basemap = (
        {"tiles": [place.basemap.tiles], "maxzoom": place.basemap.max_zoom}
        if place.basemap.tiles
        else None
    )
    return html.Div(
        [
            OneMap(
                id=MAP,
                library=f"/vendor/{settings.build}/maplibre-gl.mjs",
                basemap=basemap,
                className="map",
            ),
            html.Div(panel("legend"), className="map-legend"),
            html.Div(marks, className="map-marks"),
        ],
        className="map-frame",
    )
