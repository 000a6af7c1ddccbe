"""The command that judges the methods on public sets, on sets small enough to make here."""

from __future__ import annotations

import json

import pytest

from geodata.addresses.crf.rows import as_json
from geodata.addresses.crf.written import written
from geodata.addresses.evaluate.__main__ import main


def last_line(capsys) -> dict[str, float]:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def kept(path, rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_parsing_is_judged_by_exact_elements(tmp_path, capsys):
    files = []
    for name, seed in (("train", 1), ("test", 2)):
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_text("\n".join(as_json(written(120, seed=seed))), encoding="utf-8")
    assert main(["parse", *map(str, files)]) == 0
    figures = last_line(capsys)
    assert set(figures) == {"precision", "recall", "f1"}
    assert 0.5 < figures["f1"] <= 1


def queries(first: int, count: int) -> list[dict[str, object]]:
    """Same door, same road, and another road; which is which can be seen."""
    return [
        {
            "query": f"张店区柳泉路{n}号",
            "candidates": [
                {"text": f"柳泉路{n}号", "label": "exact"},
                {"text": "张店区柳泉路", "label": "partial"},
                {"text": f"临淄区牛山路{n + 7}号", "label": "none"},
            ],
        }
        for n in range(first, first + count)
    ]


def test_pairs_are_judged_by_the_mean_over_the_three_answers(tmp_path, capsys):
    train = kept(tmp_path / "train.jsonl", queries(100, 60))
    assert main(["pairs", train, kept(tmp_path / "test.jsonl", queries(300, 10))]) == 0
    assert last_line(capsys)["f1"] > 0.9


def catalogues(folder):
    names = ["牧羊村烧烤", "银座商城", "人民公园", "张店火车站"]
    for kind, end in (("left", ""), ("right", "店")):
        rows = [
            {"id": f"{kind}{n}", "name": name + end, "lon": 118 + n / 100, "lat": 36.8}
            for n, name in enumerate(names)
        ]
        kept(folder / f"set.{kind}.jsonl", rows)
    return [{"left": f"left{n}", "right": f"right{n}"} for n in range(len(names))]


def test_places_are_found_in_the_catalogue_beside_the_file(tmp_path, capsys):
    pairs = catalogues(tmp_path)
    train = kept(tmp_path / "set.a.pairs.jsonl", pairs[:2])
    assert main(["poi", train, kept(tmp_path / "set.b.pairs.jsonl", pairs[2:])]) == 0
    assert last_line(capsys) == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize("task", ["parse", "pairs", "poi"])
@pytest.mark.parametrize("content", ["", "no json", "[1]", '{"text": 1}', '{"a": "1", "b": "2"}'])
def test_a_file_that_cannot_be_judged_is_refused_in_one_line(tmp_path, capsys, task, content):
    file = tmp_path / "set.jsonl"
    file.write_text(content, encoding="utf-8")
    assert main([task, str(file), str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1


def test_a_missing_file_is_refused(tmp_path, capsys):
    assert main(["parse", str(tmp_path / "none.jsonl"), str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_an_element_outside_its_text_is_refused(tmp_path, capsys):
    row = {"text": "柳泉路", "elements": [{"start": 0, "end": 9, "label": "road"}]}
    file = kept(tmp_path / "bad.jsonl", [row])
    assert main(["parse", file, file]) == 2
    assert "start and end" in capsys.readouterr().err
