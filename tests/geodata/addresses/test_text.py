from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.addresses.text import is_dropped, normalised, origins

WORDS = st.text(
    st.sampled_from(
        "西二路十号楼三单元五零一室百幢栋 　（）()８#＃-—之一a座Ｂ，。世纪花园拾壹陆几中学附，"
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("共青团西路８８号", "共青团西路88号"),
        ("三号楼二单元五零一", "3号楼2单元501"),
        ("十二号楼", "12号楼"),
        ("二十一幢一百零二室", "21幢102室"),
        ("西二路", "西二路"),  # a name keeps its numeral
        ("三楼窗户都不敢开", "三楼窗户都不敢开"),
        ("世纪花园（东区）", "世纪花园东区"),
        ("七八号楼", "七八号楼"),  # about so many, like the three that follow
        ("三十四五号", "三十四五号"),
        ("几十号楼", "几十号楼"),
        ("一二三单元", "一二三单元"),
        ("九十号楼", "90号楼"),
        ("二单元四楼四零二", "2单元四楼402"),
        ("十层的一零零二", "10层的1002"),
        ("二单元三四百户", "2单元三四百户"),
        ("二单元一三五六七八九", "2单元一三五六七八九"),  # a telephone
        ("玖号楼壹单元柒零贰", "9号楼1单元702"),
        ("壹拾陆号", "16号"),
        ("陆先生", "陆先生"),
        ("大陆户口", "大陆户口"),
        ("天悦壹号", "天悦壹号"),
        ("张店7中门口", "张店七中门口"),
        ("17中学", "十七中学"),
        ("5月7中午", "5月7中午"),
        ("3一2－501", "3-2-501"),
        ("88号之1", "88号-1"),
        ("十九之一号", "19-1号"),
        ("栖霞府Ⅱ期", "栖霞府2期"),
        ("3.1.401", "3-1-401"),
        ("3—2—二〇一", "3-2-201"),
        ("2026.1.4", "2026.1.4"),  # a day
        ("A栋一零零三", "A栋1003"),
        (" a座 ３＃ ", "A座3#"),
        ("第一,第二", "第一，第二"),
    ],
)
def test_a_text_has_one_form(said, plain):
    assert normalised(said) == plain


@given(WORDS)
def test_the_one_form_stays_as_it_is(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.one_of(WORDS, st.text(max_size=30)))
def test_every_character_of_the_form_has_a_place_in_the_text(text):
    plain, origin = normalised(text), origins(text)
    assert len(origin) == len(plain) + 1
    assert origin == sorted(origin)
    assert origin[-1] == len(text)
    for char, at in zip(plain, origin, strict=False):
        assert not is_dropped(text[at]), (char, at)
