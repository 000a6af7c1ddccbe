"""Texts with labelled elements that we write ourselves, as people of Zhangdian write addresses.

What can be said stands in ``words/``: ``names`` (how places are called), ``places`` (how they are
told, coarse to fine) and ``prose`` (the complaints around them). Real names (streets, communities,
main roads, landmarks) come from the tables of the demonstration district, some sentences from its
phrases; all else is invented. The same seed gives the same texts. The shipped weights know no other
text; ``train`` says how they are made.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.addresses.crf import local
from geodata.addresses.crf.grammar import Grammar, digit_by_digit, read, together
from geodata.addresses.crf.rows import Labelled
from geodata.addresses.elements import Element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Piece = tuple[str, str]  # words and their label; no label is prose
Pieces = list[Piece]

WORDS = Path(__file__).with_name("words")
_PIECE = re.compile(r"\[(\w+):([^\]]*)\]|([^\[]+)")
_WIDE = str.maketrans("0123456789-#,", "０１２３４５６７８９－＃，")
_STOPS = str.maketrans("", "", "，。！？、：；,!?:; ")


def written(count: int, seed: int = 1) -> list[Labelled]:
    """Write labelled texts: clean addresses, free complaints, and places without a door number."""
    chance = random.Random(seed)
    grammar = Grammar(rules(), chance)
    return [_text(grammar, chance) for _ in range(count)]


@cache
def rules() -> Mapping[str, Sequence[str]]:
    """All that can be said, by the name of its rule; ``text`` is the first."""
    parts = [read(WORDS / f"{name}.txt") for name in ("names", "places", "prose")]
    return together([*parts, local.names(), local.phrases(), _rooms()])


def pieces_of(marked: str) -> Pieces:
    """Take words with elements in brackets apart."""
    return [(words or prose, label) for label, words, prose in _PIECE.findall(marked)]


def joined(pieces: Pieces) -> Labelled:
    """Join pieces into a text with its elements."""
    elements, at = [], 0
    for words, label in pieces:
        if label and words:
            elements.append(Element(at, at + len(words), label, words))
        at += len(words)
    return Labelled("".join(words for words, _ in pieces), tuple(elements))


def _text(grammar: Grammar, chance: random.Random) -> Labelled:
    pieces: Pieces = []
    while not pieces:
        pieces = pieces_of(grammar.said("text"))
    return joined(_spoiled(pieces, chance))


def _spoiled(pieces: Pieces, chance: random.Random) -> Pieces:
    """Write as careless hands do: full width, small letters, a stray space, no punctuation."""
    if chance.random() < 0.05:
        pieces = [(words.translate(_WIDE), label) for words, label in pieces]
    if chance.random() < 0.06:
        at = chance.randrange(len(pieces))
        pieces = [*pieces[:at], (" ", ""), *pieces[at:]]
    if chance.random() < 0.1:
        pieces = [(words.lower(), label) for words, label in pieces]
    if chance.random() < 0.12:
        pieces = [(words if label else words.translate(_STOPS), label) for words, label in pieces]
    return pieces


@cache
def _rooms() -> Mapping[str, Sequence[str]]:
    """Rooms are floor and door, low floors more often: 101 to 3304."""
    rooms = [f"{floor}{door:02}" for floor in range(1, 34) for door in range(1, 5)]
    often = [room for room in rooms for _ in range(1 if len(room) > 3 else 6)]
    return {"room": often, "zh_room": [digit_by_digit(room) for room in often if len(room) == 3]}
