"""The document of the address desk: whole in both languages, marked, and with scripts of ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api import address_desk
from callbacks import address_page
from callbacks.address_words import LEVELS, REASONS, WORDS
from callbacks.pages import ADDRESSES, PAGES
from tests import town
from tests.callbacks.reading import CJK
from tests.callbacks.test_data_page import Read

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = {name: (ROOT / "assets" / name).read_text("utf-8") for name in address_page.SCRIPTS}


def document(lang: str = "zh", theme: str = "dark") -> str:
    return address_page.document(town.PLACE, "7-abc", "b1", "", (lang, theme))


def test_every_tag_is_closed_and_every_id_is_there_once():
    read = Read(document())
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))


def test_every_id_and_every_word_that_the_scripts_name_is_there():
    ids, everything = Read(document()).ids, "\n".join(SCRIPTS.values())
    named = set(re.findall(r'(?<![.\w])(?:element|list|shown)\("([\w-]+)"', everything))
    assert named - set(ids) == set()
    assert set(re.findall(r'say\("(\w+)"', everything)) - set(WORDS) == set()


def test_every_word_is_used():
    files = [ROOT / "callbacks" / name for name in ("address_page.py", "desk_document.py")]
    source = "".join([*(file.read_text("utf-8") for file in files), *SCRIPTS.values()])
    shares = {"first", "by_text", "by_clerk", "far", "repeated"} | {"same", "alike", "near"}
    unused = [key for key in WORDS if not re.search(rf'[{{"]{key}[}}"]', source)]
    assert set(unused) - shares == set()


def test_every_code_of_the_desk_has_its_english_sentence(client):
    document = client.get("/api/openapi.json").get_json()
    group = document["components"]["schemas"]["AddressQueue"]["oneOf"][1]["properties"]["shown"]
    assert set(group["items"]["properties"]["code"]["enum"]) == set(REASONS)
    assert [text for text in REASONS.values() if CJK.search(text)] == []


@pytest.mark.parametrize("text", [*WORDS.values(), *LEVELS.values()])
def test_a_sentence_has_the_same_parts_in_both_languages(text):
    parts = [set(re.findall(r"{(\w+)}", said)) for said in (text.zh, text.en)]
    assert parts[0] == parts[1]


def test_no_chinese_is_left_among_the_english_words():
    assert [text.en for text in (*WORDS.values(), *LEVELS.values()) if CJK.search(text.en)] == []


def test_the_page_is_night_unless_day_is_asked_for(client):
    assert 'data-theme="dark"' in client.get(ADDRESSES).text
    assert 'data-theme="light"' in client.get(f"{ADDRESSES}?theme=light").text


def test_everything_the_page_loads_is_ours_and_there(client):
    page = client.get(ADDRESSES).text
    files = re.findall(r'(?:href|src)="(/(?:vendor|assets)/[^"]+)"', page)
    assert len(files) == 2 + len(address_page.STYLES) + len(address_page.SCRIPTS)
    shown = json.loads(re.search(r'id="told-to-script">(.*?)</script>', page, re.DOTALL)[1])
    for file in (*files, shown["library"], *shown["under"].values()):
        assert client.get(file, buffered=True).status_code == 200, file


def test_the_scripts_ask_where_the_desk_answers():
    assert f'const ROOT = "{address_desk.ROOT}"' in SCRIPTS["address_ask.js"]


def test_no_other_page_loads_its_scripts_and_each_is_led_to(client):
    for path in PAGES:
        assert not re.search(r"/assets/(?:address|desk)_\w+\.js", client.get(path).text)
    links = re.findall(r'<a [^>]*href="([^"]+)"', client.get(ADDRESSES).text)
    assert {*PAGES, "/plan/data", ADDRESSES} <= set(links)
