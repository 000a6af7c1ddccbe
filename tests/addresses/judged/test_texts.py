"""The judged texts agree with the library they are judged by."""

from __future__ import annotations

from collections import Counter

from tests.addresses.judged import library
from tests.addresses.judged.score import score
from tests.addresses.judged.texts import Text, gold, texts

PARTS = ("road_no", "building", "unit", "room")
MATCHED = [text for text in texts() if text.status == "matched"]


def test_there_are_enough_texts_of_every_category():
    counts = Counter(text.category for text in texts())
    assert len(texts()) >= 400
    assert min(counts.values()) >= 25, counts


def test_texts_differ_and_are_counted_from_one():
    assert len({text.text for text in texts()}) == len(texts())
    assert [text.n for text in texts()] == list(range(1, len(texts()) + 1))


def test_every_id_of_the_library_is_given_once():
    assert len(library.by_id()) == len(library.rows())


def test_every_level_of_the_library_is_asked_for():
    assert {text.level for text in MATCHED} == {
        *("town", "community", "road", "road_no", "quarter", "building", "unit", "room", "poi"),
    }


def test_a_right_answer_stands_in_the_library_at_its_level():
    assert [text.n for text in MATCHED if not stands(text)] == []


def stands(text: Text) -> bool:
    if text.address_id in library.areas():
        level = "town" if len(text.address_id) == 9 else "community"
        return (text.level, text.base) == (level, text.address_id)
    row, base = library.by_id()[text.address_id], library.by_id()[text.base]
    shown = {part: row[part] for part in PARTS} | ({"road_no": ""} if text.level == "poi" else {})
    return (
        text.level == row["level"]
        and base["level"] in ("road", "quarter", "poi")
        and text.address_id.startswith(text.base)
        and {part: getattr(text, part) for part in PARTS} == shown
    )


def test_what_is_not_matched_names_no_answer():
    for text in texts():
        if text.status != "matched":
            told = (text.level, text.base, text.address_id, text.road_no, text.building, text.unit)
            assert set(told) == {""}, text.n


def test_what_goes_to_review_has_two_candidates_that_exist():
    for text in texts():
        assert all(one in library.by_id() or one in library.areas() for one in text.also), text.n
        if text.status == "review":
            assert len(text.also) >= 2, text.n


def test_homonyms_and_missing_zones_go_to_review_and_negatives_nowhere():
    status = {category: set() for category in ("homonym", "negative", "evidence")}
    for text in texts():
        status.setdefault(text.category, set()).add(text.status)
    assert status["homonym"] == {"review"}
    assert status["negative"] == {"none"}
    assert status["evidence"] == {"matched"}


def test_the_library_is_written_as_canonical_columns(tmp_path):
    file = library.write(tmp_path / "library.csv")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(",") == list(library.COLUMNS)
    assert len(lines) == len(library.rows()) + 1


def test_the_right_answers_judge_themselves_right():
    judged = score(gold(), gold(), library.by_id())
    assert (judged.precision, judged.recall, judged.accepted) == (1.0, 1.0, 1.0)
