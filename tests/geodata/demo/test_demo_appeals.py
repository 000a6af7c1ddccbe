from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely

from geodata.demo import frames
from geodata.demo.outline import outline
from geodata.demo.sheets import column

UTC = dt.UTC
STEPS = ("created_at", "dispatched_at", "signed_at", "contacted_at", "handled_at", "visited_at",
         "closed_at")  # fmt: skip
KNOWN_STEPS = {
    "accepted": {0}, "dispatched": {1}, "returned": {1}, "signed": {2}, "handling": {3},
    "suspended": {3}, "submitted": {4}, "verified": {4}, "callback": {5}, "rework": {5},
    "closed": {6}, "archived": {6},
}  # fmt: skip


@pytest.fixture(scope="session")
def tickets(district):
    return district["tickets"]


@pytest.fixture(scope="session")
def local(tickets):
    """Local moments as datetime64."""
    utc = tickets["created_at"].to_numpy().astype("datetime64[s]")
    return utc + np.timedelta64(8, "h")


@pytest.fixture(scope="session")
def smoke(tickets):
    return tickets["smoke"].to_numpy(zero_copy_only=False)


def _appeals(until: dt.date) -> pa.Table:
    return pa.concat_tables(t for name, t in frames("tiny", 7, until) if name == "tickets")


def test_they_rise_by_the_moment_they_came_and_end_with_the_last_day(local):
    assert (np.diff(local) >= np.timedelta64(0)).all()
    assert local[0] >= np.datetime64("2023-01-01")
    assert np.datetime64("2026-06-30") <= local[-1] < np.datetime64("2026-07-01")


def test_ids_are_unique_and_tell_channel_and_day(tickets, local):
    ids = tickets["id"].to_pylist()
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\d{16}", each) for each in ids)
    days = np.datetime_as_string(local.astype("datetime64[D]"))
    assert all(i[2:10] == day.replace("-", "") for i, day in zip(ids, days, strict=True))


def test_the_week_has_its_rhythm(local):
    weekday = (local.astype("datetime64[D]").astype(int) + 3) % 7
    count = np.bincount(weekday)
    assert count[0] == count.max()
    assert count[5:].mean() < 0.9 * count[:5].mean()


def test_the_day_has_two_humps(local):
    hour = np.bincount(local.astype("datetime64[h]").astype(int) % 24, minlength=24)
    assert hour[8:11].mean() > 1.3 * hour[12:14].mean()
    assert hour[14:17].mean() > 1.2 * hour[12:14].mean()
    assert hour[2:5].mean() < 0.15 * hour[8:11].mean()


def test_smoke_is_three_to_five_of_a_hundred_and_comes_in_the_evening(local, smoke):
    assert 0.025 < smoke.mean() < 0.055
    hour = local.astype("datetime64[h]").astype(int) % 24
    assert (hour[smoke] >= 17).mean() > 0.65
    assert (hour[~smoke] >= 17).mean() < 0.45


def test_the_barbecue_spring_of_2023_shows(local, smoke):
    month = local.astype("datetime64[M]")

    def share(year):
        spring = (month >= np.datetime64(f"{year}-04")) & (month <= np.datetime64(f"{year}-06"))
        return smoke[spring].sum()

    assert share(2023) > 2 * share(2024)
    assert share(2023) > 2 * share(2025)


def test_cold_radiators_belong_to_the_winter(tickets, local):
    cold = pc.match_substring(tickets["category"], "暖气不热").to_numpy(zero_copy_only=False)
    month = local.astype("datetime64[M]").astype(int) % 12 + 1
    assert np.isin(month[cold], (10, 11, 12, 1, 2, 3)).mean() > 0.97


def test_three_of_a_hundred_have_no_place_and_most_have_an_address(tickets):
    nowhere = tickets["lon"].null_count / len(tickets)
    assert 0.02 < nowhere < 0.045
    assert 0.9 < 1 - tickets["address_id"].null_count / len(tickets) < 0.98
    lost = tickets.filter(pc.is_null(tickets["lon"]))
    for name in ("lat", "area"):
        assert lost[name].null_count == len(lost)


def test_those_that_came_without_an_address_are_placed_by_what_they_say(district, tickets):
    rows = {row["id"]: row for row in district["addresses"].to_pylist()}
    found = tickets.filter(pc.equal(tickets["address_by"], "matched")).to_pylist()
    assert 0.08 < len(found) / len(tickets) < 0.14
    assert {rows[row["address_id"]]["level"] for row in found} >= {"road", "quarter", "unit", "poi"}
    houses = [r for r in found if rows[r["address_id"]]["level"] in {"building", "unit", "room"}]
    assert np.mean([row["distance_m"] < 50 for row in houses]) > 0.97
    assert set(tickets["address_by"].unique().to_pylist()) == {None, "matched"}


def test_a_name_that_no_book_knows_waits_for_a_clerk(tickets):
    nicknames = column("phrases/nicknames", "name")
    said = [row for row in tickets.select(["address", "address_id", "lon"]).to_pylist()
            if row["address"] and any(name in row["address"] for name in nicknames)]  # fmt: skip
    assert said
    assert all(row["address_id"] is None for row in said)


