"""Laws of proposals, for any head and any values."""

from __future__ import annotations

import itertools
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.mapping import KINDS, mapping_of, read_mapping
from geodata.intake.proposal import propose
from geodata.intake.proposal.matching import LEAST, assign
from geodata.intake.proposal.synonyms import SYNONYMS

SAID = sorted({s for names in SYNONYMS.values() for many in names.values() for s in many})
NAMES = st.one_of(
    st.sampled_from(SAID), st.sampled_from(["lon", "created_at", "大类", "小类"]), st.text()
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "2024-05-01", "2024/5/1 8:30", "8:30", "05/06/2024", "已办结", "118.05", "36.81"]
    ),
    st.sampled_from(["39594000", "POINT (118 36)", "13805330001", "柳泉路88号", "18:00-24:00"]),
    st.text(max_size=12),
)


@st.composite
def files(draw):
    """A head and the columns' values."""
    head = draw(st.lists(NAMES, max_size=12, unique=True))
    rows = draw(st.integers(0, 5))
    columns = st.lists(VALUES, min_size=rows, max_size=rows)
    return head, {name: draw(columns) for name in head}


@given(st.sampled_from(KINDS), files(), st.booleans())
def test_a_proposal_can_be_read_and_fits_the_head_it_was_made_from(kind, file, has_geometry):
    head, samples = file
    proposal = propose(kind, head, samples, has_geometry=has_geometry)
    assert tomllib.loads(proposal.toml) == proposal.values
    mapping = mapping_of(proposal.values, "proposed")
    assert mapping.fits(head)
    assert mapping.kind == kind


def test_a_proposal_is_written_as_a_file_that_is_read(tmp_path):
    path = tmp_path / "proposed.toml"
    proposal = propose("tickets", ["工单编号", "受理时间"], {}, has_geometry=False)
    path.write_text(proposal.toml, encoding="utf-8")
    assert read_mapping(path) == mapping_of(proposal.values, "proposed")


@given(st.sampled_from(sorted(SYNONYMS)), files(), st.booleans(), st.randoms())
def test_the_order_of_the_columns_changes_nothing(kind, file, has_geometry, random):
    head, samples = file
    shuffled = random.sample(head, len(head))
    turned = {name: samples[name] for name in shuffled}
    assert propose(kind, head, samples, has_geometry=has_geometry) == propose(
        kind, shuffled, turned, has_geometry=has_geometry
    )


@given(st.sampled_from(sorted(SYNONYMS)), st.data(), st.booleans())
def test_a_canonical_head_maps_to_itself(kind, data, has_geometry):
    head = data.draw(st.permutations(list(SYNONYMS[kind])))
    samples = {name: data.draw(st.lists(VALUES.filter(_is_no_secret), max_size=4)) for name in head}
    proposal = propose(kind, head, samples, has_geometry=has_geometry)
    columns = proposal.values["columns"]
    assert {
        target: given["column"] if isinstance(given, dict) else given
        for target, given in columns.items()
    } == {name: name for name in head}


@given(st.sampled_from(sorted(SYNONYMS)), files())
def test_no_column_is_used_twice(kind, file):
    head, samples = file
    columns = propose(kind, head, samples, has_geometry=False).values["columns"]
    used = [source for given in columns.values() for source in _sources(given)]
    assert len(used) == len(set(used))
    assert set(used) <= set(head)


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_the_assignment_is_the_best_there_is(n, m, data):
    values = st.one_of(st.just(0.0), st.floats(LEAST, 1))
    scores = [[data.draw(values) for _ in range(m)] for _ in range(n)]
    pairs = assign(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert _worth(scores, pairs) == pytest.approx(
        max(_worth(scores, dict(p)) for p in _every(n, m)), abs=1e-9
    )


def _every(n, m):
    """All ways to give rows columns of their own."""
    width = max(n, m)
    for order in itertools.permutations(range(width), n):
        yield {r: c for r, c in enumerate(order) if c < m}


def _worth(scores, pairs):
    return sum(scores[r][c] ** 2 for r, c in pairs.items())


def _sources(given):
    if isinstance(given, str):
        return [given]
    if isinstance(given, list):
        return given
    return [value for key, value in given.items() if key != "optional"]


def _is_no_secret(text):
    return text != "13805330001"
