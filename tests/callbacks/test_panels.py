"""What holds for every panel of every page, whatever the address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages import PAGES
from callbacks.panels import PANELS
from layers._metrics import METRICS
from tests import town
from tests.callbacks.conftest import panels_of
from tests.callbacks.reading import CJK, having, links, nodes, props, sent, strings, text, texts

SITUATIONS = {
    "root": "",
    "street": "area=11",
    "community": "area=111",
    "grid": "area=111001",
    "address": "selected=addresses:A4",
    "appeal": "selected=tickets:T02",
    "market": "selected=markets:M1",
    "empty": "datetime=2020-01-01",
    "night": "hours=22/6",
    "compared": "compare=2020-09-01/2020-10-01",
    "lost": "selected=tickets:T99&datetime=yesterday",
    "everything": "datetime=../..&layers=grids,areas,smoke,markets,tickets,addresses",
}
situations = pytest.mark.parametrize("what", SITUATIONS.values(), ids=SITUATIONS)
pages = pytest.mark.parametrize("path", PAGES)


# ---- the walk ----


@pages
@situations
def test_every_page_answers_every_address_in_both_languages(here, path, what):
    for lang in ("zh", "en"):
        shown = here.whole(f"?{what}&lang={lang}", path)
        assert set(shown["panels"]) == set(panels_of(PAGES[path]))
        assert all(panel is not None for n, panel in shown["panels"].items() if n != "detail")
        assert shown["scene"]["lang"] == lang
        assert shown["scene"]["layers"]


@pages
@situations
def test_in_english_no_chinese_of_our_own_is_left(foreign, path, what):
    shown = foreign.whole(f"?{what}&lang=en", path)
    scene = {k: v for k, v in shown["scene"].items() if k != "layers"}  # compared with data there
    told = [*strings(scene), *strings(shown["panels"])]
    assert not [text_ for text_ in told if CJK.search(text_)]


@pages
@situations
def test_in_chinese_no_english_of_our_own_is_left(here, path, what):
    panels = here.whole(f"?{what}&lang=zh", path)["panels"]
    of_data = r"CSV|GEOJSON|[TARPM]\d+|selected=tickets:|datetime=yesterday"
    for name, panel in panels.items():
        for told in texts(panel):
            assert not re.search("[A-Za-z]{2}", re.sub(of_data, "", told)), (name, told)


# ---- links ----


@pages
@situations
def test_every_link_of_every_panel_is_an_address_that_reads_back(here, path, what):
    panels = here.whole(f"?{what}&lang=zh", path)["panels"]
    found = {name: set(links(panel)) for name, panel in panels.items() if name != "exports"}
    assert sum(map(len, found.values())) > 10
    for name, hrefs in found.items():
        for href in hrefs:
            assert href.startswith("?"), (name, href)
            here.reads(href)


@situations
def test_every_export_of_a_screen_is_served(here, client, what):
    for href in links(here.whole(f"?{what}&lang=zh", "/plan")["panels"]["exports"]):
        assert client.get(href).status_code == 200, href


DAYS = st.sampled_from(["2020-11-20", "2020-11-01/2020-11-23", "../..", "2020-11-22/.."])
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "area": st.sampled_from(["1", "11", "111", "111001", "12", "999"]),
        "datetime": DAYS,
        "compare": DAYS,
        "hours": st.sampled_from(["17/23", "22/6", "0/24"]),
        "at": st.sampled_from(["2020-11-20T18:00", "2020-11-20T18:00:00+00:00"]),
        "metric": st.sampled_from([metric.id for metric in METRICS]),
        "selected": st.sampled_from(["tickets:T05", "addresses:A4", "markets:M1", "roads:R9"]),
        "layers": st.sampled_from(["", "areas", "grids:20,tickets", "smoke,roads:50"]),
        "tickets.smoke": st.sampled_from(["yes", "no", ""]),
        "tickets.category": st.sampled_from(["市容环境", "社会秩序/噪声扰民"]),
        "markets.kind": st.sampled_from(["夜市", ""]),
        "lang": st.just("en"),
    },
)


@settings(max_examples=25)
@given(parts=PARTS, path=st.sampled_from(sorted(PAGES)))
def test_links_of_any_view_read_back_and_keep_its_language(here, parts, path):
    answer = here.answer("?" + "&".join(f"{key}={value}" for key, value in parts.items()), path)
    for name in ("indicators", "ranking", "categories", "list", "crumbs", "periods", "scenes"):
        for href in set(links(sent(PANELS[name](answer)))):
            assert here.reads(href).view.lang == answer.lang


# ---- who is named ----


@pages
@situations
def test_no_full_name_and_no_telephone_number_is_on_any_screen(here, path, what):
    for lang in ("zh", "en"):
        told = "\n".join(strings(here.whole(f"?{what}&lang={lang}", path)))
        assert "王小明" not in told
        assert "13800001234" not in told
        assert not re.search(r"1[3-9]\d{9}", told)


@situations
def test_the_wall_has_no_personal_data(here, what):
    panels = here.whole(f"?{what}&lang=zh", "/wall")["panels"]
    told = "|".join(text(panel) for panel in panels.values())
    for private in ("王", "138", "世纪花园", "柳泉路88号", "501"):
        assert private not in told


# ---- the small ones ----


def test_up_to_when_the_data_speaks_and_for_which_period(here):
    panel = here.panel("asof", "?datetime=2020-11-22&hours=17/23")
    assert texts(panel) == ["2020年11月22日 17:00–23:00", "数据截至 ", "2020年11月23日 00:00"]
    (until,) = having(panel, class_="asof-until")
    assert props(until)["data-until"] == town.moment("11-23 00:00").isoformat()
    assert props(until)["data-stale-hours"] == str(town.PLACE.stale_hours)
    assert props(until)["data-late"] == "数据延迟"
    english = here.panel("asof", "?lang=en")
    assert texts(english)[1:] == ["Data until ", "2020-11-23 00:00"]
    assert props(having(english, class_="asof-until")[0])["data-late"] == "Data is late"


def test_what_could_not_be_read_is_said_in_a_sentence_each(here):
    search = "?area=999&datetime=yesterday&selected=tickets:T99"
    panel = here.panel("notices", search)
    assert texts(panel) == [
        "链接中的 datetime=yesterday 未采用:时间写作 2026-11-01 或 2026-11-01T08:00。",
        "链接中的 area=999 未采用:没有编码为 999 的区域。",
        "链接中的 selected=tickets:T99 未采用:没有编号为 T99 的记录。",
    ]
    assert {props(node)["role"] for node in nodes(panel)} == {"status"}
    assert all(
        t.startswith("The link's ") for t in texts(here.panel("notices", f"{search}&lang=en"))
    )
    assert here.panel("notices") == []


def test_what_is_shown_can_be_taken_away(here, client):
    search = "?area=11&layers=roads,grids,tickets&tickets.smoke=yes&lang=en"
    panel = here.panel("exports", search)
    assert texts(panel) == ["Grids", "CSV", "GEOJSON", "Appeals", "CSV", "GEOJSON"]
    href = links(panel)[2]
    assert href.startswith("/export/tickets.csv?area=11&")
    told = client.get(href).get_data(as_text=True).splitlines()
    assert [line.split(",")[0] for line in told[1:]] == ["T01", "T02", "T03"]


@pages
def test_every_panel_of_a_page_is_drawn(path):
    assert set(PAGES[path].panels) - {"controls"} <= set(PANELS)


@pages
def test_charts_say_what_they_show_to_those_who_cannot_see_them(here, path):
    for name in ("trend", "pattern"):
        (box,) = having(here.panel(name, "", path), role="img")
        assert CJK.search(props(box)["aria-label"])
        assert not CJK.search(
            props(having(here.panel(name, "?lang=en", path), role="img")[0])["aria-label"]
        )
