"""Texts as numbers, by the column."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What Arrow and Python read alike. Other writings (exponents, full-width digits) are rare.
PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,17})?$"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values, null where there is no text or a ``wrong`` one."""

    values: pa.Array
    wrong: NDArray[np.bool_]


def numbers(texts: pa.Array, declared: pa.DataType) -> Numbers:
    """Finite numbers; whole ones count something, so they are not negative and fit the type."""
    given = texts.is_valid().to_numpy(zero_copy_only=False)
    values = _floats(texts)
    fits = np.isfinite(values)
    if pa.types.is_integer(declared):
        most = (1 << (declared.bit_width - 1)) - 1
        with np.errstate(invalid="ignore"):
            fits &= (values % 1 == 0) & (values >= 0) & (values <= most)
        values = np.where(fits, values, 0).astype(np.int64)
    return Numbers(pa.array(values, declared, mask=~fits), given & ~fits)


def _floats(texts: pa.Array) -> NDArray[np.float64]:
    """Doubles; nan where the text is none."""
    try:
        return _cast(texts)
    except pa.ArrowInvalid:
        plain = pc.match_substring_regex(texts, PLAIN)
    values = _cast(pc.if_else(plain, texts, None))
    rest = pc.fill_null(pc.invert(plain), False).to_numpy(zero_copy_only=False)
    values[rest] = [_float(text) for text in texts.filter(pa.array(rest)).to_pylist()]
    return values


def _cast(texts: pa.Array) -> NDArray[np.float64]:
    return np.array(texts.cast(pa.float64()).to_numpy(zero_copy_only=False))


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
