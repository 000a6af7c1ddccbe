"""How names are spelled in Latin letters: each character's commonest sound, or its word's.

重 is zhong and 重庆 chongqing: a few thousand words are spoken otherwise than their characters
alone, and only they are kept.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_WORD = 4  # characters; longer ones are sayings, not names
_TONES = {ord(tone): None for tone in "\u0300\u0301\u0304\u030c"}


def syllables(name: str) -> list[str]:
    """Give the sounds of a name in capitals without tones, ü as V; what has no sound is itself.

    >>> syllables("重庆路3号"), syllables("绿城KTV")
    (['CHONG', 'QING', 'LU', '3', 'HAO'], ['LV', 'CHENG', 'K', 'T', 'V'])
    """
    alone = _alone()
    said = [alone.get(char) or char.upper() for char in name]
    words, spoken = _words()
    for n, start, end in words.find_matches_as_indexes(name):
        said[start:end] = spoken[n]
    return said


@cache
def _alone() -> dict[str, str]:
    """Give the commonest sound of every character."""
    from pypinyin.constants import PINYIN_DICT  # a large table, read when first asked for

    return {
        chr(code): _plain(said.split(",", maxsplit=1)[0])
        for code, said in PINYIN_DICT.items()
        if 0x4E00 <= code <= 0x9FFF
    }


@cache
def _words() -> tuple[AhoCorasick, list[tuple[str, ...]]]:
    """Words that sound otherwise than their characters alone, each with its sounds."""
    from pypinyin.constants import PHRASES_DICT

    alone, words = _alone(), dict[str, tuple[str, ...]]()
    for word, every in PHRASES_DICT.items():
        if len(word) <= LONGEST_WORD and len(every) == len(word):
            said = _spoken(every)
            if said != tuple(map(alone.get, word)):
                words[word] = said
    return AhoCorasick(words, MatchKind.LeftmostLongest), list(words.values())


def _spoken(every: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(_plain(sounds[0]) for sounds in every)


@cache
def _plain(said: str) -> str:
    """A sound without its tone.

    >>> _plain("lǜ"), _plain("chóng")
    ('LV', 'CHONG')
    """
    apart = unicodedata.normalize("NFD", said).translate(_TONES)
    return apart.replace("u\u0308", "v").upper()
