"""The HTML document around the app: its styles, and only the scripts a page needs."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from flask import request

from callbacks import address_page, data_page
from callbacks.layout import title_of
from callbacks.pages import ADDRESSES, DATA, PAGES
from callbacks.theme import stylesheet

if TYPE_CHECKING:
    from dash import Dash

    from api.settings import Settings
    from layers._answers import Answers

_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\s*')
# Scripts of packages that one page needs and the others do not, or that no page of Dash needs.
_TABLE_ONLY = "dash_ag_grid"
_NOBODY = ("dash_table", "mathjax", "/assets/data_", "/assets/address_", "/assets/desk_")

_INDEX = """<!DOCTYPE html>
<html lang="{lang}" data-theme="{theme}">
  <head>
    {metas}
    <title>{title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/vendor/{build}/maplibre-gl.css">
    <link rel="modulepreload" href="/vendor/{build}/maplibre-gl.mjs">
    <link rel="preload" as="font" type="font/woff2" crossorigin
          href="/vendor/{build}/figures-500.woff2">
    <style>{styles}</style>
    {css}
  </head>
  <body data-build="{build}">
    {app_entry}
    <footer>
      {config}
      <script src="/vendor/{build}/plotly.min.js"></script>
      {scripts}
      {renderer}
    </footer>
  </body>
</html>"""


def dress(app: Dash, answers: Answers, settings: Settings) -> None:
    """Give every page its own document."""

    def interpolate(**parts: Any) -> str:
        page = PAGES.get(request.path, PAGES["/"])
        lang = "en" if request.args.get("lang") == "en" else "zh"
        title = f"{title_of(answers.reader().place, lang)} · {page.title(lang)}"
        return _INDEX.format(
            **{
                **parts,
                "title": escape(title),
                "scripts": needed(parts["scripts"], table=page.has_table),
                "lang": "en" if lang == "en" else "zh-CN",
                "theme": page.theme.id,
                "build": settings.build,
                "styles": _styles(settings.build),
            }
        )

    app.interpolate_index = interpolate

    @app.server.get(DATA)
    def data_page_() -> str:
        reader = answers.reader()
        version = f"{reader.generation.version}-{settings.build}"
        lang = "en" if request.args.get("lang") == "en" else "zh"
        return data_page.document(
            reader.place, version, settings.build, _styles(settings.build), lang
        )

    @app.server.get(ADDRESSES)
    def address_page_() -> str:
        reader = answers.reader()
        version = f"{reader.generation.version}-{settings.build}"
        lang = "en" if request.args.get("lang") == "en" else "zh"
        theme = "light" if request.args.get("theme") == "light" else "dark"
        return address_page.document(
            reader.place, version, settings.build, _styles(settings.build), (lang, theme)
        )


def needed(scripts: str, *, table: bool) -> str:
    """The script tags without those a page has no use for."""

    def kept(match: re.Match[str]) -> str:
        source = match[1]
        if any(name in source for name in _NOBODY) or (_TABLE_ONLY in source and not table):
            return ""
        return match[0]

    return _SCRIPT.sub(kept, scripts)


@cache
def _styles(build: str) -> str:
    face = (
        "@font-face { font-family: Figures; font-weight: 500; font-display: block; "
        f'src: url("/vendor/{build}/figures-500.woff2") format("woff2"); '
        "unicode-range: U+0020-007E, U+00B7, U+2013-2014, U+2212; }"
    )
    return face + stylesheet().replace("\n", " ")
