"""What identifies a person is hidden by default, everywhere (domain.md §3.15)."""

from __future__ import annotations

import re

_DOUBLE_SURNAMES = frozenset(
    ["欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒"]
)
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_PRIVATE = (
    # an identity card: 4 + 10 + 4
    (re.compile(r"(?<!\d)(\d{4})\d{10}(\d{3}[\dXx])(?!\d)"), r"\1**********\2"),
    # a mobile number, also with a country code, spaces or dashes, or in full width, as people write
    (
        re.compile(
            r"(?<!\d)((?:[+＋]?86[\s－-]?)?[1１][3-9３-９]\d)[\s－-]?\d{4}[\s－-]?(\d{4})(?!\d)"
        ),
        r"\1****\2",
    ),
    # a number plate
    (
        re.compile(rf"([{_PROVINCES}][A-Z])[·\s]?[A-Z0-9]{{2,3}}([A-Z0-9]{{3}})(?![A-Z0-9])"),
        r"\1·**\2",
    ),
    # a name that the text itself says is one
    (re.compile(r"(我叫|姓名[::]?|联系人[::]?)([一-龥])[一-龥]{1,2}"), r"\1\2**"),
)


def masked(text: str) -> str:
    """A text without phone numbers, identity cards, plates and names given as such."""
    for pattern, kept in _PRIVATE:
        text = pattern.sub(kept, text)
    return text


def masked_name(name: str) -> str:
    """A person's name with its surname only: 张*, 欧阳**."""
    surname = 2 if name[:2] in _DOUBLE_SURNAMES else 1
    return name[:surname] + "*" * max(len(name) - surname, 1)
