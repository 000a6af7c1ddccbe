"""What is said of places, and whether it is found in the book the demonstration writes."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.demo import SCALES
from geodata.demo.addresses import addresses
from geodata.demo.areas import areas
from geodata.demo.book import DOOR, QUARTER, ROAD
from geodata.demo.finding import matcher
from geodata.demo.lanes import lanes
from geodata.demo.partition import district as build
from geodata.demo.said import sayings
from geodata.demo.spots import spots


@pytest.fixture(scope="module")
def place():
    return build(7)


@pytest.fixture(scope="module")
def book(place):
    return addresses(7, place, lanes(place), SCALES["tiny"])


@pytest.fixture(scope="module")
def finder(place, book):
    return matcher(book, areas(place))


@pytest.fixture(scope="module")
def say(place, book):
    """Rows of the book -> how they are said, the doubtful or all the others."""
    words = sayings(book, spots(place))

    def said(which, doubtful):
        rng = np.random.default_rng(1)
        return words.addresses(which, np.full(len(which), doubtful), rng).to_pylist()

    return said


def test_a_road_alone_is_found_as_the_road(finder, book):
    match = finder.match("人民西路上垃圾没人管")
    assert (match.status, match.level) == ("matched", "road")
    assert match.address_id in book.ids(np.flatnonzero(book.rows.kind == ROAD)).to_pylist()


def test_a_town_and_a_community_are_found_as_rows_of_the_book(finder, book):
    ids = set(book.ids(np.arange(len(book))).to_pylist())
    match = finder.match("马尚街道没人扫雪")
    assert (match.level, match.address_id in ids) == ("town", True)


def test_a_road_is_still_called_by_its_old_name_and_found_as_the_new_one(finder, book, say):
    road = book.former.index("机场老路")
    door = np.flatnonzero((book.rows.kind == DOOR) & (book.rows.road == road))[:1]
    said = say(np.repeat(door, 40), False)
    assert any("机场老路" in text for text in said)
    assert any(book.roads[road] in text for text in said)
    match = finder.match("机场老路上路灯不亮")
    head = np.flatnonzero((book.rows.kind == ROAD) & (book.rows.road == road))
    assert [match.address_id] == book.ids(head).to_pylist()


def test_nobody_knows_what_a_quarter_is_called_by_its_nickname(finder, book, say):
    names = [n for n, name in enumerate(book.nicknames) if name is not None]
    rows = np.flatnonzero((book.rows.kind == QUARTER) & np.isin(book.rows.quarter, names))
    found = [finder.match(text).status == "matched" for text in say(rows, True)]
    assert len(found) > 50
    # 府北门口 may be the north gate of both or the gate of the northern part.
    assert np.mean(found) < 0.05


def test_parts_of_a_quarter_are_now_and_then_said_without_the_part(book):
    short = [(name, said) for name, said in zip(book.quarters, book.nicknames, strict=True)
             if said and name.startswith(said)]  # fmt: skip
    assert short
    assert all(name[-2:] in "东区西区南区北区一期二期" for name, _ in short)
