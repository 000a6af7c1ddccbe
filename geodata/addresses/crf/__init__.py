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

    import numpy as np
    from numpy.typing import NDArray

    from geodata.addresses.crf.decoding import Found, Weights
    from geodata.addresses.crf.model import Model
    from geodata.addresses.crf.tokens import Names

WEIGHTS = Path(__file__).with_name("weights.npz")
_BATCH = 20_000  # texts; bounds the memory
_LEAST = 5e-324  # a probability is never nothing, however long the text


@dataclass(frozen=True, slots=True)
class Reading:
    """Elements of a text, in order and apart, and the probability of exactly these, in (0, 1].

    The probability is that of the best sequence of labels among all sequences: it falls with every
    token. ``sure`` is the probability of each element by itself, in [0, 1]: that exactly these
    characters are one element, of whatever label and whatever the rest of the text is. It is empty
    unless it was asked for.
    """

    elements: tuple[Element, ...]
    probability: float
    sure: tuple[float, ...] = ()


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

    def read(self, texts: Sequence[str], *, marginals: bool = False) -> list[Reading]:
        """Read texts, each by itself; spans count code points of the text as given.

        With ``marginals`` every element is told how ``sure`` it is, at about twice the time.
        """
        readings: list[Reading] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            codes, bounds = _laid_out(batch)
            found = self._found(codes, bounds)
            sure = self._sure(codes, bounds, found) if marginals else None
            readings += self._readings(batch, found, sure)
        return readings

    def agreement(self, text: str, start: int, end: int) -> float:
        """Give how well the text goes with a name at ``text[start:end]``; see ``agreements``."""
        return self.agreements([text], [(start, end)])[0]

    def agreements(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[float]:
        """Give for one span of each text the probability that no element crosses its ends.

        It is low where the span cuts a longer name in two (世纪花园 in 恒大世纪花园 or in
        世纪花园幼儿园), and high where the words around it are prose or other elements. A text
        with several spans is given several times.

        Raises
        ------
        ValueError
            A span is empty or does not lie in its text, or there are not as many as texts.
        """
        import numpy as np

        from geodata.addresses.crf.certainty import agreements

        for text, (start, end) in zip(texts, spans, strict=True):
            if not 0 <= start < end <= len(text):
                raise ValueError(f"The span {start}-{end} does not lie in a text of {len(text)}.")
        shares: list[float] = []
        for first in range(0, len(texts), _BATCH):
            codes, bounds = _laid_out(texts[first : first + _BATCH])
            asked = np.array(spans[first : first + _BATCH], np.int32)
            shares += agreements(codes, bounds, self._names, self._weights, asked).tolist()
        return shares

    def _found(self, codes: NDArray[np.uint32], bounds: NDArray[np.int64]) -> Found:
        from geodata.addresses.crf.decoding import Found, found

        return Found(*found(codes, bounds, self._names, self._weights))

    def _sure(
        self, codes: NDArray[np.uint32], bounds: NDArray[np.int64], found: Found
    ) -> Sequence[float]:
        from geodata.addresses.crf.certainty import sure

        told: list[float] = sure(codes, bounds, self._names, self._weights, found).tolist()
        return told

    def _readings(
        self, texts: Sequence[str], found: Found, sure: Sequence[float] | None
    ) -> list[Reading]:
        labels, count = self._labels, int(found.counts.sum())
        rows = zip(
            found.starts[:count].tolist(),
            found.ends[:count].tolist(),
            found.kinds[:count].tolist(),
            strict=True,
        )
        readings = []
        at = 0
        pairs = zip(found.counts.tolist(), found.probabilities.tolist(), strict=True)
        for text, (many, probability) in zip(texts, pairs, strict=True):
            elements = []
            for _ in range(many):
                start, end, kind = next(rows)
                elements.append(Element(start, end, labels[kind], text[start:end]))
            told = () if sure is None else tuple(sure[at : at + many])
            readings.append(Reading(tuple(elements), max(probability, _LEAST), told))
            at += many
        return readings


def _laid_out(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the code points of all texts in a row, and where each begins."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=bounds[1:])
    return codes, bounds


@cache
def _shared(path: Path) -> Labeller:
    from geodata.addresses.crf.model import loaded

    return Labeller(loaded(path))
