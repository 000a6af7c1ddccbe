from __future__ import annotations

import pytest

from geodata.addresses.doubt import IN_REVIEW, rank
from geodata.addresses.mentions import reading


@pytest.mark.parametrize(
    "said", ["恒大世纪花园3号楼漏水", "华润世纪花园门口有烧烤", "金鼎世纪花园5号楼"]
)
def test_a_name_that_begins_earlier_goes_to_review(matcher, said):
    match = matcher.match(said)
    assert (match.status, match.why) == ("review", "begins"), match


@pytest.mark.parametrize(
    "said",
    [
        "反映世纪花园3号楼漏水",
        "俺们住世纪花园3号楼",
        "柳泉路世纪花园3号楼",
        "麻烦管管世纪花园3号楼",
        "老张说的世纪花园3号楼",
        "我们家属院世纪花园3号楼",
        "柳泉路九〇世纪花园3号楼",  # a door as it is dictated
        "世纪的世花园的园世纪花园3号楼",  # spelled out
    ],
)
def test_words_that_lead_to_a_name_are_no_part_of_it(matcher, said):
    assert matcher.match(said).address_id == "Q1-3"


def test_a_road_that_begins_within_a_word_goes_to_review(matcher):
    assert matcher.match("商家在京柳泉路促销一块搞").why == "begins"


def test_what_is_called_old_may_be_called_so_for_its_age(matcher):
    assert matcher.match("就在老柳泉路88号").address_id == matcher.match("柳泉路88号").address_id
    assert matcher.match("老世纪花园3号楼").why == "begins"  # which may be another one


def test_a_name_of_two_known_compounds_is_neither_of_them(matcher):
    assert matcher.match("世纪小镇明珠苑东区3号楼").why == "begins"
    assert matcher.match("世纪花园世纪花园3号楼").address_id == "Q1-3"


def test_what_goes_to_review_is_ranked_by_how_sure_its_name_is(matcher):
    texts = ["反映金晶花园3号楼漏水", "恒大金晶花园3号楼漏水", "世纪花园3号楼"]
    reads = [reading(text, matcher.gazetteer) for text in texts]
    matches = [matcher.matched(read) for read in reads]
    certain = matches[2].score
    rank(reads, matches)
    assert [match.status for match in matches] == ["review", "review", "matched"]
    assert 0 <= matches[1].score < matches[0].score <= IN_REVIEW
    assert matches[2].score == certain
