"""The second reading: what crfsuite says, said faster, with spans in the text as given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.addresses.crf import WEIGHTS, Labeller
from geodata.addresses.crf.attributes import described
from geodata.addresses.crf.decoding import emissions, likeliest
from geodata.addresses.crf.model import Model, loaded, of_crfsuite
from geodata.addresses.crf.names import divisions
from geodata.addresses.crf.rows import Labelled, labelled
from geodata.addresses.crf.training import Settings, opened, train, words
from geodata.addresses.crf.written import written
from geodata.errors import DataError

PUBLIC = Path(__file__).resolve().parents[5] / "shared" / "data" / "address"
QUICK = Settings(iterations=12)


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """Crfsuite's tagger on some of our texts, and our model of the same."""
    return pair(written(300, seed=7), tmp_path_factory.mktemp("crf") / "own.crfsuite")


@pytest.fixture(scope="module")
def shipped():
    return Labeller.load()


def pair(rows: list[Labelled], file: Path) -> tuple[object, Model]:
    train(rows, file, QUICK)
    tagger = opened(file)
    return tagger, of_crfsuite(tagger)


def codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def names_of(model: Model, text: str) -> list[str]:
    weights = model.laid_out()
    _, _, rows = described(codes(text), divisions())
    labels, _ = likeliest(emissions(rows, weights), weights.transitions)
    return [str(model.names[label]) for label in labels]


def agree(tagger, model, texts):
    reader = Labeller(model)
    for text, reading in zip(texts, reader.read(texts), strict=True):
        assert names_of(model, text) == tagger.tag(words(text))
        best = tagger.probability(tagger.tag())
        assert reading.probability == pytest.approx(best, rel=1e-3, abs=1e-6)


def test_labels_and_probability_are_those_of_crfsuite_on_our_own_texts(learned):
    agree(*learned, [row.text for row in written(150, seed=8)])


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="../shared/data/address is not here")
@pytest.mark.parametrize("name", ["naacl2019", "ccks2021_t2"])
def test_labels_and_probability_are_those_of_crfsuite_on_a_public_set(name, tmp_path):
    rows = labelled(PUBLIC / f"{name}.dev.jsonl")
    tagger, model = pair(rows[:200], tmp_path / "public.crfsuite")
    agree(tagger, model, [row.text for row in rows[200:400]])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(max_size=40) | st.text("张店区12号楼单元路-# 　Ａａ\ud800", max_size=40), max_size=4
    )
)
def test_elements_lie_in_their_text_in_order_and_apart(shipped, texts):
    for text, reading in zip(texts, shipped.read(texts), strict=True):
        assert 0 < reading.probability <= 1
        end = 0
        for element in reading.elements:
            assert end <= element.start < element.end <= len(text)
            assert element.text == text[element.start : element.end]
            end = element.end


def test_a_very_long_text_still_has_a_probability(shipped):
    (reading,) = shipped.read(["柳泉路88号3号楼" * 800])
    assert 0 < reading.probability <= 1
    assert len(reading.elements) > 800


def test_texts_are_read_each_by_itself(shipped):
    texts = [row.text for row in written(50, seed=9)]
    assert shipped.read(texts) == [shipped.read([text])[0] for text in texts]


def test_an_address_is_read_from_the_city_to_the_room(shipped):
    (reading,) = shipped.read(["淄博市张店区柳泉路88号世纪花园3号楼2单元501室"])
    assert [(e.label, e.text) for e in reading.elements] == [
        ("city", "淄博市"),
        ("district", "张店区"),
        ("road", "柳泉路"),
        ("road_no", "88号"),
        ("poi", "世纪花园"),
        ("building", "3号楼"),
        ("unit", "2单元"),
        ("room", "501室"),
    ]


def test_nearly_all_elements_of_texts_never_seen_are_found(shipped):
    rows = written(400, seed=10)
    found = [set(reading.elements) for reading in shipped.read([row.text for row in rows])]
    right = sum(len(one & set(row.elements)) for one, row in zip(found, rows, strict=True))
    assert right / sum(len(row.elements) for row in rows) > 0.95


def test_the_shipped_weights_are_small(shipped):
    assert WEIGHTS.stat().st_size < 1_000_000


def test_a_model_is_the_same_after_it_is_kept_in_a_file(learned, tmp_path):
    _, model = learned
    model.save(tmp_path / "kept.npz")
    again = loaded(tmp_path / "kept.npz")
    texts = [row.text for row in written(30, seed=11)]
    assert Labeller(again).read(texts) == Labeller(model).read(texts)


@pytest.mark.parametrize("content", [b"", b"no weights", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_holds_no_weights_is_named(tmp_path, content):
    file = tmp_path / "broken.npz"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"broken\.npz"):
        loaded(file)


def test_nothing_compiled_is_imported_before_the_first_reading():
    asked = "import sys, geodata.addresses.crf; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
