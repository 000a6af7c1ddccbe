"""The data page ``/plan/data``: a file in, its mapping, a look at it, and into the store.

It is a plain document and not one of ``PAGES``: it shows no facts of an address, so it has no
panels, no callback and none of Dash's scripts. What happens on it happens between the browser
(``assets/data_*.js``) and ``api/uploads.py``.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from callbacks.data_words import KINDS, SYSTEMS, WORDS
from callbacks.desk_document import END, HEAD, TOKEN, filled, shape_of, told_of
from callbacks.layout import LEAVE
from callbacks.pages import ADDRESSES, ADDRESSES_TITLE, DATA, DATA_TITLE, PAGES
from callbacks.theme import LIGHT
from geodata.intake.files import FORMATS
from geodata.intake.uploads.folder import LARGEST

if TYPE_CHECKING:
    from geodata.place import Place

IMPORTED = ("tickets", "addresses", "areas", "markets", "merchants", "roads", "places", "layer")
SCRIPTS = (
    *("desk_ask.js", "data_ask.js", "data_map.js", "data_look.js", "data_batches.js"),
    "data_page.js",
)
UNDER = ("outline", "areas", "roads")  # layers of the place below the preview
COLORS = ("ground", "land", "border", "road", "accent", "halo", "outline")
STYLES = ("onemap.css", "data_page.css")

_DOCUMENT = (
    HEAD
    + """  <body data-build="{build}">
    <div id="body" class="page page--data" lang="{tongue}" data-theme="light" data-page="data"
         data-timezone="{timezone}">
      <header class="desk-head">
        <div class="brand"><h1>{place}</h1><div class="crumbs">{title}</div></div>
        <nav class="pages">{pages}</nav>
      </header>
"""
    + TOKEN
    + """      <main class="data-main">
        <div class="steps-column">
          {steps}
        </div>
        <div class="map-frame">
          <div id="map" class="map" data-ready="false" role="region" aria-label="{map}"></div>
          <div id="map-legend" class="map-legend" hidden></div>
          <div class="map-marks">{marks}</div>
        </div>
        <section id="ten" class="ten" hidden>
          <h2>{ten}</h2>
          <div class="ten-scroll" tabindex="0" aria-label="{ten}">
            <table id="ten-rows"></table></div>
        </section>
      </main>
"""
    + END
)

_STEPS = """
<section class="step" id="step-file" data-state="active">
  <h2><span>1</span>{file}</h2>
  <input id="file" type="file" accept="{accept}" hidden>
  <button id="drop" class="drop" type="button"><b>{drop}</b><small>{formats}</small></button>
  <div id="sent" class="sent" hidden>
    <div><b id="sent-name"></b> <small id="sent-size"></small></div>
    <button id="another" type="button" class="quiet">{another}</button>
  </div>
  <div id="sending" class="working" hidden>
    <progress id="sent-part" max="1" value="0"></progress>
    <span id="sent-bytes"></span><button id="break-off" type="button" class="quiet">{stop}</button>
  </div>
  <p id="file-fault" class="fault" role="alert" hidden></p>
</section>
<section class="step" id="step-mapping" data-state="idle">
  <h2><span>2</span>{mapping}</h2>
  <div class="inside">
    <div class="pair">
      <label>{kind}<select id="kind">{kinds}</select></label>
      <label>{crs}<select id="crs">{systems}</select></label>
    </div>
    <label id="epsg-row" hidden>{epsg}
      <input id="epsg" inputmode="numeric" placeholder="4527" autocomplete="off"></label>
    <div id="layer-row" class="pair" hidden>
      <label>{layer_title}<input id="layer-title" maxlength="120"></label>
      <label>{layer_id}<input id="layer-id" maxlength="60" spellcheck="false"></label>
    </div>
    <p id="read-by" class="told"></p>
    <ul id="doubts" class="doubts"></ul>
    <details id="toml-row"><summary>{edit}</summary>
      <textarea id="toml" rows="16" spellcheck="false" aria-label="{edit}"></textarea>
      <button id="again" type="button">{again}</button>
    </details>
  </div>