def test_coordinates_are_those_of_the_address_or_lie_in_the_district(district, tickets):
    rows = district["addresses"].to_pylist()
    where = {row["id"]: (row["lon"], row["lat"]) for row in rows}
    placed = tickets.filter(pc.is_valid(tickets["lon"]))
    for row in placed.select(["address_id", "address_by", "lon", "lat"]).to_pylist():
        if row["address_id"] and not row["address_by"]:
            assert where[row["address_id"]] == (row["lon"], row["lat"])
    shape = outline()
    shapely.prepare(shape)
    assert shapely.contains_xy(shape, placed["lon"].to_numpy(), placed["lat"].to_numpy()).all()


def test_smoke_gathers_at_the_barbecue_places(tickets, smoke):
    lon, lat = (tickets[axis].to_numpy(zero_copy_only=False) for axis in ("lon", "lat"))
    placed = ~np.isnan(lon)
    x, y = lon * 89_200, lat * 111_000
    cells = np.column_stack([x // 400, y // 400])

    def top_share(which):
        _, count = np.unique(cells[which & placed], axis=0, return_counts=True)
        return np.sort(count)[::-1][:40].sum() / count.sum()

    assert top_share(smoke) > 0.6
    assert top_share(~smoke) < 0.4


def test_the_tree_has_sixty_leaves_of_three_levels(tickets):
    paths = tickets["category"].unique().to_pylist()
    assert len(paths) >= 60
    assert all(len(path.split("/")) == 3 for path in paths)


def test_only_cooking_smoke_counts_as_smoke(tickets, smoke):
    assert np.array_equal(
        pc.starts_with(tickets["category"], "市容环境/餐饮油烟/").to_numpy(zero_copy_only=False),
        smoke,
    )


def test_steps_are_in_order_and_as_far_as_the_state_says(tickets):
    end = dt.datetime(2026, 6, 30, 16, tzinfo=UTC)
    for row in tickets.select([*STEPS, "state", "due_at"]).to_pylist():
        known = [row[step] for step in STEPS if row[step] is not None]
        assert known == [row[step] for step in STEPS[: len(known)]]
        assert known == sorted(known)
        assert known[-1] <= end
        assert len(known) - 1 in KNOWN_STEPS[row["state"]]
        assert row["due_at"] > row["created_at"]


def test_results_and_satisfaction_come_with_their_steps(tickets):
    handled, visited = (pc.is_valid(tickets[step]) for step in ("handled_at", "visited_at"))
    assert pc.is_valid(tickets["result"]).equals(handled)
    said = pc.is_valid(tickets["satisfaction"])
    assert not pc.any(pc.and_not(said, visited)).as_py()
    assert pc.sum(said).as_py() > 0.8 * pc.sum(visited).as_py()


def test_old_appeals_are_closed_and_few_new_ones_overdue(tickets):
    now = np.datetime64("2026-06-30T16:00:00")
    created = tickets["created_at"].to_numpy().astype("datetime64[s]")
    due = tickets["due_at"].to_numpy().astype("datetime64[s]")
    state = np.array(tickets["state"].to_pylist())
    still = ~np.isin(state, ("closed", "archived"))
    old = created < now - np.timedelta64(60, "D")
    assert still[old].mean() < 0.01
    assert (state[still & old] == "suspended").all()
    new = created >= now - np.timedelta64(30, "D")
    assert 0.03 < still[new].mean() < 0.25
    assert (still & (due < now))[new].mean() < 0.08


def test_some_are_late(tickets):
    closed = tickets.filter(pc.is_valid(tickets["closed_at"]))
    late = pc.mean(pc.cast(pc.greater(closed["closed_at"], closed["due_at"]), pa.int32())).as_py()
    assert 0.05 < late < 0.2


def test_texts_are_many_and_name_the_place_as_it_was_said(tickets):
    rows = tickets.select(["text", "address", "channel"]).to_pylist()
    assert len({row["text"] for row in rows}) > 0.97 * len(rows)
    named = [row for row in rows if row["address"]]
    spoken = sum(row["address"].replace(":", "") in row["text"] for row in named)
    assert spoken > 0.97 * len(named)
    assert not any(re.search("[{}]", row["text"]) for row in rows)


def test_telephone_numbers_are_few_and_of_the_reserved_form(tickets):
    numbers = [n for text in tickets["text"].to_pylist() for n in re.findall(r"1\d{10}", text)]
    assert 0 < len(numbers) < 0.015 * len(tickets)
    assert all(number.startswith("1380000") for number in numbers)


def test_a_shared_past_is_the_same_whatever_the_last_day(tickets):
    earlier = _appeals(dt.date(2025, 3, 18))
    later = tickets.slice(0, len(earlier))
    told = {"state", "closed_at", "result", "satisfaction", *STEPS[1:]}
    for name in set(earlier.column_names) - told:
        assert earlier[name].combine_chunks().equals(later[name].combine_chunks()), name
    end = dt.datetime(2025, 3, 18, 16, tzinfo=UTC)
    for name in STEPS[1:]:
        hidden = [v if v is not None and v <= end else None for v in later[name].to_pylist()]
        assert earlier[name].to_pylist() == hidden
    assert earlier["created_at"][-1].as_py() < end <= tickets["created_at"][len(earlier)].as_py()


def test_a_demonstration_may_end_before_it_begins():
    assert not [name for name, _ in frames("tiny", 7, dt.date(2022, 12, 31)) if name == "tickets"]
