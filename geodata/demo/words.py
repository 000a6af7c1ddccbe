"""The table of words: English for what stands in the data in Chinese."""

from __future__ import annotations

import pyarrow as pa

from geodata.demo.sheets import sheet
from geodata.store.schema import WORDS


def words() -> pa.Table:
    """Give subject, value and English of categories, channels, departments, kinds, grades."""
    return pa.Table.from_pylist(list(sheet("phrases/words")), schema=WORDS)
