"""Tickets as JSON and tickets as a file's rows: one form, the same checks."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.intake.items import COLUMNS, Refused
from geodata.intake.kinds import CHECKS
from geodata.intake.live import LIMIT, Batch, Usage, batch_of, checked
from geodata.intake.mapping import SHIPPED, read_mapping
from geodata.intake.rows import canonical, table
from geodata.store.ground import canonical as of_journal
from geodata.store.journal import Entry

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}
ZONE = "Asia/Shanghai"


def found(*items, crs: str = "EPSG:4326", known: tuple[str, ...] = ()) -> list:
    (answer,) = checked([Batch(list(items), crs)], Usage(ZONE, known))
    return answer


# ---- the same as a file ----

ROWS = [
    {**T, "lon": 118.005, "lat": 36.815, "text": "太吵", "address": "世纪花园3号楼"},
    {
        **T,
        "id": "L2",
        "category": "市容环境/餐饮油烟/烧烤油烟",
        "closed_at": "2020-11-23T08:00:00Z",
    },
    {
        **T,
        "id": "L3",
        "text": "楼下烧烤烟大",
        "state": "handling",
        "channel": "电话",
        "area": "111",
    },
    {**T, "id": "L4", "created_at": "2020-11-22 10:00:00.25+0800", "lon": 0, "lat": 0},
    {**T, "id": "L5", "due_at": "2020-11-30", "department": "执法局", "address_id": "A4"},
    {**T, "id": "L6", "created_at": "1900-01-01"},
    {**T, "id": "L7", "closed_at": "soon"},
    {**T, "id": "L8", "lon": 36.8, "lat": 118.0},
    {**T, "id": "L9", "category": ""},
]
HEAD = [name for name in COLUMNS if any(name in row for row in ROWS)]


def test_what_lands_and_what_is_refused_is_what_a_file_of_the_same_rows_gives(tmp_path):
    lines = [",".join(HEAD), *(",".join(str(row.get(n, "")) for n in HEAD) for row in ROWS)]
    file = tmp_path / "tickets.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    sheet, _ = read_sheet(file)
    mapping = read_mapping(SHIPPED / "canonical_tickets.toml")
    rows = canonical(sheet, mapping, timezone=ZONE, is_demo=False)
    CHECKS["tickets"](rows)
    live = found(*ROWS)
    entries = [one for one in live if isinstance(one, Entry)]
    assert of_journal([entry.row for entry in entries]).equals(table(rows))
    told = [(one.errors[0].line, one.errors[0].reason) for one in live if isinstance(one, Refused)]
    assert told == [(row, rows.bad[row].reason) for row in sorted(rows.bad)]
    assert len(told) == 4


def test_the_mapping_knows_the_keywords_of_smoke():
    one, two = (
        orjson.loads(entry.row) for entry in found(T, {**T, "id": "L2", "text": "油烟很大"})
    )
    assert (one["smoke"], two["smoke"]) == (False, True)


# ---- several requests at once ----

ITEM = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", " a", "c", 5, None])},
    optional={
        "created_at": st.sampled_from(["2020-11-22", "x", "2020-11-22T10:00Z", None]),
        "category": st.sampled_from(["噪声", "Noise/Loud", "", None, 5]),
        "lon": st.sampled_from([118.0, 1e300, None, "x", 0]),
        "lat": st.sampled_from([36.8, 118.0, None]),
        "crs": st.sampled_from(["GCJ-02", "EPSG:4527", "EPSG:1", None, 7]),
        "text": st.text(max_size=5),
        "other": st.none(),
    },
)
REQUEST = st.lists(ITEM | st.none() | st.integers(), min_size=1, max_size=4)
CRS = st.sampled_from(["EPSG:4326", "BD-09", "EPSG:3857"])


@given(st.lists(st.builds(Batch, REQUEST, CRS), min_size=1, max_size=4))
def test_requests_that_are_checked_together_fare_as_if_each_came_alone(batches):
    alone = [checked([batch], Usage(ZONE))[0] for batch in batches]
    assert checked(batches, Usage(ZONE)) == alone


@given(REQUEST)
def test_every_item_is_taken_or_refused_with_a_reason_and_a_cure(items):
    answer = found(*items)
    assert len(answer) == len(items)
    for index, one in enumerate(answer):
        if isinstance(one, Refused):
            assert all(e.line == index and e.reason and e.cure for e in one.errors)
            assert one.errors


def test_of_one_id_in_two_requests_both_are_taken():
    answers = checked([Batch([T]), Batch([{**T, "text": "x"}])], Usage(ZONE))
    assert [len(answer) for answer in answers] == [1, 1]
    assert all(isinstance(answer[0], Entry) for answer in answers)


def test_the_same_content_has_the_same_digest_however_it_is_written():
    (one,), (two,) = checked(
        [
            Batch([T]),
            Batch([{**T, "created_at": "2020-11-22T02:00:00Z", "text": None, "lon": None}]),
        ],
        Usage(ZONE),
    )
    assert one.digest == two.digest
    (other,) = found({**T, "text": "x"})
    assert other.digest != one.digest


# ---- spelling ----


def test_a_category_is_spelled_as_it_was_first():
    usage = Usage(ZONE, ["Noise/Loud"])
    for given_, spelled in (("NOISE/loud", "Noise/Loud"), ("noise/Soft", "Noise/Soft")):
        ((entry,),) = checked([Batch([{**T, "category": given_}])], usage)
        assert orjson.loads(entry.row)["category"] == spelled
    ((entry,),) = checked([Batch([{**T, "category": "NOISE/SOFT"}])], usage)
    assert orjson.loads(entry.row)["category"] == "Noise/Soft"


def test_only_the_spellings_that_are_asked_for_are_told():
    usage = Usage(ZONE, ["a/b/c", "d"])
    assert usage.spellings(["A/B/x"]) == ("a", "a/b")
    assert usage.spellings(["x", ""]) == ()


# ---- bodies ----

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
)


def batch_or_sentence(body: bytes) -> Batch | str:
    try:
        return batch_of(body)
    except DataError as error:
        return str(error)


@given(JSON | st.fixed_dictionaries({"tickets": JSON}, optional={"crs": JSON}))
def test_any_json_at_all_is_a_batch_or_a_sentence(value):
    told = batch_or_sentence(json.dumps(value).encode())
    assert told
    if isinstance(told, Batch):
        assert 1 <= len(told.items) <= LIMIT
        assert len(checked([told], Usage(ZONE))[0]) == len(told.items)


@given(st.binary(max_size=30))
def test_any_bytes_at_all_are_a_batch_or_a_sentence(body):
    assert batch_or_sentence(body)


def test_the_nearest_crs_counts():
    body = orjson.dumps({"tickets": [T], "crs": "BD-09"})
    assert batch_of(body, "GCJ-02").crs == "BD-09"
    assert batch_of(orjson.dumps([T]), "GCJ-02").crs == "GCJ-02"
    assert batch_of(orjson.dumps(T)).crs == "EPSG:4326"


@pytest.mark.parametrize("name", ["gcj-02", "EPSG:1", "EPSG:4979", "EPSG:4326 ", "4326", "x" * 500])
def test_a_crs_that_is_none_is_named(name):
    with pytest.raises(DataError, match=r"crs is .*write EPSG"):
        batch_of(orjson.dumps(T), name)
