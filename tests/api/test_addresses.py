from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.addresses import LAT, LON, LONGEST_TEXT, MOST, matched
from geodata.addresses.suggest import LONGEST
from geodata.store.reader import newest
from tests.api.conftest import told
from tests.geodata.intake.conftest import Intake

MATCH, SUGGEST = "/api/addresses/match", "/api/addresses/suggest"


@pytest.fixture
def asked(client):
    def get(path: str, **query) -> dict:
        answer = client.get(path, query_string=query)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    return get


def test_a_text_means_a_room_of_the_town(asked, reader):
    told_ = asked(MATCH, text="世纪小区３号楼二单元５０１,油烟太大")
    reason = told_.pop("reason")
    elements = told_.pop("elements")
    assert told_.pop("score") > 0.8
    assert told_ == {
        **{"status": "matched", "address_id": "A4", "level": "room", "base": "A1"},
        **{"building": "3", "unit": "2", "room": "501", "lon": 118.005, "lat": 36.815},
        **{"grid": "111001", "alternatives": [], "data_version": reader.version},
    }
    assert "世纪花园" in reason
    assert (elements[0]["label"], elements[0]["text"]) == ("quarter", "世纪小区")


BOOK = "id,grid,quarter,level\nQ,370303001001001,世纪花园,quarter\n"


def test_an_address_in_no_area_is_in_the_grid_that_its_row_names(tmp_path):
    Intake(tmp_path).bring("addresses", BOOK, name="book.csv")
    told_ = matched(newest(tmp_path / "data"), "世纪花园停水", None)
    assert (told_["address_id"], told_["grid"]) == ("Q", "370303001001001")


def test_elements_are_pieces_of_the_text_as_it_was_given(asked):
    text = "听说 世纪花园 3号楼 很吵"
    for element in asked(MATCH, text=text)["elements"]:
        assert text[element["start"] : element["end"]] == element["text"]


def test_what_is_doubtful_has_no_point_but_names_what_it_may_be(asked):
    told_ = asked(MATCH, text="世纪花园幼儿园门口堵车")
    assert told_["status"] == "review"
    assert (told_["address_id"], told_["lon"], told_["lat"], told_["grid"]) == (None,) * 4
    assert told_["alternatives"] == [{"id": "A1", "name": "世纪花园", "level": "quarter"}]


@pytest.mark.parametrize("text", ["", "  ", "没有提到地方", "阳光花园3号楼"])
def test_what_names_no_place_of_the_town_is_none(asked, text):
    told_ = asked(MATCH, text=text)
    assert (told_["status"], told_["address_id"], told_["lon"]) == ("none", None, None)


def test_a_point_is_taken_as_evidence(asked):
    assert asked(MATCH, text="世纪花园", near="118.005,36.815")["status"] == "matched"
    far = asked(MATCH, text="世纪花园", near="117,36")
    assert far["status"] == "review"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "text is missing"),
        ("near=118,36", "text is missing"),
        ("text=a&text=b", "more than once"),
        ("text=a&limit=3", "'limit' is not a parameter"),
        ("text=a&near=", "lon,lat"),
        ("text=a&near=118", "lon,lat"),
        ("text=a&near=118,36,1", "lon,lat"),
        ("text=a&near=36.8;118.0", "lon,lat"),
        ("text=a&near=181,36", "lon,lat"),
        ("text=a&near=118,90.1", "lon,lat"),
        ("text=a&near=nan,36", "lon,lat"),
        ("text=a&near=1e2,36", "lon,lat"),
        (f"text={'a' * (LONGEST_TEXT + 1)}", "2001 characters"),
    ],
)
def test_a_bad_question_of_the_matcher_is_400_with_a_reason(client, query, word):
    answer = client.get(f"{MATCH}?{query}")
    assert answer.status_code == 400
    assert word in told(answer)


def test_a_text_may_be_as_long_as_is_said(client):
    assert client.get(MATCH, query_string={"text": "世" * LONGEST_TEXT}).status_code == 200


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_earth_may_be_near(client, lon, lat):
    query = {"text": "世纪花园", "near": f"{lon:.6f},{lat:.6f}"}
    assert client.get(MATCH, query_string=query).status_code == 200


@pytest.mark.parametrize(("pattern", "edge"), [(LON, 180), (LAT, 90)])
def test_what_is_off_the_earth_is_not(pattern, edge):
    for good in (edge, -edge, f"{edge}.0", 0, edge - 0.5):
        assert re.fullmatch(pattern, str(good)), good
    for bad in (edge + 1, f"{edge}.1", f"-{edge}.01", "", "+1", "٣"):
        assert not re.fullmatch(pattern, str(bad)), bad


def test_suggestions_say_what_they_are_and_where(asked, reader):
    told_ = asked(SUGGEST, q="sjhy")
    assert told_["suggestions"][0] == {
        **{"kind": "addresses", "id": "A1", "name": "世纪花园", "name_en": None},
        "area": "111001",
    }
    assert told_["data_version"] == reader.version


def test_no_more_is_suggested_than_is_asked_for(asked):
    assert len(asked(SUGGEST, q="关")["suggestions"]) > 2
    assert len(asked(SUGGEST, q="关", limit=2)["suggestions"]) == 2
    assert asked(SUGGEST, q="关", limit=MOST) == asked(SUGGEST, q="关")


@pytest.mark.parametrize("text", ["", " ", "没有这个地方", "%", "_", "长" * LONGEST])
def test_nothing_found_is_no_suggestion(asked, text):
    assert asked(SUGGEST, q=text)["suggestions"] == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "q is missing"),
        ("q=a&text=b", "'text' is not a parameter"),
        ("q=a&q=b", "more than once"),
        ("q=a&limit=0", "from 1 to 50"),
        ("q=a&limit=51", "from 1 to 50"),
        ("q=a&limit=", "from 1 to 50"),
        ("q=a&limit=2.0", "from 1 to 50"),
        (f"q={'a' * (LONGEST + 1)}", "101 characters"),
    ],
)
def test_a_bad_question_for_suggestions_is_400_with_a_reason(client, query, word):
    answer = client.get(f"{SUGGEST}?{query}")
    assert answer.status_code == 400
    assert word in told(answer)


@pytest.mark.parametrize("path", [f"{MATCH}?text=a", f"{SUGGEST}?q=a", f"{SUGGEST}?q=a&limit=0"])
def test_an_answer_is_of_its_moment_and_is_not_kept(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [MATCH, SUGGEST])
def test_asking_is_all_that_can_be_done(client, path):
    assert client.post(path, json={}).status_code == 405
