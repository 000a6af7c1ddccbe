"""Unified social credit codes (统一社会信用代码), GB 32100-2015."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTH = 18
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z; a letter's place is its value
MODULUS = len(LETTERS)
NONE = -1
_VALUES = np.full(256, NONE)
_VALUES[np.frombuffer(LETTERS.encode(), np.uint8)] = np.arange(MODULUS)
_WEIGHTS = np.array([3**i % MODULUS for i in range(LENGTH - 1)])


def normalized(codes: pa.Array) -> pa.Array:
    """Codes in capital letters, full-width ones made narrow, without blanks."""
    narrow = pc.utf8_upper(pc.utf8_normalize(codes, form="NFKC"))
    return pc.replace_substring_regex(narrow, r"\s", "")


def are_valid(codes: pa.Array) -> NDArray[np.bool_]:
    """Which codes have 18 known letters and the right last one; null is not valid."""
    valid = np.zeros(len(codes), bool)
    ascii_only = pc.and_(pc.equal(pc.binary_length(codes), LENGTH), pc.string_is_ascii(codes))
    at = np.flatnonzero(pc.fill_null(ascii_only, False).to_numpy(zero_copy_only=False))
    if len(at):
        letters = "".join(codes.take(pa.array(at)).to_pylist()).encode()
        values = _VALUES[np.frombuffer(letters, np.uint8)].reshape(-1, LENGTH)
        check = -(values[:, :-1] @ _WEIGHTS) % MODULUS
        valid[at] = (values != NONE).all(axis=1) & (check == values[:, -1])
    return valid
