"""What people type into the search box, one key after another."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pyarrow as pa
import pyarrow.compute as pc
from pypinyin import Style, lazy_pinyin

SEED = 3
LEVELS = {"quarter": 0.3, "poi": 0.2, "road": 0.1, "road_no": 0.15, "building": 0.1, "room": 0.15}
BASES = ("quarter", "poi", "road")
_WORDS = {
    "quarter": ("quarter",),
    "poi": ("poi",),
    "road": ("road",),
    "road_no": ("road", "road_no"),
    "building": ("quarter", "building"),
    "room": ("quarter", "building", "unit", "room"),
}


def typed(rows: pa.Table, places: int) -> Mapping[str, list[str]]:
    """Give what stands in the box after each key, by way of typing.

    Names and whole addresses in Chinese a character at a time; names of base places in pinyin and
    by their initials, a letter at a time. Every place is another, drawn by a seed.
    """
    draw = Random(SEED)
    found: dict[str, list[str]] = {"Chinese": [], "pinyin": [], "initials": []}
    for level, share in LEVELS.items():
        there = rows.filter(pc.equal(rows["level"], level))
        chosen = draw.sample(range(len(there)), min(len(there), max(1, round(places * share))))
        for row in there.take(pa.array(sorted(chosen))).to_pylist():
            words = "".join(row[name] for name in _WORDS[level])
            found["Chinese"] += _keys(words)
            if level in BASES:
                found["pinyin"] += _keys("".join(lazy_pinyin(words)))
                found["initials"] += _keys("".join(lazy_pinyin(words, style=Style.FIRST_LETTER)))
    return found


def _keys(text: str) -> list[str]:
    return [text[:end] for end in range(1, len(text) + 1)]
