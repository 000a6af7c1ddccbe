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
    coded = categories.dictionary_encode()
    listed = coded.dictionary.to_pylist()
    by_code = pa.array([is_smoke(path, None, mapping) for path in listed], pa.bool_())
    found = by_code.take(coded.indices)
    if texts.null_count < len(texts):
        # Lowering every text for keywords without case would cost more than the search.
        said = pc.utf8_lower(texts) if _have_case(mapping.smoke_keywords) else texts
        for word in mapping.smoke_keywords:
            found = pc.or_kleene(found, pc.match_substring(said, word))
    return pc.fill_null(found, False) if len(found) else pa.array(np.zeros(0, bool))


def is_smoke(path: str, said: str | None, mapping: Mapping) -> bool:
    """Whether one ticket counts as cooking smoke, by its category and what it says."""
    folded = path.casefold()
    for branch in mapping.smoke_categories:
        if folded == branch.casefold() or folded.startswith(branch.casefold() + "/"):
            return True
    if said and _have_case(mapping.smoke_keywords):
        said = said.lower()
    return any(word in folded or (said and word in said) for word in mapping.smoke_keywords)


def _have_case(words: tuple[str, ...]) -> bool:
    """Chinese has no case."""
    return any(word != word.upper() for word in words)
