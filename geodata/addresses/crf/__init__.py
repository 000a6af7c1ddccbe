"""A second reading of an address: a conditional random field, and how sure it is.

Nothing compiled is imported before the first ``Labeller.load()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.addresses.elements import Element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.addresses.crf.decoding import Found, Weights
    from geodata.addresses.crf.model import Model
    from geodata.addresses.crf.tokens import Names

WEIGHTS = Path(__file__).with_name("weights.npz")
_BATCH = 20_000  # texts; bounds the memory
_LEAST = 5e-324  # a probability is never nothing, however long the text


@dataclass(frozen=True, slots=True)
class Reading:
    """Elements of a text, in order and apart, and the probability of exactly these, in (0, 1].

    The probability is that of the best sequence of labels among all sequences.
    """

    elements: tuple[Element, ...]
    probability: float


class Labeller:
    """Reads texts with learned weights. Safe to share between threads."""

    __slots__ = ("_labels", "_names", "_weights")

    def __init__(self, model: Model) -> None:
        from geodata.addresses.crf.names import divisions

        self._labels: tuple[str, ...] = model.elements
        self._weights: Weights = model.laid_out()
        self._names: Names = divisions()

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Labeller:
        """Give the reader of a file of weights, by default the shipped ones; each is read once.

        Raises
        ------
        DataError
            The file holds no weights.
        """
        return _shared(path)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Read texts, each by itself; spans count code points of the text as given."""
        readings: list[Reading] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            readings += self._readings(batch, self._found(batch))
        return readings

    def _found(self, texts: Sequence[str]) -> Found:
        import numpy as np

        from geodata.addresses.crf.decoding import Found, found

        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum([len(text) for text in texts], out=bounds[1:])
        return Found(*found(codes, bounds, self._names, self._weights))

    def _readings(self, texts: Sequence[str], found: Found) -> list[Reading]:
        labels, count = self._labels, int(found.counts.sum())
        rows = zip(
            found.starts[:count].tolist(),
            found.ends[:count].tolist(),
            found.kinds[:count].tolist(),
            strict=True,
        )
        readings = []
        pairs = zip(found.counts.tolist(), found.probabilities.tolist(), strict=True)
        for text, (many, probability) in zip(texts, pairs, strict=True):
            elements = []
            for _ in range(many):
                start, end, kind = next(rows)
                elements.append(Element(start, end, labels[kind], text[start:end]))
            readings.append(Reading(tuple(elements), max(probability, _LEAST)))
        return readings


@cache
def _shared(path: Path) -> Labeller:
    from geodata.addresses.crf.model import loaded

    return Labeller(loaded(path))
