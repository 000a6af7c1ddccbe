from __future__ import annotations

import pytest

from callbacks.search import MOST, box, options
from geodata.addresses.suggest import suggestions
from tests.api.bodies import ADDRESS, body
from tests.callbacks.reading import CJK, props, sent


def found(place, text: str, search: str = "") -> dict[str, list[tuple[str, str]]]:
    """Group -> label and address of each suggestion."""
    question = place.answers.question(search, place.now)
    told = options(question, suggestions(question.reader, text, MOST))
    return {g["group"]: [(i["label"], i["value"]) for i in g["items"]] for g in told}


@pytest.mark.parametrize(
    ("text", "group", "label", "address"),
    [
        ("世纪花园", "标准地址", "世纪花园 · 北街道", "?area=111001&selected=addresses:A1"),
        ("世纪小区", "标准地址", "世纪花园 · 北街道", "?area=111001&selected=addresses:A1"),
        ("柳泉路88号", "标准地址", "柳泉路88号 · 东街道", "?area=121001&selected=addresses:A5"),
        ("柳泉路", "道路", "柳泉路", "?selected=roads:R1"),
        ("北一网格", "区域", "北一网格 · 北街道", "?area=111001"),
        ("南关社区", "区域", "南关社区 · 北街道", "?area=112"),
        ("东街道", "区域", "东街道", "?area=12"),
        ("121002", "区域", "东二网格 · 东街道", "?area=121002"),
        ("小城", "区域", "小城", "?"),
        ("人民公园", "地标", "人民公园 · 北街道", "?selected=landmarks:P1"),
        ("夜市", "潮汐市场与夜间经济", "北关夜市 · 北街道", "?selected=markets:M1"),
    ],
)
def test_every_kind_of_place_is_found_by_its_chinese_name(here, text, group, label, address):
    assert (label, address) in found(here, text)[group]


def test_what_is_found_is_opened_within_the_view(here):
    search = "?area=12&metric=smoke&lang=en&selected=tickets:T02"
    told = {title: items[0][1] for title, items in found(here, "关", search).items()}
    assert told["Areas"].endswith("metric=smoke&lang=en")
    assert "selected" not in told["Areas"]
    assert told["Markets"] == "?area=12&metric=smoke&selected=markets:M1&lang=en" or (
        told["Markets"] == "?area=12&metric=smoke&selected=markets:M2&lang=en"
    )


@pytest.mark.parametrize(
    "search", ["", "?area=12&hours=3/4", "?area=112001&markets.kind=早市&lang=en"]
)
@pytest.mark.parametrize("text", ["关", "路", "世纪", "公园", "市", "1", "网格"])
def test_whatever_is_found_is_there_when_it_is_opened(here, text, search):
    told = [address for items in found(here, text, search).values() for _, address in items]
    assert told
    assert len(set(told)) == len(told)  # a value that stands twice breaks the widget
    for address in told:
        here.reads(address)


def test_groups_and_names_are_in_english_where_there_are_names(tiny):
    told = found(tiny, "zibo", "?lang=en")
    assert told
    assert not [title for title in told if CJK.search(title)]
    reader = tiny.answers.reader()
    road = reader.rows("SELECT name, name_en FROM roads WHERE name_en <> '' LIMIT 1")[0]
    assert road["name_en"] in [label for label, _ in found(tiny, road["name"], "?lang=en")["Roads"]]


def test_no_more_is_told_than_can_be_read(tiny):
    for text in ("路", "社区", "号", "市", "a"):
        assert sum(map(len, found(tiny, text).values())) <= MOST


@pytest.mark.parametrize(
    "text", ["", "   ", "没有这个地方", "'; DROP TABLE roads", "%", "_", "\x00", "长" * 999]
)
def test_nothing_found_is_no_group(here, text):
    assert found(here, text) == {}


def suggested(client, app, text, search="") -> list:
    said = {"search.searchValue": text, "url.search": search}
    answer = client.post(ADDRESS, json=body(app, "search.data", said))
    assert answer.status_code == 200
    return answer.json["response"]["search"]["data"]


def test_typing_brings_suggestions(client, app):
    assert [group["group"] for group in suggested(client, app, "柳泉路")] == ["道路", "标准地址"]


@pytest.mark.parametrize("text", [None, 5, ["柳"], {"a": 1}, ""])
def test_typing_nothing_that_is_text_brings_none(client, app, text):
    assert suggested(client, app, text, None) == []


@pytest.mark.parametrize(("lang", "label"), [("zh", "搜索"), ("en", "Search")])
def test_the_box_says_what_it_is_for(lang, label):
    told = props(sent(box(lang)))
    assert told["aria-label"] == label
    assert told["data"] == []
    assert bool(CJK.search(told["placeholder"] + told["nothingFoundMessage"])) == (lang == "zh")
