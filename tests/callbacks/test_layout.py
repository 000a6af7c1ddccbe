from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from api.settings import Settings
from callbacks.layout import body, shell, title_of
from callbacks.pages import ADDRESSES, DATA, PAGES, TITLES
from callbacks.panels import PANELS
from geodata.place import Basemap, write_place
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import CJK, having, links, nodes, props, sent, strings, text, texts

pages = pytest.mark.parametrize("path", PAGES)


def page(place, path: str = "/", lang: str = "zh"):
    answers = place.answers
    return sent(body(PAGES[path], answers.reader(), answers.catalog(), Settings(), lang))


def slots(node) -> list[str]:
    idents = [props(n).get("id") for n in nodes(node)]
    return [i["name"] for i in idents if isinstance(i, dict) and i.get("type") == "panel"]


@pages
def test_every_panel_of_a_page_has_its_place_once(here, path):
    found = slots(page(here, path))
    assert len(found) == len(set(found))
    assert set(PAGES[path].panels) - {"controls"} <= set(found) <= set(PANELS)
    assert {"legend", "crumbs", "asof", "notices"} <= set(found)


@pages
def test_ids_are_unique(here, path):
    idents = [str(props(n)["id"]) for n in nodes(page(here, path)) if "id" in props(n)]
    idents += [str(props(n)["id"]) for n in nodes(sent(shell())) if "id" in props(n)]
    assert len(idents) == len(set(idents))


@pages
def test_a_page_is_wholly_in_english_when_asked(here, foreign, path):
    told = set(strings(page(foreign, path, "en")))
    way_back = set() if path == "/wall" else {"中文"}
    assert {word for word in told if CJK.search(word)} == way_back
    (whole,) = having(page(foreign, path, "en"), id="body")
    assert props(whole)["lang"] == "en"
    assert props(having(page(here, path), id="body")[0])["lang"] == "zh-CN"


@pages
def test_every_heading_is_there_in_both_languages(here, path):
    heads = {
        lang: [text(n) for n in nodes(page(here, path, lang)) if n["type"] == "H2"]
        for lang in ("zh", "en")
    }
    told = [name for name in PAGES[path].panels if name in TITLES and TITLES[name].zh]
    for lang, found in heads.items():
        assert {TITLES[name](lang) for name in told} <= set(found)


@pages
def test_an_invented_place_says_so_on_its_map(here, path):
    for lang, word in (("zh", "演示数据"), ("en", "Demonstration data")):
        marks = having(page(here, path, lang), class_="demo-mark")
        assert [text(mark) for mark in marks] == [word]


@pytest.fixture
def real(town_folder, tmp_path):
    """The town as a real place, with whatever else its ``place.toml`` says."""

    def placed(**more):
        folder = shutil.copytree(town_folder, tmp_path / "real", dirs_exist_ok=True)
        write_place(folder, replace(town.PLACE, is_demo=False, **more))
        return screens(folder)

    return placed


def test_a_real_place_has_no_such_mark(real):
    assert having(page(real()), class_="demo-mark") == []


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("鲁S(2023)1号", "审图号:鲁S(2023)1号", "Map approval no.: 鲁S(2023)1号"),
        ("", "审图号:待确认", "Map approval no.: to be confirmed"),
        ("n/a", None, None),
    ],
)
def test_the_approval_number_stands_on_the_map(real, number, zh, en):
    place = real(map_approval_no=number)
    for lang, told in (("zh", zh), ("en", en)):
        marks = [text(n) for n in having(page(place, "/", lang), class_="approval")]
        assert marks == ([told] if told else [])


def test_a_base_map_comes_with_its_source(real):
    tiles = Basemap(tiles="https://map.example/{z}/{x}/{y}.png", attribution="天地图", max_zoom=17)
    found = page(real(basemap=tiles))
    (drawn,) = having(found, id="map")
    assert props(drawn)["basemap"] == {"tiles": [tiles.tiles], "maxzoom": 17}
    assert "天地图" in texts(having(found, class_="map-marks"))
    assert "basemap" not in props(having(page(real()), id="map")[0])


@pytest.mark.parametrize("path", ["/", "/plan"])
def test_a_desk_leads_to_the_other_pages_and_to_the_other_language(here, path):
    for lang, tail in (("zh", ""), ("en", "?lang=en")):
        (nav,) = having(page(here, path, lang), class_="pages")
        other = path + ("" if lang == "en" else "?lang=en")
        more = [DATA + tail, ADDRESSES + tail] if path == "/plan" else []
        assert links(nav) == [*(p + tail for p in PAGES), *more, other]
        current = [props(n)["href"] for n in nodes(nav) if props(n).get("aria-current")]
        assert current == [path + tail]


def test_the_wall_has_nothing_to_type_and_goes_round(here):
    wall = page(here, "/wall")
    assert having(wall, id="search") == []
    assert "scenes" in slots(wall)
    assert len(having(wall, id="clock")) == 1
    assert len(having(page(here, "/"), id="search")) == 1


def test_a_page_knows_its_clock_and_theme(here):
    for path, declared in PAGES.items():
        (whole,) = having(page(here, path), id="body")
        told = props(whole)
        assert told["data-timezone"] == town.PLACE.timezone
        assert (told["data-page"], told["data-theme"]) == (declared.id, declared.theme.id)


def test_a_place_is_called_by_its_title_in_the_language_where_it_has_one():
    assert title_of(town.PLACE, "en") == "Small Town"
    assert title_of(replace(town.PLACE, title_en=""), "en") == "小城一张图"


def test_the_shell_holds_no_data():
    assert texts(sent(shell())) == []
