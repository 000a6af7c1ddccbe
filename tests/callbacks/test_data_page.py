"""The document of the data page: whole in both languages, marked, and only with scripts of ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from api import uploads
from callbacks import data_page
from callbacks.data_words import KINDS, SYSTEMS, WORDS
from callbacks.pages import DATA, PAGES
from geodata.intake.files import FORMATS
from geodata.intake.mapping import KINDS as MAPPED
from geodata.intake.uploads.folder import LARGEST
from geodata.place import Basemap
from geodata.store.batches import LAYER
from tests import town
from tests.callbacks.reading import CJK

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = {name: (ROOT / "assets" / name).read_text("utf-8") for name in data_page.SCRIPTS}


class Read(HTMLParser):
    """What a document says: its texts, ids and tags, without what scripts are told."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.texts, self.ids, self.open = [], [], []
        self.feed(document)

    def handle_starttag(self, tag, attributes) -> None:
        told = dict(attributes)
        self.ids += [told["id"]] if "id" in told else []
        self.texts += [told[name] for name in ("aria-label", "placeholder") if told.get(name)]
        if tag not in {"meta", "link", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, text) -> None:
        if text.strip() and not {"style", "script"} & set(self.open):
            self.texts.append(text.strip())


def document(lang: str = "zh", place=town.PLACE) -> str:
    return data_page.document(place, "7-abc", "b1", "", lang)


def told(lang: str = "zh", place=town.PLACE) -> dict:
    found = re.search(r'id="told-to-script">(.*?)</script>', document(lang, place), re.DOTALL)
    return json.loads(found[1])


def test_every_tag_is_closed_and_every_id_is_there_once():
    read = Read(document())
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))


def test_the_page_is_wholly_in_english_when_asked():
    page = Read(document("en", replace(town.PLACE, map_approval_no="n/a")))
    assert [text for text in page.texts if CJK.search(text)] == ["中文"]
    said = [*told("en")["words"].values(), *told("en")["kinds"].values()]
    assert [text for text in said if CJK.search(text)] == []
    assert 'lang="en"' in document("en")
    assert 'lang="zh-CN"' in document()


@pytest.mark.parametrize("text", [*WORDS.values(), *KINDS.values(), *SYSTEMS.values()])
def test_a_sentence_has_the_same_parts_in_both_languages(text):
    parts = [set(re.findall(r"{(\w+)}", said)) for said in (text.zh, text.en)]
    assert parts[0] == parts[1]


def test_every_id_and_every_word_that_the_scripts_name_is_there():
    ids, everything = Read(document()).ids, "\n".join(SCRIPTS.values())
    named = set(
        re.findall(r'(?<![.\w])(?:element|list|shown|fault|on|seconds)\("([\w-]+)"', everything)
    )
    assert named - set(ids) == set()
    assert set(re.findall(r'say\("(\w+)"', everything)) - set(WORDS) == set()


def test_every_word_is_used():
    files = [ROOT / "callbacks" / name for name in ("data_page.py", "desk_document.py")]
    source = "".join([*(file.read_text("utf-8") for file in files), *SCRIPTS.values()])
    assert [key for key in WORDS if not re.search(rf'[{{"]{key}[}}"]', source)] == []


def test_what_can_be_brought_is_what_can_be_imported():
    assert set(data_page.IMPORTED) == {*MAPPED, LAYER}
    for kind in data_page.IMPORTED:
        assert f'<option value="{kind}">' in document()
    assert told()["formats"] == list(FORMATS)
    assert told()["largest"] == LARGEST
    assert f"{LARGEST / 1e9:.0f} GB" in WORDS["formats"].zh


def test_the_page_and_its_routes_are_at_one_address(client):
    assert uploads.ROOT == DATA
    assert f'const ROOT = "{DATA}"' in SCRIPTS["data_ask.js"]
    answer = client.get(DATA)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert client.post(DATA).status_code == 405
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_page_is_served_in_the_language_of_its_address(client):
    assert "<title>小城一张图 · 数据</title>" in client.get(DATA).text
    assert "<title>Small Town · Data</title>" in client.get(f"{DATA}?lang=en").text


def test_everything_the_page_loads_is_ours_and_there(client):
    page = client.get(DATA).text
    files = re.findall(r'(?:href|src)="(/(?:vendor|assets)/[^"]+)"', page)
    assert len(files) == 2 + len(data_page.STYLES) + len(data_page.SCRIPTS)
    shown = json.loads(re.search(r'id="told-to-script">(.*?)</script>', page, re.DOTALL)[1])
    for file in (*files, shown["library"], *shown["under"].values()):
        assert client.get(file, buffered=True).status_code == 200, file


def test_the_page_has_no_callback_because_it_has_no_dash(client):
    page = client.get(DATA).text
    assert not re.search("_dash|react|plotly", page)


def test_no_other_page_loads_its_scripts(client):
    for path in PAGES:
        assert "/assets/data_page.css" in client.get(path).text
        assert not re.search(r"/assets/data_\w+\.js", client.get(path).text)


def test_the_planner_s_page_leads_here_and_this_one_leads_back(client):
    for tail in ("", "?lang=en"):
        links = re.findall(r'<a [^>]*href="([^"]+)"', client.get(DATA + tail).text)
        assert {path + tail for path in PAGES} <= set(links)


def test_an_invented_place_says_so_on_this_map_as_on_every_other():
    assert "演示数据" in Read(document()).texts
    assert "审图号:示意图" in Read(document()).texts
    real = replace(town.PLACE, is_demo=False, map_approval_no="n/a")
    assert not {"演示数据", "审图号:示意图"} & set(Read(document(place=real)).texts)


def test_a_base_map_comes_with_its_source_and_moves_what_lies_on_it():
    tiles = Basemap(tiles="https://map.example/{z}.png", attribution="天地图", crs="GCJ-02")
    place = replace(town.PLACE, basemap=tiles)
    assert "天地图" in Read(document(place=place)).texts
    assert told(place=place)["basemap"]["tiles"] == [tiles.tiles]
    assert told(place=place)["under"]["roads"] == "/geo/roads.geojson?v=7-abc&crs=GCJ-02"


def test_a_name_of_a_place_cannot_become_a_tag():
    place = replace(town.PLACE, title="<b>城</b>", map_approval_no="</script><i>")
    assert "<b>" not in document(place=place).split("<body")[0]
    assert "</script><i>" not in document(place=place)
