"""The address desk ``/plan/addresses``: names that wait for a clerk, and how well all is covered.

A plain document like the data page: what happens on it happens between the browser
(``assets/address_*.js``) and ``api/address_desk.py``.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from callbacks.address_words import LEVELS, REASONS, WORDS
from callbacks.desk_document import END, HEAD, TOKEN, filled, shape_of, told_of
from callbacks.layout import LEAVE
from callbacks.pages import ADDRESSES, ADDRESSES_TITLE, DATA, DATA_TITLE, PAGES
from callbacks.theme import FONT, FONTS, THEMES

if TYPE_CHECKING:
    from geodata.place import Place

SCRIPTS = (
    *("desk_ask.js", "address_ask.js", "address_map.js", "address_group.js"),
    *("address_tables.js", "address_page.js"),
)
STYLES = ("onemap.css", "address_page.css")
UNDER = {"outline": "", "areas": "", "roads": "", "names": "areas"}
COLORS = ("ground", "land", "border", "road", "road-name", "accent", "halo", "outline", "muted")

_DOCUMENT = (
    HEAD
    + """  <body data-build="{build}">
    <div id="body" class="page page--addresses" lang="{tongue}" data-theme="{theme}"
         data-page="addresses" data-timezone="{timezone}">
      <header class="desk-head">
        <div class="brand"><h1>{place}</h1><div class="crumbs">{title}</div></div>
        <div class="tabs" role="tablist">
          <button id="tab-queue" role="tab" aria-controls="queue">{tab_queue}</button>
          <button id="tab-coverage" role="tab" aria-controls="coverage">{tab_coverage}</button>
          <button id="tab-decided" role="tab" aria-controls="decided">{tab_decided}</button>
        </div>
        <nav class="pages">{pages}</nav>
      </header>
"""
    + TOKEN
    + """      <main id="queue" class="address-main" role="tabpanel" aria-labelledby="tab-queue">
        <section class="waiting">
          <div id="preparing" class="preparing"><p id="preparing-told">{preparing}</p>
            <progress id="preparing-part"></progress></div>
          <div id="ready" class="ready" hidden><p id="ready-told"></p>
            <button id="place" type="button">{place_all}</button></div>
          <ol id="names" class="names"></ol>
          <button id="more" type="button" class="link" hidden></button>
          <p id="queue-told" class="queue-told figures"></p>
        </section>
        <div class="middle">
          <div id="verdict" class="verdict" role="status" hidden><span id="verdict-told"></span>
            <button id="verdict-undo" type="button">{undo}</button></div>
          <div class="map-frame">
            <div id="map" class="map" data-ready="false" role="region" aria-label="{map}"></div>
            <div class="map-legend" id="map-legend" hidden>
              <span id="legend-points"><span class="dot"></span>{legend_points}</span>
              <span id="legend-pins"><span class="pin">1</span>{legend_candidates}</span>
            </div>
            <div class="map-marks">{marks}</div>
          </div>
        </div>
        <aside id="group" class="group" hidden>
          <h2 id="mention" class="mention"></h2>
          <p class="unlocks"><b id="unlocks" class="figures"></b> {unlocks}</p>
          <p id="why" class="why"></p>
          <h3>{means}</h3>
          <ol id="candidates" class="candidates"></ol>
          <div class="other">
            <input id="other" type="search" autocomplete="off" spellcheck="false"
                   aria-label="{other}" placeholder="{other_hint}">
            <ul id="found" class="found" hidden></ul>
          </div>
          <button id="no-place" type="button">{no_place}</button>
          <h3>{examples}</h3>
          <ul id="examples" class="examples"></ul>
        </aside>
      </main>
      <main id="coverage" class="tables" role="tabpanel" aria-labelledby="tab-coverage" hidden>
        <p id="counting" class="nothing">{counting}</p>
        <div id="figures" class="shares"></div>
        <p class="on-map"><a href="{on_map_link}">{on_map}</a></p>
        <div class="columns">
          <section class="panel"><h2>{by_community}</h2><table id="by-community"></table></section>
          <div>
            <section class="panel"><h2>{by_channel}</h2><table id="by-channel"></table></section>
            <section class="panel"><h2>{by_level}</h2><table id="by-level"></table></section>
            <section class="panel"><h2>{empty}</h2><ul id="without" class="plain"></ul></section>
            <section class="panel"><h2>{duplicates}</h2><ul id="twice" class="plain"></ul></section>
          </div>
        </div>
      </main>
      <main id="decided" class="tables" role="tabpanel" aria-labelledby="tab-decided" hidden>
        <ol id="decisions" class="decisions"></ol>
      </main>
"""
    + END
)


def document(place: Place, version: str, build: str, faces: str, shown: tuple[str, str]) -> str:
    """The whole document for a place; ``shown`` is the language and the theme.

    ``version`` names the shapes under the candidates, ``faces`` are the themes and type as CSS.
    """
    lang, theme = shown
    return filled(
        _DOCUMENT,
        place,
        build,
        lang,
        scripts=SCRIPTS,
        styles=STYLES,
        told=_told(place, version, build, shown),
        theme=theme,
        title=escape(ADDRESSES_TITLE(lang)),
        faces=faces,
        pages=_pages(lang, theme),
        on_map_link="/plan?layers=address_quality,areas,roads"
        + ("&lang=en" if lang == "en" else ""),
        **{key: escape(text(lang)) for key, text in WORDS.items()},
    )


def _pages(lang: str, theme: str) -> str:
    """The way to the other pages, and this one by day and in the other language."""
    tail = "?lang=en" if lang == "en" else ""
    links = [f'<a href="{p.path}{tail}">{escape(p.title(lang))}</a>' for p in PAGES.values()]
    links.append(f'<a href="{DATA}{tail}">{escape(DATA_TITLE(lang))}</a>')
    here = escape(ADDRESSES_TITLE(lang))
    links.append(f'<a href="{_way(lang, theme)}" aria-current="page">{here}</a>')
    other = "light" if theme == "dark" else "dark"
    links.append(f'<a id="theme" href="{_way(lang, other)}">{escape(WORDS[other](lang))}</a>')
    leave = _way("zh" if lang == "en" else "en", theme)
    return "".join([*links, f'<a id="lang" href="{leave}" class="lang">{LEAVE(lang)}</a>'])


def _way(lang: str, theme: str) -> str:
    asked = [*(["lang=en"] if lang == "en" else []), *(["theme=light"] if theme == "light" else [])]
    return ADDRESSES + ("?" + "&amp;".join(asked) if asked else "")


def _told(place: Place, version: str, build: str, shown: tuple[str, str]) -> dict[str, Any]:
    """What the scripts know from the start."""
    lang, theme = shown
    labels = {"names": "&with=labels"}
    return {
        **told_of(place, build, lang, words=WORDS, theme=THEMES[theme], colors=COLORS),
        "levels": {key: text(lang) for key, text in LEVELS.items()},
        "reasons": dict(REASONS) if lang == "en" else {},
        "crs": place.basemap.crs,
        "font": FONT,
        "fonts": FONTS,
        "under": {
            name: shape_of(place, layer or name, version) + labels.get(name, "")
            for name, layer in UNDER.items()
        },
    }
