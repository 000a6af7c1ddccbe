from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.masking import masked, masked_name


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("电话13800001234请回电", "电话138****1234请回电"),
        ("138 0000 1234", "138****1234"),
        ("138-0000-1234", "138****1234"),
        ("138-00001234", "138****1234"),
        ("19912345678、13912345678", "199****5678、139****5678"),
        ("+8613800001234", "+86138****1234"),
        ("+86 138 0000 1234", "+86 138****1234"),
        ("１３８００００１２３４", "１３８****１２３４"),
        ("身份证370303199001011234", "身份证3703**********1234"),
        ("37030319900101123X 本人", "3703**********123X 本人"),
        ("鲁C12345堵门", "鲁C·**345堵门"),
        ("鲁C·A1234", "鲁C·**234"),
        ("鲁CD12345", "鲁C·**345"),
        ("我叫王小明,住在", "我叫王**,住在"),
        ("联系人:李雷", "联系人:李**"),
        ("姓名:张三丰。", "姓名:张**。"),
    ],
)
def test_what_identifies_a_person_is_hidden(said, shown):
    assert masked(said) == shown


@pytest.mark.parametrize(
    "text",
    [
        "订单号 20240613800001234567",  # a long number with a telephone number inside
        "工单2024061300001234",
        "价格12800元,面积138.5平方米",
        "世纪花园3号楼2单元501室",
        "编号12345678901",  # begins 12: no mobile number
        "2024-06-13 18:30",
        "柳泉路138号",
        "12345热线",
        "京东快递",
        "118.05123456, 36.81",
    ],
)
def test_ordinary_numbers_and_words_stay(text):
    assert masked(text) == text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_masking_twice_changes_nothing_more(text):
    once = masked(text)
    assert masked(once) == once


@given(
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    st.text("请回电谢谢,。 :a", max_size=8),
    st.text("请回电谢谢,。 :a", max_size=8),
)
def test_no_mobile_number_survives_wherever_it_stands(number, before, after):
    assert not re.search(r"1[3-9]\d{9}", masked(before + number + after))


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(" -－"))
def test_no_mobile_number_survives_in_three_parts(number, between):
    parts = between.join([number[:3], number[3:7], number[7:]])
    assert masked(f"请回 {parts} 谢谢") == f"请回 {number[:3]}****{number[7:]} 谢谢"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王明", "王*"), ("王小明", "王**"), ("欧阳修", "欧阳*"), ("王", "王*"), ("", "*")],
)
def test_a_name_keeps_its_surname_only(name, shown):
    assert masked_name(name) == shown
