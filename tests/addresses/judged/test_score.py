"""Tiny examples of how answers are judged."""

from __future__ import annotations

import pytest

from tests.addresses.judged import library
from tests.addresses.judged.score import score

ROOM = "Q01-3-2-501"


def gold(address_id: str = "", *also: str, status: str = "matched") -> dict[str, object]:
    return {"status": status, "address_id": address_id, "also": also}


def answer(address_id: str = "", level: str = "", **claims: str) -> dict[str, str]:
    if not address_id:
        return {"status": "review", "address_id": "", "level": ""}
    row = library.by_id().get(address_id, {})
    return {
        **{"status": "matched", "address_id": address_id},
        **{"level": level or row.get("level", "room"), **claims},
    }


def verdict(truth: dict[str, object], told: dict[str, str]) -> str:
    return score([truth], [told], library.by_id()).verdicts[0]


def test_the_finest_certain_row_at_its_level_is_right():
    claims = {"building": "3号楼", "unit": "2单元", "room": "501室"}
    assert verdict(gold(ROOM), answer(ROOM, **claims)) == "right"
    assert verdict(gold("R21", "R06"), answer("R06")) == "right"
    assert verdict(gold("370303005"), answer("370303005", "town")) == "right"


@pytest.mark.parametrize(
    ("above", "level"),
    [
        *(("Q01-3-2", "unit"), ("Q01-3", "building"), ("Q01", "quarter"), ("R17", "road")),
        *(("370303009", "town"), ("370303009006", "community")),
    ],
)
def test_a_correct_ancestor_is_neither_right_nor_wrong(above: str, level: str):
    told = score([gold(ROOM)], [answer(above, level)], library.by_id())
    assert told.verdicts == ("coarser",)
    assert (told.precision, told.recall, told.accepted) == (1.0, 0.0, 1.0)


def test_the_right_row_claimed_at_a_coarser_level_is_not_right():
    assert verdict(gold(ROOM), answer(ROOM, "unit")) == "coarser"


def test_finer_than_the_truth_is_an_over_claim():
    assert verdict(gold("Q01"), answer("Q01-3")) == "overclaim"
    assert verdict(gold("370303009"), answer("370303009006", "community")) == "overclaim"
    assert verdict(gold("R21-88"), answer("TP05")) == "overclaim"


def test_a_level_or_part_finer_than_the_row_named_is_an_over_claim():
    assert verdict(gold("Q01"), answer("Q01", "building")) == "overclaim"
    assert verdict(gold("Q01-3"), answer("Q01-3", unit="2单元")) == "overclaim"
    assert verdict(gold(ROOM), answer("Q01", "room")) == "overclaim"


def test_another_place_is_wrong():
    assert verdict(gold(ROOM), answer("Q01-3-2-502")) == "wrong"
    assert verdict(gold("T01"), answer("T02")) == "wrong"
    assert verdict(gold("T01"), answer("370303003", "town")) == "wrong"
    assert verdict(gold("T01"), answer("nowhere")) == "wrong"


def test_silence_is_a_miss_where_there_is_an_answer_and_right_where_there_is_none():
    assert verdict(gold("T01"), answer()) == "missed"
    assert verdict(gold(status="none"), answer()) == "refused"
    assert verdict(gold("", "T01", "T02", status="review"), answer()) == "refused"


def test_a_homonym_without_evidence_may_not_be_accepted():
    assert verdict(gold("", "T01", "T02", status="review"), answer("T01")) == "homonym accepted"


def test_what_all_candidates_lie_in_is_no_fault():
    zones = gold("", "T09", "T10", status="review")
    assert verdict(zones, answer("R16")) == "coarser"
    assert verdict(zones, answer("370303009012", "community")) == "coarser"


def test_nothing_may_be_accepted_for_nonsense():
    assert verdict(gold(status="none"), answer("370303009", "town")) == "negative accepted"


def test_precision_and_recall_follow_the_formula():
    truths = [
        *(gold("T01"), gold("T01"), gold("T01"), gold("Q01"), gold("Q01-3"), gold("Q01-3")),
        *(gold("", "T01", "T02", status="review"), gold(status="none"), gold(status="none")),
    ]
    told = [
        *(answer("T01"), answer("T01"), answer("T02"), answer("Q01-3"), answer("Q01"), answer()),
        *(answer("T02"), answer("T01"), answer()),
    ]
    judged = score(truths, told, library.by_id())
    assert (judged.answerable, judged.right, judged.wrong, judged.overclaims) == (6, 2, 1, 1)
    assert (judged.coarser, judged.missed) == (1, 1)
    assert (judged.homonyms_accepted, judged.negatives_accepted) == (1, 1)
    assert judged.precision == pytest.approx(2 / 6)
    assert judged.recall == pytest.approx(2 / 6)


def test_one_answer_belongs_to_one_text():
    with pytest.raises(ValueError, match="shorter"):
        score([gold("T01"), gold("T01")], [answer("T01")], library.by_id())
