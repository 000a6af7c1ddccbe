from __future__ import annotations

import shapely

from geodata.base.features import landmarks, roads


def test_a_road_is_a_line_with_a_name_and_a_grade(reader):
    (row,) = [row for batch in roads(reader) for row in batch.to_pylist()]
    assert (row["id"], row["name"], row["grade"]) == ("R1", "柳泉路", "主干道")
    assert shapely.from_wkb(row["geometry"]).geom_type == "LineString"


def test_a_landmark_is_a_point_with_a_name(reader):
    (row,) = [row for batch in landmarks(reader) for row in batch.to_pylist()]
    assert (row["name"], row["lon"], row["lat"]) == ("人民公园", 118.01, 36.805)
