"""How names are spelled in Latin letters: each character's commonest sound, or its word's.

重 is zhong and 重庆 chongqing: a few thousand words are spoken otherwise than their characters
alone, and only they are kept.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
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
def readings() -> dict[str, str]:
    """Give the sounds of every character with their tones, the commonest first: 长 cháng,zhǎng."""
    return {chr(int(code)): said for code, said in _table("pinyin_dict").items()}


def _table(name: str) -> Any:
    """Read a table of pypinyin.

    The package itself would keep both of them alive, and the lists of 47,000 sayings, two hundred
    thousand of them, make every full collection of garbage twice as long.
    """
    package = Path(str(distribution("pypinyin").locate_file("pypinyin")))
    return orjson.loads((package / f"{name}.json").read_bytes())


@cache
def _alone() -> dict[str, str]:
    """Give the commonest sound of every character."""
    return {
        char: _plain(said.split(",", maxsplit=1)[0])
        for char, said in readings().items()
        if "\u4e00" <= char <= "\u9fff"
    }


@cache
def _words() -> tuple[AhoCorasick, list[tuple[str, ...]]]:
    """Words that sound otherwise than their characters alone, each with its sounds."""
    alone, words = _alone(), dict[str, tuple[str, ...]]()
    for word, every in _table("phrases_dict").items():
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
