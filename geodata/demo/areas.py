"""The table of areas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.demo.partition import District, dissolved
from geodata.demo.plane import Ints
from geodata.demo.sheets import sheet
from geodata.store.schema import AREAS

ROOT = "370303"


def areas(place: District) -> pa.Table:
    """Give the district, its streets, communities and grids, in the schema ``AREAS``.

    Unions are exact: neighbours share every corner, and the root has the corners of the outline.
    """
    grids = place.mapped
    communities, streets = sheet("facts/communities"), sheet("facts/streets")
    rows = {
        "code": [ROOT, *_of(streets, "code"), *_of(communities, "code"), *place.codes],
        "name": ["张店区", *_of(streets, "name"), *_of(communities, "name"), *_grids(place, "")],
        "level": np.repeat(np.arange(4), [1, len(streets), len(communities), len(grids)]),
        "parent": [None, *[ROOT] * len(streets), *_parents(communities, 9), *_cut(place.codes, 12)],
        "population": np.concatenate(
            [
                [place.residents.sum()],
                _sums(place, place.street),
                _sums(place, place.community),
                place.residents,
            ]
        ),
        "geometry": shapely.to_wkb(
            np.concatenate(
                [
                    dissolved(grids, np.zeros(len(grids), int)),
                    dissolved(grids, place.street),
                    dissolved(grids, place.community),
                    grids,
                ]
            )
        ),
        "name_en": [
            "Zhangdian District",
            *_of(streets, "name_en"),
            *_of(communities, "name_en"),
            *_grids(place, "_en"),
        ],
        "is_demo": [True] * (1 + len(streets) + len(communities) + len(grids)),
    }
    return pa.table([pa.array(rows[f.name], f.type) for f in AREAS], schema=AREAS)


def _sums(place: District, group: Ints) -> Any:
    return np.bincount(group, place.residents).astype(int)


def _of(rows: tuple[dict[str, str], ...], field: str) -> list[str]:
    return [row[field] for row in rows]


def _parents(rows: tuple[dict[str, str], ...], digits: int) -> list[str]:
    return _cut(_of(rows, "code"), digits)


def _cut(codes: Any, digits: int) -> list[str]:
    return [code[:digits] for code in codes]


def _grids(place: District, language: str) -> list[str]:
    communities = sheet("facts/communities")
    pattern = "{} Grid {}" if language else "{}第{}网格"
    field = "name_en" if language else "short"
    return [
        pattern.format(communities[home][field], int(code[-3:]))
        for home, code in zip(place.community, place.codes, strict=True)
    ]
