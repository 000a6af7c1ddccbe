"""Texts with labelled elements that we write ourselves, as people of Zhangdian write addresses.

Real names (streets, communities, main roads, landmarks) come from the tables of the demonstration
district; compounds, lanes, shops and the prose around them are invented. The same seed gives the
same texts. The shipped weights know no other text; ``train`` says how they are made.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from geodata.addresses.crf import pools
from geodata.addresses.crf.local import communities, landmarks, roads, towns, villages
from geodata.addresses.crf.rows import Labelled
from geodata.addresses.elements import Element

T = TypeVar("T")
Piece = tuple[str, str]  # words and their label; no label is prose
Pieces = list[Piece]

_NUMERALS = "零一二三四五六七八九十"
_WIDE = str.maketrans("0123456789-#,", "０１２３４５６７８９－＃，")


def written(count: int, seed: int = 1) -> list[Labelled]:
    """Write labelled texts: clean addresses, free complaints, and places without a door number."""
    writer = _Writer(random.Random(seed))
    return [writer.text() for _ in range(count)]


class _Writer:
    """Draws everything from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.forms: tuple[tuple[float, Callable[[], Pieces]], ...] = (
            (5, self.by_compound),
            (4, self.by_road),
            (3, self.by_place),
            (2, self.crossing),
            (1.5, self.by_village),
            (0.5, self.only_divisions),
        )

    def text(self) -> Labelled:
        """Write one text."""
        if self.likely(0.02):
            return joined([(self.prose(), "")])
        pieces = self.place()
        if self.likely(0.06):
            pieces += [(self.one("，、 和"), ""), *self.place()]
        if self.likely(0.55):
            pieces = self.complained(pieces)
        return joined(self.spoiled(pieces))

    def place(self) -> Pieces:
        """Write one place, coarse to fine."""
        weights = [weight for weight, _ in self.forms]
        _, form = self.chance.choices(self.forms, weights)[0]
        place = self.divisions() + form()
        if not place:
            return self.place()
        return place + (self.relation() if self.likely(0.25) else [])

    # ---- forms of a place ----

    def by_compound(self) -> Pieces:
        """A compound, often with its road, then house to room."""
        road = self.road_with_number() if self.likely(0.35) else []
        zone = [(self.one(pools.COMPOUND_ZONES), "sub_poi")] if self.likely(0.2) else []
        inner = [(self.one(pools.INNER), "sub_poi")] if self.likely(0.15) else self.house()
        return [*road, (self.compound(), "poi"), *zone, *inner]

    def by_road(self) -> Pieces:
        """A road and a door number, or a yard (88号院), then perhaps house to room."""
        pieces = self.road_with_number(always=True)
        if self.likely(0.35):
            pieces += self.house()
        elif self.likely(0.3):
            pieces.append((self.shop(), "poi"))
        return pieces

    def by_place(self) -> Pieces:
        """A landmark or a shop, perhaps with its road and a part of it."""
        road = self.road_with_number() if self.likely(0.4) else []
        name = self.one(landmarks()) if self.likely(0.55) else self.shop()
        inner = [(self.one(pools.INNER), "sub_poi")] if self.likely(0.3) else []
        if self.likely(0.12):
            inner.append((f"{self.numeral(6)}{self.one('楼层')}", "floor"))
        return [*road, (name, "poi"), *inner]

    def crossing(self) -> Pieces:
        """Two roads that cross."""
        one, other = self.road(), self.road()
        between = [] if self.likely(0.3) else [(self.one(pools.ROADS_BETWEEN), "other")]
        pieces = [(one, "road"), *between, (other, "road")]
        return [*pieces, (self.one(pools.CROSSINGS), "intersection")]

    def by_village(self) -> Pieces:
        """A village, perhaps with a door number or a house."""
        name = self.one(villages())
        number = [(f"{self.number(300)}号", "road_no")] if self.likely(0.5) else self.house()
        return [(name, "village"), *(number if self.likely(0.7) else [])]

    def only_divisions(self) -> Pieces:
        """A street or community and nothing below."""
        return [(self.one(communities()), "community")] if self.likely(0.6) else []

    # ---- parts ----

    def divisions(self) -> Pieces:
        """From the province to the community, with gaps."""
        full = self.likely(0.3)
        pieces = [("山东省", "province"), ("淄博市", "city")][0 if self.likely(0.5) else 1 :]
        pieces = pieces if full else []
        if full or self.likely(0.3):
            pieces.append(("张店区" if self.likely(0.9) else "张店", "district"))
        if self.likely(0.25):
            pieces.append((self.town(), "town"))
        if self.likely(0.12):
            pieces.append((self.one(communities()), "community"))
        return pieces

    def town(self) -> str:
        """A street or town as people call it."""
        name = self.one(towns())
        return name + "办事处" if name.endswith("街道") and self.likely(0.2) else name

    def road(self) -> str:
        """A real main road, or an invented one."""
        if self.likely(0.55):
            return self.one(roads())
        return self.one(pools.ROAD_HEADS) + self.one(pools.ROAD_ENDS)

    def road_with_number(self, *, always: bool = False) -> Pieces:
        """A road, perhaps a lane off it, and its door number."""
        pieces = [(self.road(), "road")]
        if self.likely(0.1):
            pieces.append((self.one(pools.LANES), "sub_road"))
        if always or self.likely(0.6):
            pieces.append((self.door(), "road_no"))
        return pieces

    def door(self) -> str:
        """A door number: 88号, 88号院, 88-3号, 88号附3号, 88号甲."""
        number = self.number(400)
        more = f"-{self.number(20)}号"
        forms = ("号", "号", "号", "号", "号院", "甲号", more, f"号附{self.number(9)}号", "")
        return f"{number}{self.one(forms)}"

    def compound(self) -> str:
        """An invented compound, or one called by its number: 八十八号院 is a door, not this."""
        return self.one(pools.COMPOUND_HEADS) + self.one(pools.COMPOUND_ENDS)

    def shop(self) -> str:
        """An invented shop or house with a name."""
        return self.one(pools.SHOP_HEADS) + self.one(pools.SHOP_ENDS)

    def house(self) -> Pieces:
        """House to room: 3号楼2单元501, 3-2-501, 3#, 三号楼二单元."""
        if self.likely(0.22):
            return self.dashed()
        pieces = [(self.building(), "building")]
        if self.likely(0.65):
            pieces.append((f"{self.numeral(6)}{self.one(('单元', '单元', '单元', '门'))}", "unit"))
        if self.likely(0.12):
            pieces.append((f"{self.numeral(30)}{self.one('层楼')}", "floor"))
        if self.likely(0.6):
            pieces.append((self.room() + self.one(("", "", "室", "户", "号")), "room"))
        return pieces

    def building(self) -> str:
        """A house by number or letter."""
        ends = ("号楼", "号楼", "号楼", "栋", "幢", "#", "#楼", "座", "楼")
        return f"{self.one('ABCDE') if self.likely(0.07) else self.numeral(40)}{self.one(ends)}"

    def dashed(self) -> Pieces:
        """3-2-501 or 3-501: the dash belongs to what stands before it, as in the public sets."""
        dash = self.one("---—")
        pieces = [(f"{self.number(40)}{dash}", "building")]
        if self.likely(0.7):
            pieces.append((f"{self.number(6)}{dash}", "unit"))
        return [*pieces, (self.room(), "room")]

    def room(self) -> str:
        """A room: floor and door."""
        digits = f"{self.number(33)}{self.chance.randint(1, 4):02}"
        if self.likely(0.06):
            return "".join(_NUMERALS[int(digit)] for digit in digits)
        return digits

    def relation(self) -> Pieces:
        """Beside, or so many metres off."""
        if self.likely(0.3):
            metres = self.one((10, 20, 30, 50, 80, 100, 150, 200, 300, 500))
            far = f"{metres}{self.one(('米', '米', 'm'))}"
            behind = (
                [(self.one(("处", "左右", "路东", "路西")), "assist")] if self.likely(0.3) else []
            )
            return [(self.one(pools.TOWARDS), "assist"), (far, "distance"), *behind]
        return [(self.one(pools.BESIDE), "assist")]

    # ---- prose ----

    def complained(self, pieces: Pieces) -> Pieces:
        """Put prose around a place."""
        before = [(self.one(pools.BEFORE), "")] if self.likely(0.7) else []
        before = [(self.one(pools.AFTER) + "，", ""), *before] if self.likely(0.1) else before
        return [*before, *pieces, (self.prose(), "")]

    def prose(self) -> str:
        """What is the matter, in one to three clauses."""
        told = self.one(pools.AFTER)
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            told += "，" + self.one(pools.AFTER)
        return told + (self.one(pools.ENDS) if self.likely(0.6) else "")

    # ---- chance ----

    def spoiled(self, pieces: Pieces) -> Pieces:
        """Write as careless hands do: full width, a space between two elements, small letters."""
        if self.likely(0.05):
            pieces = [(words.translate(_WIDE), label) for words, label in pieces]
        if self.likely(0.06):
            at = self.chance.randrange(len(pieces))
            pieces = [*pieces[:at], (" ", ""), *pieces[at:]]
        if self.likely(0.1):
            pieces = [(words.lower(), label) for words, label in pieces]
        return pieces

    def number(self, most: int) -> str:
        """A number up to ``most``, small ones more often."""
        return str(1 + int(most * self.chance.random() ** 2))

    def numeral(self, most: int) -> str:
        """A number in digits, now and then in Chinese numerals."""
        value = int(self.number(most))
        if value <= 10 and self.likely(0.25):
            return _NUMERALS[value]
        if value < 20 and value > 10 and self.likely(0.2):
            return f"十{_NUMERALS[value - 10]}"
        return str(value)

    def likely(self, share: float) -> bool:
        """Say yes in that share of cases."""
        return self.chance.random() < share

    def one(self, of: Sequence[T]) -> T:
        """Draw one."""
        return self.chance.choice(of)


def joined(pieces: Pieces) -> Labelled:
    """Join pieces into a text with its elements."""
    elements, at = [], 0
    for words, label in pieces:
        if label and words:
            elements.append(Element(at, at + len(words), label, words))
        at += len(words)
    return Labelled("".join(words for words, _ in pieces), tuple(elements))
