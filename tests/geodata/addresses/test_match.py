from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.answers import Match

TEXTS = (
    *(
        "世纪花园3号楼2单元501室",
        "世纪花圆3号楼",
        "明珠苑3号楼",
        "海岱",
        "楼附近",
        "",
        "\n",
        "临淄区",
    ),
    *("柳泉路与西二路交叉口\n东北角", "毛纺厂宿舍", "西二", "路世纪", "\ud83d柳泉路", "❶⑩𠮷"),
)


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("世纪花园3号楼2单元501室", "Q1-3-2-501"),
        ("淄博市张店区北街道世纪花园３＃二单元５０１", "Q1-3-2-501"),
        ("世纪花园小区3-2-501天花板漏水", "Q1-3-2-501"),
        ("世纪小镇1号楼1单元501", "Q1-1-1-501"),  # an alias, and a unit without a row
        ("世纪花园1号楼1单元", "Q1-1"),  # that unit itself has no row
        ("世纪花园2号楼301", "Q1-2-1-301"),  # the building has one unit only
        ("世纪花园3号楼501", "Q1-3"),  # it has two: which one is not said
        ("世纪花园3号楼2单元999", "Q1-3-2"),
        ("世纪花园3号楼9单元501", "Q1-3"),
        ("世纪花园12号楼", "Q1"),
        ("世纪花圆3号楼", "Q1-3"),  # a homophone
        ("柳泉路88号烧烤店冒烟", "R1-88"),
        ("柳泉路90号", "Q1"),  # the door of a compound
        ("柳泉路500号", "R1"),
        ("西二路路灯坏了", "R2"),
        ("柳泉路与西二路交叉口东北角", "R1"),
        ("八大局东门往南第二家烧烤,三楼窗户都不敢开", "P1"),
        ("海岱楼附近停车难", "P2"),
        ("我住世纪花园,柳泉路88号烧烤店冒烟呛人", "R1-88"),
        ("世纪花园对面柳泉路88号", "R1-88"),
        ("东街道金晶花园", "Q5"),
        ("明珠苑东区路灯坏了", "Q2"),
        ("北街道垃圾没人管", "11"),
    ],
)
def test_what_is_certain_is_matched_as_fine_as_it_is_certain(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason


@pytest.mark.parametrize(
    "said",
    [
        "金晶花园3号楼",  # two compounds of one name
        "明珠苑3号楼",  # a zone is missing
        "和平路垃圾没人管",
        "北街道西二路阳光花园3号楼",  # the compound is unknown
        "世纪花园幼儿园门口",  # another place whose name begins like this one
        "东街道世纪花园",  # it lies in the other street
        "世纪花园三期",
    ],
)
def test_what_is_doubtful_goes_to_review(matcher, said):
    match = matcher.match(said)
    assert (match.status, match.address_id, match.lon) == ("review", None, None), match


@pytest.mark.parametrize(
    "said",
    [
        "",
        "张店区",
        "淄博市张店区",
        "临淄区柳泉路88号",
        "阳光花园3号楼",
        "3号楼2单元501",
        "垃圾没人管",
    ],
)
def test_what_the_library_does_not_know_is_none(matcher, said):
    match = matcher.match(said)
    assert (match.status, match.address_id, match.lon) == ("none", None, None), match


def test_a_point_tells_homonyms_apart(matcher):
    assert matcher.match("金晶花园", near=(118.0285, 36.8021)).address_id == "Q5"
    assert matcher.match("金晶花园", near=(118.0021, 36.8121)).address_id == "Q4"


def test_a_point_far_away_contradicts_a_name(matcher):
    assert matcher.match("世纪花园", near=(118.4, 36.6)).status == "review"


def test_every_answer_says_why_in_chinese(matcher):
    reasons = [matcher.match(said).reason for said in ("世纪花园12号楼", "金晶花园", "阳光花园")]
    assert "没有12号楼(库中1–3)" in reasons[0]
    assert "2处同名" in reasons[1]
    assert all(reason.endswith("。") for reason in reasons)


@given(
    st.text(
        st.sampled_from("世纪花园柳泉路88号3楼2单元501东街道张店区，的与金晶明珠苑西"), max_size=40
    )
)
def test_no_text_breaks_the_matcher_and_one_text_has_one_answer(matcher, text):
    match = matcher.match(text)
    assert isinstance(match, Match)
    assert match == matcher.match(text)
    assert (match.address_id is not None) == (match.status == "matched")


def test_an_address_out_of_use_gives_way_to_one_in_use(matcher):
    assert matcher.match("世纪花园").address_id == "Q1"
    assert matcher.match("世纪花园3号楼").address_id == "Q1-3"


def test_an_address_out_of_use_that_nothing_has_replaced_still_matches_and_says_so(matcher):
    match = matcher.match("毛纺厂宿舍暖气不热")
    assert (match.address_id, match.reason) == (
        "Q8",
        "名称与地址库的毛纺厂宿舍一致。该地址已停用。",
    )


@given(st.lists(st.sampled_from(TEXTS), max_size=8))
def test_texts_matched_together_have_the_answers_they_have_alone(matcher, texts):
    assert list(matcher.match_all(texts)) == [matcher.match(text) for text in texts]
