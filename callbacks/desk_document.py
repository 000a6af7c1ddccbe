"""What the documents beside the pages share: the data page and the address desk.

They are plain documents: no panels, no callback and none of Dash's scripts. What happens on them
happens between the browser and their own routes.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from callbacks.layout import APPROVAL, DEMO, TO_CONFIRM, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callbacks.theme import Theme
    from geodata.place import Place
    from layers._layer import Text

HEAD = """<!DOCTYPE html>
<html lang="{tongue}" data-theme="{theme}">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{place} · {title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/vendor/{build}/maplibre-gl.css">
    <link rel="modulepreload" href="/vendor/{build}/maplibre-gl.mjs">
    <style>{faces}</style>
    {styles}
  </head>
"""

TOKEN = """      <form id="token" class="token" hidden>
        <label for="token-text">{token_why}</label>
        <input id="token-text" type="password" autocomplete="off" spellcheck="false"
               aria-label="{token}">
        <button type="submit">{token_use}</button>
        <span id="token-wrong" class="is-bad" role="alert"></span>
      </form>
"""

END = """      <div id="told" class="notices" role="status"></div>
    </div>
    <script type="application/json" id="told-to-script">{told}</script>
    {scripts}
  </body>
</html>"""


def filled(
    document: str,
    place: Place,
    build: str,
    lang: str,
    *,
    scripts: tuple[str, ...],
    styles: tuple[str, ...],
    told: dict[str, Any],
    **parts: str,
) -> str:
    """A document with its words in it; ``told`` is what the scripts know from the start."""
    return document.format(
        **parts,
        tongue="en" if lang == "en" else "zh-CN",
        place=escape(title_of(place, lang)),
        timezone=escape(place.timezone),
        build=build,
        marks=_marks(place, lang),
        told=json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"),
        styles=_each('<link rel="stylesheet" href="/assets/{}?v={}">', styles, build),
        scripts=_each('<script src="/assets/{}?v={}"></script>', scripts, build),
    )


def told_of(
    place: Place,
    build: str,
    lang: str,
    *,
    words: Mapping[str, Text],
    theme: Theme,
    colors: Iterable[str],
) -> dict[str, Any]:
    """What the scripts of every document know: its words, the map's library, ground and colours."""
    base = place.basemap
    return {
        "lang": lang,
        "words": {key: text(lang) for key, text in words.items()},
        "library": f"/vendor/{build}/maplibre-gl.mjs",
        "basemap": {"tiles": [base.tiles], "maxzoom": base.max_zoom} if base.tiles else None,
        "colors": {name: theme.color(name) for name in colors},
    }


def shape_of(place: Place, layer: str, version: str) -> str:
    """Where the shapes of a layer under a preview are, in the base map's coordinates."""
    base = place.basemap
    moved = f"&crs={base.crs}" if base.crs != "WGS84" else ""
    return f"/geo/{layer}.geojson?v={version}{moved}"


def _each(tag: str, names: tuple[str, ...], build: str) -> str:
    """A tag for each of some assets, under a name that changes with the code."""
    return "\n    ".join(tag.format(name, build) for name in names)


def _marks(place: Place, lang: str) -> str:
    """What must stand on every map: the demo mark, the approval number, the base map's source."""
    approval = APPROVAL(lang).format(place.map_approval_no or TO_CONFIRM(lang))
    marks = [
        f'<span class="demo-mark">{escape(DEMO(lang))}</span>' if place.is_demo else "",
        ""
        if place.map_approval_no == "n/a"
        else f'<span class="approval">{escape(approval)}</span>',
        f"<span>{escape(place.basemap.attribution)}</span>" if place.basemap.attribution else "",
    ]
    return "".join(marks)
