"""Our own labelled texts: always the same, and labelled where they say they are."""

from __future__ import annotations

from geodata.addresses.crf.rows import as_json, labelled
from geodata.addresses.crf.train import main
from geodata.addresses.crf.written import written

LABELS = {
    *("province", "city", "district", "town", "community", "village", "road", "road_no"),
    *("sub_road", "poi", "sub_poi", "building", "unit", "floor", "room"),
    *("intersection", "distance", "assist", "other"),
}


def test_the_same_seed_writes_the_same_texts():
    assert written(50, seed=3) == written(50, seed=3)
    assert written(50, seed=3) != written(50, seed=4)


def test_elements_lie_where_they_say_and_bear_a_label_of_the_common_scheme():
    rows = written(3000, seed=5)
    for row in rows:
        end = 0
        for element in row.elements:
            assert end <= element.start < element.end <= len(row.text)
            assert element.text == row.text[element.start : element.end]
            end = element.end
    assert {element.label for row in rows for element in row.elements} == LABELS


def test_written_texts_are_read_back_as_rows(tmp_path):
    rows = written(20, seed=6)
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(as_json(rows)), encoding="utf-8")
    assert labelled(file) == rows


def test_weights_are_learned_from_a_file_or_from_written_texts(tmp_path):
    out = tmp_path / "small.npz"
    assert main(["written:60:2", str(out), "--iterations", "3"]) == 0
    assert out.stat().st_size > 0


def test_what_cannot_be_learned_from_is_refused_in_one_line(tmp_path, capsys):
    for told in ("written:many", str(tmp_path / "missing.jsonl")):
        assert main([told, str(tmp_path / "never.npz")]) == 2
        assert capsys.readouterr().err.count("\n") == 1
