"""How sure a boundary is: against crfsuite token by token, and against every sequence there is."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.addresses.crf import Labeller
from geodata.addresses.crf.attributes import described
from geodata.addresses.crf.certainty import marginals
from geodata.addresses.crf.decoding import emissions
from geodata.addresses.crf.model import Model, of_crfsuite
from geodata.addresses.crf.names import divisions
from geodata.addresses.crf.training import Settings, opened, train, words
from geodata.addresses.crf.written import written

NAMES = ("O", "B-poi", "I-poi", "B-road", "I-road")
BIOES = ("O", "B-poi", "I-poi", "E-poi", "S-poi")
TINY = ("柳泉路12", "在世纪 花园", "a1b2", "路")


@pytest.fixture(scope="module")
def shipped():
    return Labeller.load()


def codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def random_model(texts, names, seed) -> Model:
    """A model that knows every attribute of the texts and weighs it at random."""
    chance = np.random.default_rng(seed)
    known = np.unique(np.concatenate([described(codes(t), divisions())[2].ravel() for t in texts]))
    many = len(names)
    return Model(
        names=np.array(names),
        transitions=chance.normal(size=(many, many)),
        attributes=known,
        counts=np.full(known.size, many, np.uint8),
        labels=np.tile(np.arange(many, dtype=np.uint8), known.size),
        weights=chance.normal(0, 0.3, known.size * many).astype(np.float32),
    )


def elements_of(names, starts, ends):
    """The spans a sequence of labels tells: an element goes on where its kind does, in I or E."""
    spans, kind = [], ""
    for name, start, end in zip(names, starts, ends, strict=True):
        if name != "O" and name[0] in "IE" and name[2:] == kind:
            spans[-1] = (spans[-1][0], end)
        elif name != "O":
            spans.append((start, end))
        kind = name[2:]
    return spans


def every_sequence(model, text):
    """All sequences of labels with their probabilities, as the spans that they tell."""
    count, tokens, rows = described(codes(text), divisions())
    scores = emissions(rows, model.laid_out())
    weights, told = [], []
    for labels in product(range(len(model.names)), repeat=count):
        score = sum(scores[at, label] for at, label in enumerate(labels))
        score += sum(model.transitions[a, b] for a, b in pairwise(labels))
        weights.append(exp(score))
        told.append(
            elements_of(
                [str(model.names[label]) for label in labels],
                tokens.starts[:count].tolist(),
                tokens.ends[:count].tolist(),
            )
        )
    return np.array(weights) / sum(weights), told


@pytest.mark.parametrize("names", [NAMES, BIOES])
@pytest.mark.parametrize("text", TINY)
def test_an_element_is_as_sure_as_all_sequences_that_have_it(text, names):
    model = random_model(TINY, names, seed=len(text))
    shares, told = every_sequence(model, text)
    (reading,) = Labeller(model).read([text], marginals=True)
    expected = [
        sum(share for share, spans in zip(shares, told, strict=True) if (e.start, e.end) in spans)
        for e in reading.elements
    ]
    assert reading.sure == pytest.approx(expected)


@pytest.mark.parametrize("names", [NAMES, BIOES])
@pytest.mark.parametrize("text", TINY)
def test_agreement_is_the_share_of_sequences_in_which_no_element_crosses_an_end(text, names):
    model = random_model(TINY, names, seed=1 + len(text))
    shares, told = every_sequence(model, text)
    places = range(len(text) + 1)
    asked = [(start, end) for start, end in product(places, places) if start < end]
    expected = [
        sum(
            share
            for share, spans in zip(shares, told, strict=True)
            if not any(one < place < other for one, other in spans for place in span)
        )
        for span in asked
    ]
    found = Labeller(model).agreements([text] * len(asked), asked)
    assert found == pytest.approx(expected, abs=1e-9)


def test_labels_of_a_token_are_as_likely_as_crfsuite_says(tmp_path):
    train(written(300, seed=17), tmp_path / "own.crfsuite", Settings(iterations=12))
    tagger = opened(tmp_path / "own.crfsuite")
    model = of_crfsuite(tagger)
    weights = model.laid_out()
    for row in written(40, seed=18):
        tagger.set(words(row.text))
        scores = emissions(described(codes(row.text), divisions())[2], weights)
        for at, shares in enumerate(marginals(scores, weights.transitions)):
            theirs = [tagger.marginal(str(name), at) for name in model.names]
            assert shares == pytest.approx(theirs, rel=1e-3, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=40) | st.text("张店区12号楼单元路-# 　Ａａ", min_size=1), st.data()
)
def test_what_is_sure_is_a_probability_and_no_smaller_than_that_of_the_whole(shipped, text, data):
    (reading,) = shipped.read([text], marginals=True)
    assert len(reading.sure) == len(reading.elements)
    assert all(reading.probability - 1e-6 <= share <= 1 for share in reading.sure)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert 0 <= shipped.agreement(text, start, end) <= 1
    assert shipped.agreement(text, 0, len(text)) == pytest.approx(1)


def test_certainty_is_told_only_when_asked_and_changes_no_reading(shipped):
    texts = [row.text for row in written(50, seed=19)]
    plain, told = shipped.read(texts), shipped.read(texts, marginals=True)
    assert not any(reading.sure for reading in plain)
    assert [(r.elements, r.probability) for r in plain] == [
        (r.elements, r.probability) for r in told
    ]


@pytest.mark.parametrize("text", ["恒大世纪花园3号楼漏水", "世纪花园幼儿园饭菜不新鲜"])
def test_a_name_that_is_part_of_a_longer_one_disagrees_with_its_text(shipped, text):
    start = text.index("世纪花园")
    assert shipped.agreement(text, start, start + 4) < 0.2


@pytest.mark.parametrize(
    "text", ["俺家住世纪花园电梯坏了", "世纪花园的路灯不亮", "路过世纪花园闻见一股臭味", "世纪花园"]
)
def test_a_name_with_prose_around_it_agrees_with_its_text(shipped, text):
    start = text.index("世纪花园")
    assert shipped.agreement(text, start, start + 4) > 0.8


def test_agreements_are_told_for_each_text_by_itself(shipped):
    texts = ["柳泉路88号", "在世纪花园", ""]
    assert shipped.agreements(texts[:2], [(0, 3), (1, 5)]) == [
        shipped.agreement(texts[0], 0, 3),
        shipped.agreement(texts[1], 1, 5),
    ]
    assert shipped.agreements([], []) == []


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 2), (0, 4)])
def test_a_span_outside_its_text_is_refused(shipped, span):
    with pytest.raises(ValueError, match="does not lie in"):
        shipped.agreement("柳泉路", *span)
