from __future__ import annotations

import pytest
from pypinyin.constants import PINYIN_DICT

from geodata.addresses.pinyin import readings, syllables


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("柳泉路", "LIU QUAN LU"),
        ("重庆路", "CHONG QING LU"),
        ("重工路", "ZHONG GONG LU"),
        ("建设银行", "JIAN SHE YIN HANG"),
        ("绿城", "LV CHENG"),
        ("KTV3号", "K T V 3 HAO"),
        ("", ""),
    ],
)
def test_a_name_is_spelled_as_it_is_said(name, spelled):
    assert " ".join(syllables(name)) == spelled


def test_every_character_has_one_sound():
    for name in ("张店区和平小区", "a·b 7", "𠀀", "長"):
        assert len(syllables(name)) == len(name)


def test_the_sounds_of_characters_are_those_of_the_package():
    assert readings() == {chr(code): said for code, said in PINYIN_DICT.items()}