</section>
<section class="step" id="step-check" data-state="idle">
  <h2><span>3</span>{check}</h2>
  <div class="inside">
    <div id="looking" class="working" hidden>
      <progress></progress><span id="looking-for"></span>
      <button id="stop-look" type="button" class="quiet">{stop}</button>
    </div>
    <p id="look-fault" class="fault" role="alert" hidden></p>
    <button id="retry" type="button" hidden>{retry}</button>
    <div id="found" hidden>
      <p class="would"><b id="would" class="figures"></b> {would}</p>
      <p id="counts" class="told figures" aria-live="polite"></p>
      <ul id="warnings" class="warnings"></ul>
      <div id="question" class="question" hidden>
        <h3>{question}</h3><ul id="asked"></ul>
        <div class="answers"><button id="use" type="button" class="main"></button>
          <button id="anyway" type="button">{anyway}</button></div>
      </div>
      <ul id="few-rejects" class="few-rejects"></ul>
      <button id="look-rejects" type="button" class="link" hidden></button>
      <details id="notes-row" hidden>
        <summary id="notes-head"></summary><ul id="notes"></ul></details>
    </div>
  </div>
</section>
<section class="step" id="step-bring" data-state="idle">
  <h2><span>4</span>{bring}</h2>
  <div class="inside">
    <button id="bring" type="button" class="main"></button>
    <p id="first-decide" class="told" hidden>{first_decide}</p>
    <div id="bringing" class="working" hidden>
      <progress></progress><span id="bringing-for"></span>
      <button id="stop-bring" type="button" class="quiet">{stop}</button>
    </div>
    <p id="bring-fault" class="fault" role="alert" hidden></p>
    <div id="brought" class="brought" hidden>
      <p id="brought-told"></p>
      <p class="links"><a id="see" href="{plan}">{see}</a>
        <button id="bring-rejects" type="button" class="link"></button></p>
    </div>
  </div>
</section>
<section class="panel batches-panel">
  <h2>{batches}</h2>
  <ol id="batches" class="batches"></ol>
</section>"""


def document(place: Place, version: str, build: str, faces: str, lang: str) -> str:
    """The whole document for a place.

    ``version`` names the shapes under the preview, ``faces`` are the themes and type as CSS.
    """
    words = {key: escape(text(lang)) for key, text in WORDS.items()}
    tail = "?lang=en" if lang == "en" else ""
    steps = _STEPS.format(
        **words,
        accept=",".join(FORMATS),
        kinds=_options({name: KINDS[name](lang) for name in IMPORTED}),
        systems=_options({name: text(lang) for name, text in SYSTEMS.items()}),
        plan=f"/plan{tail}",
    )
    return filled(
        _DOCUMENT,
        place,
        build,
        lang,
        scripts=SCRIPTS,
        styles=STYLES,
        told=_told(place, version, build, lang),
        theme=LIGHT.id,
        title=escape(DATA_TITLE(lang)),
        faces=faces,
        steps=steps,
        pages=_pages(tail, lang),
        **words,
    )


def _options(told: dict[str, str]) -> str:
    return "".join(f'<option value="{key}">{escape(text)}</option>' for key, text in told.items())


def _pages(tail: str, lang: str) -> str:
    """The way to the other pages, and this one in the other language."""
    links = [f'<a href="{p.path}{tail}">{escape(p.title(lang))}</a>' for p in PAGES.values()]
    links.append(f'<a href="{DATA}{tail}" aria-current="page">{escape(DATA_TITLE(lang))}</a>')
    links.append(f'<a href="{ADDRESSES}{tail}">{escape(ADDRESSES_TITLE(lang))}</a>')
    other = DATA if lang == "en" else f"{DATA}?lang=en"
    return "".join([*links, f'<a id="lang" href="{other}" class="lang">{LEAVE(lang)}</a>'])


def _told(place: Place, version: str, build: str, lang: str) -> dict[str, Any]:
    """What the scripts know from the start."""
    return {
        **told_of(place, build, lang, words=WORDS, theme=LIGHT, colors=COLORS),
        "kinds": {key: text(lang) for key, text in KINDS.items()},
        "formats": FORMATS,
        "largest": LARGEST,
        "under": {name: shape_of(place, name, version) for name in UNDER},
    }
