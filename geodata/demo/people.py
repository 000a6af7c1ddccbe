"""Eight roles for every grid (一网八员): invented names, masked phones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.demo.partition import District
from geodata.demo.plane import Ints
from geodata.demo.rng import stream
from geodata.demo.sheets import column, numbers
from geodata.store.schema import PEOPLE

ROLES = 8
CADRES = 253  # seconded cadres (下派社区干部); the article gives the figure
PREFIXES = (130, 131, 133, 135, 136, 137, 138, 139, 150, 151, 152, 155, 158, 159, 177, 186, 188)


def people(seed: int, place: District) -> pa.Table:
    """Give one row for each grid and role, in the schema ``PEOPLE``; some serve many grids."""
    grids = len(place.codes)
    who = np.stack([_who(place, role) for role in range(1, ROLES + 1)], axis=1)
    _, person = np.unique((who + np.arange(ROLES) * 10_000).ravel(), return_inverse=True)
    rng = stream(seed, "people")
    names, phones = _names(person.max() + 1, rng), _phones(person.max() + 1, rng)
    rows = {
        "area": pa.array(np.repeat(place.codes, ROLES), pa.string()),
        "role": pa.array(np.tile(np.arange(1, ROLES + 1), grids), pa.int16()),
        "name": names.take(pa.array(person)),
        "phone_masked": phones.take(pa.array(person)),
        "is_demo": pa.repeat(True, grids * ROLES),
    }
    return pa.table([rows[field.name] for field in PEOPLE], schema=PEOPLE)


def _who(place: District, role: int) -> Ints:
    """Number the persons of a role among its own: who serves each grid.

    Police, advisers and medics serve a community or two, property managers a few grids, seconded
    cadres about six grids each.
    """
    grid = np.arange(len(place.codes))
    shared = {
        4: place.community,
        5: grid * 5 // 12,
        6: place.community // 2,
        7: place.community,
        8: grid * CADRES // len(grid),
    }
    return np.asarray(shared.get(role, grid))


def _names(count: int, rng: np.random.Generator) -> pa.Array:
    """Distinct names: a surname by how common it is, one or two given characters."""
    weight = np.asarray(numbers("phrases/surnames", "weight"))[:, 0]
    surname = rng.choice(len(weight), 4 * count, p=weight / weight.sum())
    first = [""] * 12 + [given for given in column("phrases/given", "first") if given]
    second = column("phrases/given", "second")
    parts = [
        pa.array(words).take(pa.array(place))
        for words, place in (
            (column("phrases/surnames", "surname"), surname),
            (first, rng.integers(len(first), size=4 * count)),
            (second, rng.integers(len(second), size=4 * count)),
        )
    ]
    return pc.unique(pc.binary_join_element_wise(*parts, "")).slice(0, count)


def _phones(count: int, rng: np.random.Generator) -> pa.Array:
    prefix = rng.choice(PREFIXES, count)
    last = rng.integers(0, 10_000, count)
    digits = pc.utf8_lpad(pc.cast(pa.array(last), pa.string()), 4, "0")
    return pc.binary_join_element_wise(pc.cast(pa.array(prefix), pa.string()), "****", digits, "")
