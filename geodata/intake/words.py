"""The words of tickets: categories of one spelling, and which count as cooking smoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from geodata.intake.mapping import Mapping


def same_spelling(paths: pa.Array, known: tuple[str, ...]) -> pa.Array:
    """Categories that differ by case alone are one; the spelling seen first is kept.

    So are the branches they hang on: ``Noise/Loud`` and ``NOISE/Soft`` are both Noise.
    """
    first: dict[str, str] = {}

    def spelled(path: str) -> str:
        if path.casefold() not in first:
            above, slash, step = path.rpartition("/")
            first[path.casefold()] = (spelled(above) if slash else "") + slash + step
        return first[path.casefold()]

    for path in known:
        spelled(path)
    coded = paths.dictionary_encode()
    # The dictionary is in the order of first appearance.
    spellings = [spelled(path) for path in coded.dictionary.to_pylist()]
    return pa.array(spellings, pa.string()).take(coded.indices)


def smoke(categories: pa.Array, texts: pa.Array, mapping: Mapping) -> pa.Array:
    """Whether each ticket counts as cooking smoke, by the mapping's categories and keywords."""
    branches = tuple(branch.casefold() for branch in mapping.smoke_categories)

    def counts(path: str) -> bool:
        folded = path.casefold()
        below = any(folded == b or folded.startswith(b + "/") for b in branches)
        return below or any(word in folded for word in mapping.smoke_keywords)

    coded = categories.dictionary_encode()
    by_code = pa.array([counts(path) for path in coded.dictionary.to_pylist()], pa.bool_())
    found = by_code.take(coded.indices)
    if texts.null_count < len(texts):
        # Chinese has no case; lowering every text for it would cost more than the search.
        has_case = any(word != word.upper() for word in mapping.smoke_keywords)
        said = pc.utf8_lower(texts) if has_case else texts
        for word in mapping.smoke_keywords:
            found = pc.or_kleene(found, pc.match_substring(said, word))
    return pc.fill_null(found, False) if len(found) else pa.array(np.zeros(0, bool))
