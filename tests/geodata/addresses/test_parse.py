from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.parse import parse


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        (
            "淄博市 张店区柳泉路８８号",
            [("city", "淄博市"), ("county", "张店区"), ("road", "柳泉路"), ("road_no", "８８")],
        ),
        (
            "世纪花园（3号楼）二单元五零一室",
            [("quarter", "世纪花园"), ("building", "3"), ("unit", "二"), ("room", "五零一")],
        ),
        (
            "柳泉路与西二路路口东北角",
            [("road", "柳泉路"), ("road", "西二路"), ("intersection", "路口东北角")],
        ),
        (
            "八大局东门往南50米",
            [("poi", "八大局"), ("relation", "东门"), ("distance", "往南50米")],
        ),
        ("垃圾没人管", []),
    ],
)
def test_elements_are_told_as_they_were_written(matcher, text, elements):
    assert [(e.label, e.text) for e in parse(text, matcher.gazetteer)] == elements


@given(
    st.text(
        st.sampled_from("世纪花园柳泉路８8号三3楼2单元501 （）东街道张店区，的与西二"), max_size=40
    )
)
def test_elements_lie_in_the_text_and_apart(matcher, text):
    end = 0
    for element in parse(text, matcher.gazetteer):
        assert end <= element.start < element.end <= len(text)
        assert element.text == text[element.start : element.end]
        end = element.end
